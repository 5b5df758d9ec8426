import type { Plan, ScheduledSqlPlan, ServicePlan, WorkerPlan } from '../../plan/types';
import type { SecretReference, Wiring } from '../platform';
import { LONGEST_COOKIE } from './droplet-pool/argument-faults';
import type { DropletsArgs } from './droplet-pool/droplets';
import { pooledArgs } from './droplet-pool/pooled';
import type { DigitalOceanRegion } from './region';

const DEFAULT_IMAGE = 'ubuntu-24-04-x64';

export function machineImageOf({ accounts }: Plan): string {
  return accounts.digitalocean.machineImage ?? DEFAULT_IMAGE;
}

/** What the droplets of services and workers have in common. */
export function dropletsOf(
  plan: Plan,
  region: DigitalOceanRegion,
  user: ServicePlan | WorkerPlan,
  wiring: Wiring,
  registry: SecretReference | undefined,
): DropletsArgs {
  const secrets = { ...region.storeAccess(user, wiring.stores), ...wiring.secrets };
  return {
    region: region.name,
    vpcId: region.network.vpcId,
    image: user.image,
    machine: user.machine,
    environment: { ...user.environment, ...wiring.environment },
    secrets: Object.fromEntries(Object.entries(secrets).map(([key, secret]) => [key, secret.id])),
    pooled: pooledArgs(wiring.pooled),
    registrySecret: registry?.id,
    sshKeys: region.shared.sshKeys(),
    machineImage: machineImageOf(plan),
    clientTags: [region.clients.name],
    projectId: region.shared.projectId,
    tags: region.tags,
  };
}

/** SQL by the calendar, beside the first service that uses the database. */
export function sqlBeside(
  { services, scheduledSql: schedules }: Plan,
  { name }: ServicePlan,
): { schedules: ScheduledSqlPlan[]; variable: string } | undefined {
  const user = services.find(({ connections }) => connections.relationalDatabase !== undefined);
  const variable = user?.connections.relationalDatabase;
  if (schedules.length === 0 || user?.name !== name || variable === undefined) return undefined;
  return { schedules, variable };
}

/** As long as a cookie of the balancer's may last. */
export function affinityOf({ routing }: ServicePlan): number | undefined {
  return routing?.affinitySeconds && Math.min(LONGEST_COOKIE, Math.max(2, routing.affinitySeconds));
}
