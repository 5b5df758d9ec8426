import { type Fault, must } from '../../faults';
import { type RelationalArgs, relationalFaults } from './arguments';

export const AURORA = 'aurora-postgresql';

/** Aurora has the larger burstable classes and the memory-optimised ones (Aurora: supported DB instance classes). */
const auroraClass = /^db\.((t3|t4g)\.(medium|large)|(r5|r6g|r6gd|r6i|r6id|r7g|r7i|r8g|x2g)\.\w+)$/;

/** Readers that are always there: at least one where a copy is to take over. */
export function auroraReaders({ replicas, standby }: Pick<RelationalArgs, 'replicas' | 'standby'>): number {
  return Math.max(replicas.min, standby ? 1 : 0);
}

export function auroraFaults(args: RelationalArgs): Fault[] {
  const { engine, instanceClass, replicas } = args;
  return [
    ...relationalFaults(args),
    must(engine === 'postgres', 'engine', `"${engine}" is not what this component runs: Aurora PostgreSQL`),
    must(auroraClass.test(instanceClass), 'instanceClass', `Aurora does not run on ${instanceClass}`),
    must(
      replicas.max === replicas.min ||
        (replicas.cpuPercent !== undefined && replicas.cpuPercent > 0 && replicas.cpuPercent < 100),
      'replicas.cpuPercent',
      `${replicas.cpuPercent} must be above 0 and below 100 where replicas are a range`,
    ),
    must(replicas.max <= 15, 'replicas.max', `${replicas.max} are more than the 15 readers of a cluster`),
  ];
}
