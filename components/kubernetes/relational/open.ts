import * as pulumi from '@pulumi/pulumi';
import type { Plan, RelationalDatabasePlan } from '../../../plan/types';
import type { RelationalConnection, RelationalDatabase } from '../../platform';
import type { Identity } from '../labels';
import { secretReference } from '../secret-reference';
import type { Authority } from '../surroundings';
import { PORT } from './arguments';
import { PostgresDatabase, type PostgresDatabaseArgs } from './postgres-database';

/** Where a database is put, and whom it lets in. */
export interface RelationalPlace {
  plan: Plan;
  /** Name of the region, which its readers are found by. */
  region: string;
  identity: Identity;
  namespace: pulumi.Input<string>;
  clients: Record<string, string>[];
  backup: PostgresDatabaseArgs['backup'];
}

/** `max_connections` of a size that is not in the plan's tables: PostgreSQL's own. */
const USUAL_CONNECTIONS = 100;

/** The plan's relational database on a plain cluster, and what its clients trust. */
export function openRelationalDatabase(
  name: string,
  plan: RelationalDatabasePlan,
  { plan: whole, region, identity, namespace, clients, backup }: RelationalPlace,
  options: pulumi.ComponentResourceOptions,
): { database: RelationalDatabase; authority: Authority } {
  if (plan.engine !== 'postgres') {
    throw new Error(
      `${plan.name}: CloudNativePG runs PostgreSQL alone; give databaseUrl for a ${plan.engine} that is there`,
    );
  }
  const { accounts, safety } = whole;
  const made = new PostgresDatabase(
    name,
    {
      identity,
      namespace,
      database: plan.name,
      user: plan.user,
      engineVersion: plan.engineVersion,
      instanceClass: plan.instanceClass,
      standby: plan.standby,
      replicas: plan.replicas.min,
      storageGb: plan.storage.initialGb,
      maxConnections: plan.maxConnections ?? USUAL_CONNECTIONS,
      passwordVersion: plan.passwordVersion,
      clients,
      storageClass: accounts.kubernetes.storageClass,
      monitored: accounts.kubernetes.monitoring,
      backup,
      backupTimes: plan.backup,
      protect: safety.protectStores,
    },
    options,
  );
  const password = secretReference(`${identity.name}-password`, made.password);
  const connect = (host: pulumi.Output<string>, url: pulumi.Output<string>): RelationalConnection => ({
    host,
    port: PORT,
    secret: secretReference(identity.name, url),
    login: { host, database: plan.name, user: plan.user, password },
  });
  const readers = plan.replicas.min > 0 ? { [region]: connect(made.readHost, made.readUrl) } : {};
  return { database: { plan, primary: connect(made.host, made.url), readers }, authority: made.authority };
}
