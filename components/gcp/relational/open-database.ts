import type { RelationalDatabasePlan } from '../../../plan/types';
import type { RelationalDatabase } from '../../platform';
import type { GcpRegion } from '../region';
import { ownSecret } from '../secrets/reference';
import type { GcpStack } from '../stack';
import { CloudSql } from './cloud-sql';

/** A plan's database on Cloud SQL: in the home region, with readers there and in the further ones. */
export function openRelationalDatabase(
  stack: GcpStack,
  plan: RelationalDatabasePlan,
  regions: GcpRegion[],
): { database: RelationalDatabase; cloudSql: CloudSql } {
  const { prefix, safety } = stack.plan;
  const [home, ...others] = regions;
  if (!home) throw new Error(`${plan.name} has no region to be in`);
  const further = plan.replicas.perFurtherRegion > 0 ? others : [];
  const cloudSql = new CloudSql(
    `${prefix}-${plan.name}-sql`,
    {
      projectId: stack.projectId,
      region: home.name,
      zones: home.zones,
      network: stack.network,
      privateServices: stack.privateServices,
      engine: plan.engine,
      engineVersion: plan.engineVersion,
      tier: plan.instanceClass,
      database: plan.name,
      user: plan.user,
      standby: plan.standby,
      readers: {
        min: plan.replicas.min,
        max: plan.replicas.max,
        cpuPercent: plan.replicas.cpuPercent,
        further: further.map(({ name, code }) => ({ region: name, code })),
      },
      storage: plan.storage,
      backup: plan.backup,
      maintenance: { day: plan.maintenance.day, hour: Number(plan.maintenance.startsAt.split(':')[0]) },
      insights: plan.insightsDays > 0,
      maxConnections: plan.maxConnections,
      passwordVersion: plan.passwordVersion,
      adopted: plan.adopted && { name: plan.adopted.id, imported: plan.adopted.imported },
      deletionProtection: safety.deletionProtection,
      finalBackup: safety.finalSnapshot,
      recoveryDays: safety.secretRecoveryDays,
      protect: safety.protectStores,
      labels: home.labels,
    },
    stack.options,
  );
  const { port, host, url, password, readers } = cloudSql;
  const login = { database: plan.name, user: plan.user, password: ownSecret(password) };
  const database: RelationalDatabase = {
    plan,
    primary: { host, port, secret: ownSecret(url), login: { ...login, host } },
    readers: Object.fromEntries(
      Object.entries(readers).map(([region, reader]) => [
        region,
        { host: reader.host, port, secret: ownSecret(reader.url), login: { ...login, host: reader.host } },
      ]),
    ),
  };
  return { database, cloudSql };
}
