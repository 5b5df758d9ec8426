import { collecting, ConfigurationError } from '../stacks/config/fault';
import type { Settings } from '../stacks/config/settings';
import type { System } from '../systems/system';
import { nextCache, shapeOf } from './cache-steps';
import { checkIdentity } from './check-identity';
import { checkMove } from './check-move';
import { makePlan } from './make';
import type { Memory, RelationalIdentity, StoresMemory } from './memory';
import { asTheyWere, storeSettings } from './store-settings';
import type { Plan } from './types';
import { clouds, type CloudName } from './vocabulary';

/** A stack with the clouds it has lived on: the plan of the one it is on, and one for each whose stores it keeps. */
export interface Journey {
  plan: Plan;
  /** Stores and nothing else, of clouds that the stack has left. */
  kept: Plan[];
  /** What the stack remembers when this is up. */
  memory: Memory;
}

/**
 * Works out where a stack stands and what it keeps elsewhere.
 *
 * @param memory what the stack remembers of itself; empty on a new stack
 * @throws ConfigurationError where the configuration would leave stores behind without a word about them, and with what
 *   the plan itself finds wrong
 */
export function planJourney(system: System, settings: Settings, memory: Memory): Journey {
  const foreign = checkIdentity(settings, memory);
  // Of another system or environment nothing that is remembered says anything.
  if (foreign.length > 0) throw new ConfigurationError(foreign);
  const faults = checkMove(system, settings, memory);
  const here = memory[settings.cloud];
  // With another system's stores there is no plan to be found at fault.
  const foreignStores = faults.some(({ key }) => key === 'system');
  const planned = foreignStores
    ? undefined
    : collecting(faults, () => makePlan(system, settings, here?.phase, here?.adopted));
  if (!planned || faults.length > 0) throw new ConfigurationError(faults);
  const plan = growing(restingAfter(planned, here), here);
  const left = clouds.filter((cloud) => cloud !== settings.cloud && settings.keep.includes(cloud) && memory[cloud]);
  const kept = left.map((cloud) => planKept(system, settings, cloud, memory[cloud]!));
  const remembered: Memory = { [settings.cloud]: remember(settings, plan) };
  for (const cloud of left) {
    remembered[cloud] = { ...memory[cloud]!, released: settings.discardStores.includes(cloud) };
  }
  return { plan: { ...plan, notices: [...plan.notices, ...idleNotices(settings, memory)] }, kept, memory: remembered };
}

/** Said for a cloud that holds nothing any more, and left standing for the day when it does again. */
function idleNotices({ discardStores }: Settings, memory: Memory): string[] {
  return discardStores
    .filter((cloud) => !memory[cloud])
    .map(
      (cloud) =>
        `discardStores names ${cloud}, where this stack has no stores: take it out, and say it again when it is meant.`,
    );
}

/** The stores of a cloud as they were when the stack left it. */
function planKept(system: System, settings: Settings, cloud: CloudName, memory: StoresMemory): Plan {
  const { phase, compute, regions, zones, cidr, overrides } = memory;
  const plan = makePlan(
    withoutClients(system),
    {
      ...settings,
      ...asTheyWere(settings, cloud, memory),
      cloud,
      // What was not climbed there stays unclimbed: the stack goes on elsewhere.
      phase,
      compute: compute ?? system.runsOn[cloud]?.[0] ?? settings.compute,
      regions,
      zones,
      cidr: cidr ?? settings.cidr,
      // Overrides of services speak of the new cloud's machines; those of stores are what they were.
      overrides: {
        ...settings.overrides,
        services: {},
        workers: {},
        cluster: {},
        cache: {},
        database: {},
        relational: {},
        broker: {},
        network: {},
        ...overrides,
      },
      reached: undefined,
    },
    phase,
    memory.adopted,
  );
  const released = settings.discardStores.includes(cloud);
  return {
    ...plan,
    // Also where it was on its way to another shape.
    cache: plan.cache && { ...plan.cache, ...memory.cache },
    regions: plan.regions.map((region) => ({ ...region, serves: false })),
    contentDelivery: undefined,
    resting: plan.compute === 'instances' && plan.safety.deletionProtection,
    // The stack's phase, by which the policies judge all of it; and what marks a store whose protection is lifted on
    // purpose.
    tags: { ...plan.tags, Phase: settings.phase, ...(released && { Release: cloud }) },
    safety: released ? { ...plan.safety, protectStores: false, deletionProtection: false } : plan.safety,
  };
}

/** Nobody connects to stores that are kept: what services open elsewhere says nothing of them. */
function withoutClients(system: System): System {
  return {
    ...system,
    services: system.services.map((needs) => ({ ...needs, databasePool: undefined })),
    workers: system.workers?.map((needs) => ({ ...needs, databasePool: undefined })),
  };
}

/** Changing from instances to a cluster leaves balancers behind that are protected from deletion until now. */
function restingAfter(plan: Plan, here: StoresMemory | undefined): Plan {
  const left = here?.compute === 'instances' && plan.compute !== 'instances';
  return { ...plan, resting: left && plan.safety.deletionProtection };
}

/** A cache whose cloud changes one thing of it at a time gets there in as many updates. */
function growing(plan: Plan, here: StoresMemory | undefined): Plan {
  if (!plan.cache) return plan;
  const { cache, notices } = nextCache(plan.cache, here?.cache, plan.cloud);
  return { ...plan, cache, notices: [...plan.notices, ...notices] };
}

function remember(settings: Settings, plan: Plan): StoresMemory {
  const { cache, database, relational, broker, network } = settings.overrides;
  return {
    system: plan.system,
    environment: plan.environment,
    phase: plan.storesPhase,
    compute: plan.compute,
    regions: plan.regions.map(({ name }) => name),
    zones: settings.zones,
    cidr: settings.cidr,
    adopted: settings.accounts[settings.cloud].adoptDatabase,
    relational: identityOf(plan),
    cache: plan.cache && shapeOf(plan.cache),
    overrides: { cache, database, relational, broker, network },
    settings: storeSettings(settings),
  };
}

/** Of a database that is made here; somebody else's is not ours to remember. */
function identityOf({ relationalDatabase: database }: Plan): RelationalIdentity | undefined {
  if (!database || database.existing) return undefined;
  const { host, name, user, engine, engineVersion, storage } = database;
  return { host, databaseName: name, user, engine, engineVersion, storageGb: storage.initialGb };
}
