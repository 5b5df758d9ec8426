import { problem, type Problem } from '../../model/errors';
import { number, text } from '../../model/reading';
import type { Bag } from '../../model/values';
import { between } from '../parts';

/** What Memorystore refuses about an instance, whenever it is asked. */
export function checkInstance(inputs: Bag): Problem[] {
  const problems = [...between(inputs, 'shardCount', 1, 250), ...between(inputs, 'replicaCount', 0, 5)];
  const shards = number(inputs, 'shardCount') ?? 1;
  if (text(inputs, 'mode') === 'CLUSTER_DISABLED' && shards > 1) {
    problems.push(problem('shardCount', 'INVALID_ARGUMENT: with cluster mode disabled an instance has one shard'));
  }
  const nodes = shards * (1 + (number(inputs, 'replicaCount') ?? 0));
  if (nodes > 250)
    problems.push(problem('shardCount', `INVALID_ARGUMENT: an instance has at most 250 nodes, not ${nodes}`));
  const single = text(inputs, 'zoneDistributionConfig.mode') === 'SINGLE_ZONE';
  if (
    single &&
    inputs.zoneDistributionConfig !== undefined &&
    text(inputs, 'zoneDistributionConfig.zone') === undefined
  ) {
    problems.push(problem('zoneDistributionConfig', 'INVALID_ARGUMENT: the mode SINGLE_ZONE needs a zone'));
  }
  if (inputs.desiredAutoCreatedEndpoints !== undefined && inputs.desiredPscAutoConnections !== undefined) {
    problems.push(problem('desiredPscAutoConnections', 'conflicts with desiredAutoCreatedEndpoints'));
  }
  const schedule = inputs.automatedBackupConfig;
  if (schedule !== undefined && !/^\d+(\.\d+)?s$/.test(text(schedule, 'retention') ?? '86400s')) {
    problems.push(
      problem('automatedBackupConfig', 'INVALID_ARGUMENT: retention is a number of seconds such as 86400s'),
    );
  }
  return problems;
}
