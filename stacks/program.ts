import type * as pulumi from '@pulumi/pulumi';
import { cloudOf } from '../components/clouds';
import type {
  Cache,
  DocumentDatabase,
  LoadBalancedService,
  ObjectStore,
  Region,
  SecretReference,
  Wiring,
} from '../components/platform';
import type { Plan, ServicePlan } from '../plan/types';

/** Reads one secret of the configuration when a resource needs it. The value is an output that stays secret. */
export type SecretReader = (name: string) => pulumi.Output<string>;

/**
 * Brings a plan up on its cloud and gives back the stack's outputs. Cloud-neutral: it reads as what a system is made
 * of, and every decision was taken by the plan.
 */
export function bringUp(plan: Plan, secretOf: SecretReader): Record<string, unknown> {
  const cloud = cloudOf(plan);
  const platform = cloud.open(plan);

  const regions = plan.regions.map((region) => platform.region(region));
  const database = plan.documentDatabase && platform.documentDatabase(plan.documentDatabase);
  const stores = plan.objectStores.map((store) => platform.objectStore(store));
  const content = plan.contentDelivery && platform.contentDelivery(plan.contentDelivery, stores);
  const own = Object.fromEntries(
    plan.secretNames.map((name) => [name, platform.applicationSecret(name, secretOf(name))]),
  );
  platform.budget(plan.budget);

  const serving = plan.regions.map((region, at) => {
    const here = regions[at]!;
    // A cache is a store: it stays where it was reached, also in a region that no longer serves.
    const cache = plan.cache && here.cache(plan.cache);
    if (!region.serves) return undefined;
    const services = Object.fromEntries(
      plan.services.map((service) => {
        const wiring = wire(service, { home: plan.regions[0]!.name, database, cache, stores, content, own });
        return [service.name, here.loadBalancedService(service, wiring)];
      }),
    );
    return { region: here, services, alerts: here.alerts(plan.alerts, plan.dashboard, services) };
  });
  const home = serving[0]!;

  return {
    system: plan.title,
    phase: plan.phase,
    // Remembered here for the next update: stores keep the shape of the highest phase they have reached.
    reached: plan.storesPhase,
    environment: plan.environment,
    cloud: plan.cloud,
    regions: plan.regions.filter((region) => region.serves).map((region) => region.name),
    url: Object.values(home.services)[0]?.url,
    contentUrl: content?.url,
    services: plan.services.map(summary),
    dashboards: serving.flatMap((region) => (region ? [region.alerts.dashboardUrl] : [])),
    createIndexes: indexCommand(plan, home.region, home.services, database),
    notices: [...plan.notices, ...cloud.nextBests(plan)],
  };
}

/** What one service gets from the stores around it. */
function wire(
  service: ServicePlan,
  around: {
    home: string;
    database?: DocumentDatabase;
    cache?: Cache;
    stores: ObjectStore[];
    content?: { url: pulumi.Output<string> };
    own: Record<string, SecretReference>;
  },
): Wiring {
  const { home, database, cache, stores, content, own } = around;
  const secrets: Record<string, SecretReference> = { ...own };
  if (database && service.connections.documentDatabase) {
    secrets[service.connections.documentDatabase] = database.connection.secret;
  }
  if (cache && service.connections.cache) secrets[service.connections.cache] = cache.connection.secret;
  const environment: Record<string, pulumi.Input<string>> = {};
  for (const store of stores) {
    const variable = `${store.name.toUpperCase().replace(/-/g, '_')}_BUCKET`;
    environment[variable] = store.bucket;
    // Object stores are at home, whichever region asks: a client that is set to its own region would be turned away.
    environment[`${variable}_REGION`] = home;
  }
  if (content) environment.CONTENT_URL = content.url;
  return { secrets, environment, stores };
}

function summary({ name, machine, capacity, image }: ServicePlan): Record<string, unknown> {
  return { name, image, machine, minSize: capacity.min, maxSize: capacity.max };
}

function indexCommand(
  plan: Plan,
  region: Region,
  services: Record<string, LoadBalancedService>,
  database?: DocumentDatabase,
): pulumi.Output<string> | undefined {
  // The index job runs where the database can be reached from: on an instance of a service that uses it.
  const user = plan.services.find((service) => service.connections.documentDatabase);
  const service = user && services[user.name];
  if (!plan.documentDatabase || !database || !service) return undefined;
  return region.indexJob(plan.documentDatabase, database.connection, service).command;
}
