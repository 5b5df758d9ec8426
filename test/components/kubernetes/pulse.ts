import * as pulumi from '@pulumi/pulumi';
import { record, type RecordedResource, type Recording } from '../../../cli/offline/recorder';
import { kubernetes } from '../../../components/kubernetes';
import type { ConfigurationSecrets, Wiring } from '../../../components/platform';
import { makePlan } from '../../../plan/make';
import type { Plan } from '../../../plan/types';
import { environments, phases, type Environment, type PhaseName } from '../../../plan/vocabulary';
import { placeholderConfig } from '../../../stacks/config/placeholders';
import { parseSettings } from '../../settings';
import { systems } from '../../../systems';
import { pulse } from '../../../systems/pulse';

/** Every phase in every environment. */
export const everywhere = environments.flatMap((environment) => phases.map((phase) => [phase, environment] as const));

/** What the plan of a plain cluster may have besides. */
export interface Extras {
  monitoring?: boolean;
  objectStore?: boolean;
  secretNames?: string[];
  given?: Partial<Plan['given']>;
}

/** Pulse on a plain cluster. */
export function planOf(phase: PhaseName, environment: Environment, extras: Extras = {}): Plan {
  const config = placeholderConfig({ system: 'pulse', cloud: 'kubernetes', phase, environment });
  const section = {
    certificateIssuer: 'letsencrypt',
    trustedProxies: ['10.0.0.0/8'],
    ...(extras.monitoring && { monitoring: true }),
    ...(extras.objectStore && {
      objectStore: { endpoint: 'https://s3.example.com', region: 'eu-central-1', bucketPrefix: 'pulse-prod' },
    }),
  };
  config.kubernetes = { text: JSON.stringify(section), secret: false };
  const plan = makePlan(pulse, parseSettings(config, systems));
  return { ...plan, secretNames: extras.secretNames ?? [], given: { ...plan.given, ...extras.given } };
}

/** Values that must be found nowhere. */
export const canary = 'canary-4711';

export const secrets: ConfigurationSecrets = {
  own: (name) => pulumi.secret(`${canary}-${name}`),
  single: (key) => pulumi.secret(`${canary}-${key}`),
};

/** Brings the plan up offline, in the order in which a stack does. */
export function bringUp(plan: Plan): Promise<Recording> {
  return record(() => {
    const platform = kubernetes.open(plan, secrets, {});
    const region = platform.region(plan.regions[0]!);
    const database = plan.documentDatabase && platform.documentDatabase(plan.documentDatabase);
    const cache = plan.cache && region.cache(plan.cache);
    const own = Object.fromEntries(
      plan.secretNames.map((name) => [name, platform.applicationSecret(name, secrets.own(name))]),
    );
    const stores = plan.objectStores.flatMap((store) => platform.objectStore(store) ?? []);
    const host = region.host();
    for (const service of plan.services) {
      const wiring: Wiring = {
        secrets: {
          ...own,
          ...(database && { MONGO_URL: database.connection.secret }),
          ...(cache && { REDIS_URL: cache.connection.secret }),
        },
        environment: Object.fromEntries(stores.map(({ name, bucket }) => [`${name.toUpperCase()}_BUCKET`, bucket])),
        stores,
        ports: [database, cache].flatMap((store) => (store ? [store.connection.port] : [])),
        pooled: [],
      };
      host.loadBalancedService(service, wiring);
    }
    const { command } = host.indexJob(plan.documentDatabase!, database!.connection, plan.services[0]!);
    host.alerts(plan.alerts, plan.dashboard);
    return { url: platform.entry(plan.services[0]!).url, command, mongo: database!.connection.secret.value() };
  });
}

type Tree = Record<string, any>; // eslint-disable-line @typescript-eslint/no-explicit-any

/** The object of one kind and name as the API server would get it, a name given where Pulumi gives one. */
export function objectsOf({ resources }: Recording): Tree[] {
  return resources
    .filter(({ type }) => type.startsWith('kubernetes:'))
    .filter(isObject)
    .map(objectOf);
}

function isObject({ type }: RecordedResource): boolean {
  return type !== 'pulumi:providers:kubernetes';
}

function objectOf({ name, inputs }: RecordedResource): Tree {
  const metadata = inputs.metadata as Record<string, unknown>;
  return { ...inputs, metadata: { name, ...metadata } };
}
