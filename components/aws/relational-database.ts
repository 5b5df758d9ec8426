import type * as pulumi from '@pulumi/pulumi';
import type { Plan, RelationalDatabasePlan } from '../../plan/types';
import type { RelationalConnection, RelationalDatabase, SecretReference } from '../platform';
import type { AwsRegion } from './region';
import type { DatabaseGround, RelationalArgs } from './relational/arguments';
import { AuroraDatabase } from './relational/aurora-database';
import { DatabaseHours } from './relational/off-hours';
import { RdsDatabase } from './relational/rds-database';
import type { Address } from './relational/secrets';

type Login = Pick<NonNullable<RelationalConnection['login']>, 'database' | 'user' | 'password'>;

/** The relational database of a plan in its home region, with its readers: on RDS, or on Aurora. */
export function openRelationalDatabase(
  plan: Plan,
  database: RelationalDatabasePlan,
  regions: AwsRegion[],
  options: pulumi.ComponentResourceOptions,
): RelationalDatabase {
  const open = database.host === 'aurora' ? openAurora : openRds;
  return open(`${plan.prefix}-${database.name}-database`, plan, database, regions, options);
}

function openRds(
  name: string,
  plan: Plan,
  database: RelationalDatabasePlan,
  regions: AwsRegion[],
  options: pulumi.ComponentResourceOptions,
): RelationalDatabase {
  const rds = new RdsDatabase(name, argumentsOf(plan, database, regions), options);
  const home = regions[0]!;
  const { identifier, arn, allocatedStorage } = rds.primary;
  home.stores.push({ kind: 'instance', name: 'database', identifier, allocatedGb: allocatedStorage, replica: false });
  for (const region of regions) {
    for (const [at, replica] of (rds.readers[region.name]?.replicas ?? []).entries()) {
      const watched = { identifier: replica.identifier, allocatedGb: replica.allocatedStorage };
      region.stores.push({ kind: 'instance', name: `replica-${at + 1}`, ...watched, replica: true });
    }
  }
  // RDS stops no instance that has replicas.
  if (plan.offHours && Object.keys(rds.readers).length === 0) {
    const hours = { region: home.name, hours: plan.offHours, tags: home.tags };
    new DatabaseHours(`${name}-hours`, { kind: 'instance', identifier, arn, ...hours }, options);
  }
  const login = loginOf(database, rds.passwordSecret);
  const readers = Object.entries(rds.readers).map(([region, reader]) => [
    region,
    connection(database.port, reader, rds.readerSecrets[region]!, login),
  ]);
  return {
    plan: database,
    primary: connection(rds.proxy?.port ?? database.port, rds.address, rds.urlSecret, login),
    readers: Object.fromEntries(readers) as Record<string, RelationalConnection>,
  };
}

function openAurora(
  name: string,
  plan: Plan,
  database: RelationalDatabasePlan,
  regions: AwsRegion[],
  options: pulumi.ComponentResourceOptions,
): RelationalDatabase {
  const aurora = new AuroraDatabase(name, argumentsOf(plan, database, regions), options);
  const home = regions[0]!;
  const { clusterIdentifier: identifier, arn } = aurora.cluster;
  home.stores.push({ kind: 'cluster', name: 'database', identifier, maxGb: database.storage.maxGb });
  if (plan.offHours) {
    const hours = { region: home.name, hours: plan.offHours, tags: home.tags };
    new DatabaseHours(`${name}-hours`, { kind: 'cluster', identifier, arn, ...hours }, options);
  }
  const login = loginOf(database, aurora.passwordSecret);
  const reader = connection(database.port, aurora.readerAddress, aurora.readerSecret, login);
  return {
    plan: database,
    primary: connection(aurora.proxy?.port ?? database.port, aurora.address, aurora.urlSecret, login),
    // Reads of the other regions go home, through the peering (`nextBests`).
    readers: database.replicas.max > 0 ? Object.fromEntries(regions.map((region) => [region.name, reader])) : {},
  };
}

function argumentsOf(plan: Plan, database: RelationalDatabasePlan, regions: AwsRegion[]): RelationalArgs {
  const { safety, logs } = plan;
  const [home, ...others] = regions as [AwsRegion, ...AwsRegion[]];
  return {
    ...database,
    ...groundOf(home),
    // Services of the other regions come through the peering, from their own address range.
    clientCidrs: others.map((region) => region.network.cidr),
    // Also where nothing serves any more: a reader, and the secret that leads to it, stay with the other stores there.
    further: others.map((region) => ({ ...groundOf(region), code: region.code })),
    replicaRegions: others.map(({ name }) => name),
    deletionProtection: safety.deletionProtection,
    finalSnapshot: safety.finalSnapshot,
    recoveryDays: safety.secretRecoveryDays,
    logRetentionDays: logs.retentionDays,
    protect: safety.protectStores,
    tags: home.tags,
  };
}

function groundOf({ name, network, clients }: AwsRegion): DatabaseGround {
  return {
    region: name,
    vpcId: network.vpcId,
    subnetIds: network.dataSubnetIds,
    zones: network.zones,
    clientSecurityGroupIds: { services: clients.id },
  };
}

const loginOf = ({ name, user }: RelationalDatabasePlan, password: SecretReference): Login => ({
  database: name,
  user,
  password,
});

function connection(port: number, { host }: Address, secret: SecretReference, login: Login): RelationalConnection {
  return { host, port, secret, login: { ...login, host } };
}
