import { ConfigurationError, type Fault } from '../stacks/config/fault';
import type { Settings } from '../stacks/config/settings';
import { ladder } from '../stacks/phases';
import type { System } from '../systems/system';
import { planBroker } from './broker';
import { planConnections } from './connections/all';
import { frontDoorNotices, planFrontDoor } from './front-door';
import { planOffHours } from './off-hours';
import { nodeMachines, planNodes } from './pods';
import { planRelationalDatabase } from './relational/database';
import { isZoneOf, planRegions, regionsOn, zonesOn } from './regions';
import { LOG_RETENTION_DAYS, planSafety } from './safety';
import { planService } from './service';
import { planCache, planDocumentDatabase } from './stores';
import type { ContentDeliveryPlan, Plan } from './types';
import { higherPhase, phases, type PhaseName } from './vocabulary';
import { planWorker } from './worker';

/**
 * Works the plan out: system, settings and the phase that the stack's stores have reached before, nothing else.
 * The same three always give the same plan.
 *
 * @param reached the highest phase the stack has been at, as the stack remembers it; undefined on a new stack
 * @param adopted id of an existing database that the stack has taken over, as it remembers it
 * @throws ConfigurationError where the configuration leaves out a region, or its zones, that stores were brought to, and
 *   where applications would open more connections than a database accepts
 */
export function makePlan(system: System, settings: Settings, reached?: PhaseName, adopted?: string): Plan {
  const { environment, cloud, overrides } = settings;
  const phase = ladder[settings.phase];
  // A phase said by hand wins: that is how somebody who means it lets stores shrink again.
  const storesPhase = higherPhase(settings.phase, settings.reached ?? reached ?? settings.phase);
  const stores = ladder[storesPhase];
  const names = settings.regions ?? system.regions[cloud] ?? [];
  const prefix = `${system.name}-${environment}`;
  checkKeptRegions(settings, names, storesPhase);

  const documentDatabase = system.documentDatabase && planDocumentDatabase(system.documentDatabase, stores, settings);
  const relationalDatabase =
    system.relationalDatabase && planRelationalDatabase(system.relationalDatabase, stores, settings, adopted);
  const cache = system.cache && planCache(system.cache, stores, settings);
  const broker = system.broker && planBroker(system.broker, stores, settings);
  const databases = { documents: documentDatabase, relational: relationalDatabase };
  const connections = planConnections(system, phase, settings, databases);
  const machine = nodeMachines[settings.compute](system, settings);
  const domain = { name: settings.domain, contentName: settings.contentDomain ?? `static.${settings.domain}` };
  const hosts = { domain: domain.name, content: domain.contentName };
  const services = system.services.map((needs) =>
    planService(needs, phase, settings, hosts, connections.of(needs.name), machine),
  );
  const workers = (system.workers ?? []).map((needs) =>
    planWorker(needs, broker?.queues ?? [], phase, settings, connections.of(needs.name), machine),
  );
  // A node pool is not a store: it follows the phase. Its zones do not: volumes stay where they are.
  const zones = settings.zones ?? zonesOn(cloud, settings.compute, stores.zones);
  const cluster =
    machine === undefined
      ? undefined
      : planNodes(system, settings, machine, zones, {
          services,
          workers,
          cache,
          broker,
          documentDatabase,
          relationalDatabase,
        });
  const { plan: contentDelivery, notices: contentNotices } = planContentDelivery(system, settings);

  return {
    system: system.name,
    title: system.title,
    phase: settings.phase,
    storesPhase,
    environment,
    cloud,
    compute: settings.compute,
    resting: false,
    prefix,
    regions: planRegions({
      cloud,
      names,
      serving: regionsOn(cloud, phase.regions),
      storing: regionsOn(cloud, stores.regions),
      // A region whose stores lie in three zones keeps three: a store's subnet is never taken away.
      zones,
      cidr: settings.cidr,
    }),
    network: {
      natGateways: overrides.network.natGateways ?? phase.natGateways,
      flowLogRetentionDays: overrides.logs.retentionDays ?? LOG_RETENTION_DAYS[environment],
    },
    domain,
    services,
    workers,
    cluster,
    accounts: settings.accounts,
    given: settings.given,
    documentDatabase,
    relationalDatabase,
    cache,
    broker,
    scheduledSql: relationalDatabase ? (system.scheduledSql ?? []) : [],
    connectionBudgets: connections.budgets,
    offHours: planOffHours(system, settings),
    frontDoor: planFrontDoor(settings, services),
    objectStores: system.objectStores,
    contentDelivery,
    alerts: system.alerts,
    dashboard: system.dashboard,
    alertEmails: settings.alertEmails,
    budget: { monthlyUsd: settings.budget ?? system.monthlyBudgetUsd[settings.phase], alertPercents: [80, 100] },
    logs: { retentionDays: overrides.logs.retentionDays ?? LOG_RETENTION_DAYS[environment] },
    safety: planSafety(environment),
    secretNames: settings.secretNames,
    tags: {
      Project: 'stackladder',
      System: system.name,
      Phase: settings.phase,
      Environment: environment,
      Owner: settings.owner,
      CostCenter: settings.costCenter,
      ManagedBy: 'pulumi',
    },
    notices: [
      ...contentNotices,
      ...fullNotices(services, 'services'),
      ...fullNotices(workers, 'workers'),
      ...frontDoorNotices(settings, services),
      ...storesNotices(settings.phase, storesPhase),
    ],
  };
}

/**
 * What was reached is remembered by the stack, not by its configuration, so only here it can be told that the regions
 * or zones in configuration no longer name where stores are. Left out, their subnets would go.
 */
function checkKeptRegions({ cloud, phase, zones }: Settings, names: string[], storesPhase: PhaseName): void {
  const count = regionsOn(cloud, ladder[storesPhase].regions);
  const kept = names.slice(regionsOn(cloud, ladder[phase].regions), count);
  const without = Array.isArray(zones) ? kept.filter((name) => !zones.some((zone) => isZoneOf(cloud, zone, name))) : [];
  const mend = `name them as they were; or, if their stores may go, pulumi config set reached ${phase}`;
  const faults: Fault[] = [];
  if (names.length < count) {
    const problem = `leaves out a region that keeps stores since ${storesPhase}`;
    faults.push({ key: 'regions', value: names.join(', '), problem, allowed: `${count} regions, home first`, mend });
  }
  if (without.length > 0) {
    const problem = `has none of ${without.join(', ')}, where stores are kept since ${storesPhase}`;
    faults.push({ key: 'zones', problem, allowed: 'zones of every region that keeps stores', mend });
  }
  if (faults.length > 0) throw new ConfigurationError(faults);
}

/** Signed paths are served only where there is a key to check signatures with; otherwise they stay private. */
function planContentDelivery(system: System, settings: Settings): { plan?: ContentDeliveryPlan; notices: string[] } {
  const from = phases.indexOf(system.contentDeliveryFrom ?? 'small');
  if (!system.contentDelivery || phases.indexOf(settings.phase) < from) return { notices: [] };
  const key = settings.contentPublicKey;
  const left = system.contentDelivery.filter((origin) => origin.signed && !key);
  return {
    plan: {
      origins: system.contentDelivery.filter((origin) => !left.includes(origin)),
      priceClass: settings.phase === 'enterprise' ? 'all' : 'regional',
      signingPublicKey: key,
    },
    notices: left.map(
      (origin) =>
        `${origin.pathPattern} is not on the CDN: it needs signed URLs, and contentPublicKey is not set. ` +
        `The ${origin.store} store stays private; the application can sign its own URLs to it.`,
    ),
  };
}

/** A group that starts at its greatest size has nowhere to scale out to: the guide's range is below the phase's count. */
function fullNotices(groups: Pick<Plan['services'][number], 'name' | 'capacity'>[], kind: string): string[] {
  return groups
    .filter(({ capacity }) => capacity.desired === capacity.max)
    .map(
      ({ name, capacity }) =>
        `${name} starts at ${capacity.desired} instances a region, all that its guide's range allows. ` +
        `Raise overrides.${kind}.${name}.maxSize before it needs more.`,
    );
}

function storesNotices(phase: PhaseName, storesPhase: PhaseName): string[] {
  if (phase === storesPhase) return [];
  return [
    `Services are at ${phase}; stores keep the shape of ${storesPhase}, which they have reached. To let them shrink, set reached: ${phase}.`,
  ];
}
