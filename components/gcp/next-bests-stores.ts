import type { Plan } from '../../plan/types';
import { editionOf } from './relational/machine';

/** Cloud SQL keeps logs for so long, and no longer. */
const LOG_DAYS = { ENTERPRISE: 7, ENTERPRISE_PLUS: 35 };

/** What Cloud SQL does in place of something that a guide or the plan asks for. */
export function ofRelationalDatabase({ relationalDatabase: database }: Plan): string[] {
  if (!database || database.existing) return [];
  const { replicas, backup, instanceClass, name } = database;
  const edition = editionOf(instanceClass);
  const said = [
    `Database ${name}: clients reach it at an address, which no certificate names, so they encrypt and do not check whom ` +
      'they speak to (sslmode=require); it has no public address, and the network is the stack’s own.',
  ];
  if (replicas.cpuPercent !== undefined && replicas.max > replicas.min && edition === 'ENTERPRISE') {
    said.push(
      `Database ${name}: ${instanceClass} is of the Enterprise edition, which has no pools of readers: there are ` +
        `${replicas.min}, and not ${replicas.min} to ${replicas.max} by CPU.`,
    );
  }
  if (backup.retentionDays > LOG_DAYS[edition]) {
    said.push(
      `Database ${name}: ${backup.retentionDays} nightly copies are kept; any moment can be restored from the last ` +
        `${LOG_DAYS[edition]} days, the most that its edition keeps logs for.`,
    );
  }
  if (database.adopted && !database.adopted.imported) {
    said.push(
      `Database ${name}: ${database.adopted.id} is taken over as it is, and changed from the next update on; its user ` +
        `${database.user} is given a new password at once.`,
    );
  }
  if (database.blueGreen) {
    said.push(
      `Database ${name}: Cloud SQL has no blue/green upgrade; a higher major version is applied in place, with the database away for minutes.`,
    );
  }
  if (database.proxy) said.push(`Database ${name}: Cloud SQL has no proxy of its own that pools; PgBouncer does.`);
  if (database.rotationDays !== undefined) {
    said.push(`Database ${name}: nothing rotates its password by itself; raise passwordVersion for a new one.`);
  }
  return said;
}

export function ofBroker({ broker, services, workers }: Plan): string[] {
  if (!broker) return [];
  const variables = [...services, ...workers].flatMap(({ connections }) => connections.broker ?? []);
  return [
    'Broker: Memorystore for Redis 7.2 in the standard tier, whose copy is there from the first phase on, for a basic one never ' +
      'becomes standard. Memorystore for Valkey has no password, which Celery and BullMQ need.',
    `Broker: its certificate is signed by an authority of its own, which the container trusts by SSL_CERT_FILE or SSL_CERT_DIR, and ` +
      `Node.js by NODE_EXTRA_CA_CERTS; ${[...new Set(variables)].join(', ')} begins with rediss://.`,
  ];
}
