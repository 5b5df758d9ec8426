import type { Settings } from '../stacks/config/settings';
import type { Phase } from '../stacks/phase';
import type { BrokerNeeds } from '../systems/system';
import { phases, type Environment } from './vocabulary';
import type { BrokerPlan } from './types';

/** Days that the nightly copy of what waits is kept: jobs are lost with a broker, unlike what a cache holds. */
const SNAPSHOT_DAYS: Record<Environment, number> = { dev: 1, staging: 3, prod: 7 };

/** A copy that takes over from Large on, as the cache has it: before, a broker that fails is made anew within minutes. */
const STANDBY_FROM = phases.indexOf('large');

/** The broker of a stack; `phase` is the highest one reached. Never sharded, at whatever phase. */
export function planBroker(needs: BrokerNeeds, phase: Phase, settings: Settings): BrokerPlan {
  const { cloud, environment, overrides, system } = settings;
  const nodeType = overrides.broker.nodeType ?? needs.nodeTypes[cloud]?.[phase.name];
  if (!nodeType) throw new Error(`${system} names no broker node for ${cloud}`);
  return {
    engineVersion: needs.engineVersion,
    nodeType,
    replicas: overrides.broker.replicas ?? (phases.indexOf(phase.name) >= STANDBY_FROM ? 1 : 0),
    port: needs.port,
    queues: needs.queues,
    snapshotRetentionDays: overrides.broker.snapshotRetentionDays ?? SNAPSHOT_DAYS[environment],
  };
}
