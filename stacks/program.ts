import * as pulumi from '@pulumi/pulumi';
import { openFrontDoor } from '../components/cloudflare/open';
import { cloudOf } from '../components/clouds';
import type {
  Broker,
  Cache,
  ConfigurationSecrets,
  ContentDelivery,
  DocumentDatabase,
  ObjectStore,
  Platform,
  ProviderSettings,
  Region,
  RelationalDatabase,
  SecretReference,
  ServiceHost,
} from '../components/platform';
import { arithmeticOf } from '../plan/connections/budget';
import type { Memory } from '../plan/memory';
import type { Journey } from '../plan/move';
import type { Plan, ServicePlan, WorkerPlan } from '../plan/types';
import { wire, type Around } from './wiring';

/** The stores of a plan, and the regions they are in, in the order of the plan. */
interface Stores {
  regions: { region: Region; cache?: Cache; broker?: Broker }[];
  database?: DocumentDatabase;
  relational?: RelationalDatabase;
  objects: ObjectStore[];
  own: Record<string, SecretReference>;
}

/**
 * Brings a plan up on its cloud, with the stores that the stack keeps on clouds it has left, and gives back the stack's
 * outputs. Cloud-neutral: it reads as what a system is made of, and every decision was taken by the plan.
 */
export function bringUp(
  { plan, kept, memory }: Journey,
  secrets: ConfigurationSecrets,
  providers: ProviderSettings = {},
): Record<string, unknown> {
  for (const left of kept) {
    const platform = cloudOf(left).open(left, secrets, providers);
    openStores(left, platform, secrets);
    platform.budget(left.budget);
  }
  const cloud = cloudOf(plan);
  const platform = cloud.open(plan, secrets, providers);
  const stores = openStores(plan, platform, secrets);
  const content = plan.contentDelivery && platform.contentDelivery(plan.contentDelivery, stores.objects);
  platform.budget(plan.budget);

  const hosts = plan.regions.flatMap(({ serves }, at) => (serves ? [serve(plan, stores, at, content)] : []));
  scheduleSql(plan, hosts[0]!, stores.relational);
  const entries = plan.services.map((service) => platform.entry(service));
  if (plan.frontDoor && entries[0]) openFrontDoor(plan, secrets, providers, entries[0], content);
  const alerts = hosts.map((host) => host.alerts(plan.alerts, plan.dashboard));

  const createIndexes = indexCommand(plan, hosts[0]!, stores.database);

  return {
    system: plan.title,
    phase: plan.phase,
    environment: plan.environment,
    cloud: plan.cloud,
    compute: plan.compute,
    regions: plan.regions.filter((region) => region.serves).map((region) => region.name),
    url: entries[0]?.url,
    ...(content && { contentUrl: content.url }),
    services: plan.services.map(summary),
    ...(plan.workers.length > 0 && { workers: plan.workers.map(summary) }),
    ...(plan.connectionBudgets.length > 0 && { connections: plan.connectionBudgets.map(arithmeticOf) }),
    dashboards: alerts.flatMap(({ dashboardUrl }) => (dashboardUrl ? [dashboardUrl] : [])),
    ...(createIndexes && { createIndexes }),
    notices: [...plan.notices, ...cloud.nextBests(plan), ...kept.map(keptNotice)],
    // Remembered here for the next update: where stores are, and the highest phase they have reached.
    reached: plan.storesPhase,
    stores: onceShaped(memory, stores),
  };
}

/**
 * What is remembered, once caches that change one thing in an update have changed it. The engine keeps outputs that it has got
 * also when something fails afterwards: the next update would take a step for done that was not, and ask for two.
 */
function onceShaped(memory: Memory, { regions }: Stores): pulumi.Input<Memory> {
  const caches = regions.flatMap(({ cache }) => cache?.shaped ?? []);
  return caches.length === 0 ? memory : pulumi.all(caches).apply(() => memory);
}

/** Networks and stores, which stay where they were reached, whether or not anything is served from there. */
function openStores(plan: Plan, platform: Platform, secrets: ConfigurationSecrets): Stores {
  const regions = plan.regions.map((region) => platform.region(region));
  const database = plan.documentDatabase && platform.documentDatabase(plan.documentDatabase);
  const relational = plan.relationalDatabase && platform.relationalDatabase(plan.relationalDatabase);
  const objects = plan.objectStores.flatMap((store) => platform.objectStore(store) ?? []);
  const own = Object.fromEntries(
    plan.secretNames.map((name) => [name, platform.applicationSecret(name, secrets.own(name))]),
  );
  return {
    regions: regions.map((region) => ({
      region,
      cache: plan.cache && region.cache(plan.cache),
      broker: plan.broker && region.broker(plan.broker),
    })),
    database,
    relational,
    objects,
    own,
  };
}

/** The services and workers of one region. */
function serve(plan: Plan, stores: Stores, at: number, content: ContentDelivery | undefined): ServiceHost {
  const { region, cache, broker } = stores.regions[at]!;
  const host = region.host();
  const around: Around = { ...stores, home: plan.regions[0]!.name, here: region.name, cache, broker, content };
  for (const service of plan.services) host.loadBalancedService(service, wire(service, around));
  for (const worker of plan.workers) host.worker(worker, wire(worker, around));
  return host;
}

/** What runs by the calendar stands beside a service that uses the database, at home, where it is written. */
function scheduleSql(plan: Plan, host: ServiceHost, database: RelationalDatabase | undefined): void {
  const user = plan.services.find((service) => service.connections.relationalDatabase);
  if (!database || !user) return;
  for (const job of plan.scheduledSql) host.scheduledSql(job, database, user);
}

function summary({ name, machine, capacity, image }: ServicePlan | WorkerPlan): Record<string, unknown> {
  return { name, image, machine, minSize: capacity.min, maxSize: capacity.max };
}

function keptNotice({ cloud, safety }: Plan): string {
  const next = safety.protectStores
    ? `They are protected; when their data has been moved, name ${cloud} in discardStores.`
    : `Their protection is lifted; they go when ${cloud} is taken out of keep.`;
  return `Stores on ${cloud} are kept, and cost what they did. ${next}`;
}

/** The index job runs where the database can be reached from: beside a service that uses it. */
function indexCommand(
  { documentDatabase, services }: Plan,
  host: ServiceHost,
  database: DocumentDatabase | undefined,
): pulumi.Output<string> | undefined {
  const user = services.find((service) => service.connections.documentDatabase);
  if (!documentDatabase || !database || !user) return undefined;
  return host.indexJob(documentDatabase, database.connection, user).command;
}
