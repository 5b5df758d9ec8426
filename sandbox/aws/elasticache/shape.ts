import { problem, type Problem } from '../../model/errors';
import { flag, matches, number, text } from '../../model/reading';
import type { Cloud } from '../../model/cloud';
import type { Bag } from '../../model/values';
import { aws, between } from '../parts';

/** Whether the data is spread over shards, with one endpoint that tells clients where. */
export function isClustered(inputs: Bag): boolean {
  const mode = text(inputs, 'clusterMode');
  if (mode !== undefined) return mode === 'enabled';
  return inputs.numNodeGroups !== undefined || /\.cluster\.on$/.test(text(inputs, 'parameterGroupName') ?? '');
}

/** Nodes by shard, as the cloud names them: `id-0001-002`. */
export function membersOf(id: string, inputs: Bag): string[] {
  const replicas = number(inputs, 'replicasPerNodeGroup') ?? 0;
  if (!isClustered(inputs)) {
    const nodes = number(inputs, 'numCacheClusters') ?? replicas + 1;
    return Array.from({ length: nodes }, (_, node) => `${id}-${pad(node + 1, 3)}`);
  }
  return Array.from({ length: number(inputs, 'numNodeGroups') ?? 1 }, (_, shard) =>
    Array.from({ length: replicas + 1 }, (__, node) => `${id}-${pad(shard + 1, 4)}-${pad(node + 1, 3)}`),
  ).flat();
}

const pad = (value: number, digits: number): string => String(value).padStart(digits, '0');

/** What ElastiCache refuses about a group's shape and security, whenever it is asked. */
export function checkShape(inputs: Bag, cloud: Cloud): Problem[] {
  const problems = [
    ...between(inputs, 'numNodeGroups', 1, 500),
    ...between(inputs, 'replicasPerNodeGroup', 0, 5),
    ...between(inputs, 'snapshotRetentionLimit', 0, 35),
    ...between(inputs, 'port', 1, 65535),
  ];
  const refuse = (property: string, reason: string) => problems.push(problem(property, reason));
  const failover = flag(inputs, 'automaticFailoverEnabled') === true;
  if (inputs.numCacheClusters !== undefined && inputs.numNodeGroups !== undefined) {
    refuse('numCacheClusters', '"numCacheClusters": conflicts with numNodeGroups');
  }
  if (
    isClustered(inputs) &&
    inputs.automaticFailoverEnabled !== undefined &&
    flag(inputs, 'automaticFailoverEnabled') === false
  ) {
    refuse(
      'automaticFailoverEnabled',
      'InvalidParameterValue: Redis with cluster mode enabled cannot be created with auto failover turned off.',
    );
  } else if (isClustered(inputs) && inputs.automaticFailoverEnabled === undefined) {
    refuse(
      'automaticFailoverEnabled',
      'InvalidParameterValue: Redis with cluster mode enabled cannot be created with auto failover turned off.',
    );
  }
  const replicas = number(inputs, 'replicasPerNodeGroup') ?? (number(inputs, 'numCacheClusters') ?? 1) - 1;
  const replicasKnown =
    inputs.replicasPerNodeGroup === undefined || number(inputs, 'replicasPerNodeGroup') !== undefined;
  if (flag(inputs, 'multiAzEnabled') && !failover && inputs.automaticFailoverEnabled !== undefined) {
    refuse(
      'multiAzEnabled',
      'InvalidParameterCombination: automatic_failover_enabled must be true if multi_az_enabled is true',
    );
  }
  if (flag(inputs, 'multiAzEnabled') && replicasKnown && replicas < 1) {
    refuse('multiAzEnabled', 'InvalidParameterCombination: Must have at least one replica when Multi-AZ is enabled');
  }
  if (!isClustered(inputs) && failover && replicas < 1) {
    refuse(
      'numCacheClusters',
      'InvalidParameterValue: automatic failover needs at least two nodes: "num_cache_clusters": must be at least 2',
    );
  }
  const token = text(inputs, 'authToken');
  if (inputs.authToken !== undefined && flag(inputs, 'transitEncryptionEnabled') !== true) {
    refuse('authToken', 'InvalidParameterCombination: transit encryption must be enabled to use an auth token');
  }
  if (token !== undefined && (token.length < 16 || token.length > 128)) {
    refuse('authToken', `expected length of authToken to be in the range (16 - 128)`);
  }
  const node = text(inputs, 'nodeType');
  if (node !== undefined && !/^cache\.[a-z0-9]+\.[a-z0-9]+$/.test(node)) {
    refuse('nodeType', `InvalidParameterValue: The cache node type ${node} is not supported`);
  }
  problems.push(...checkParameters(inputs, cloud));
  return problems;
}

/** Cluster mode needs a parameter group that switches it on, and the group's family must be the engine's. */
function checkParameters(inputs: Bag, cloud: Cloud): Problem[] {
  const name = text(inputs, 'parameterGroupName');
  const group = name === undefined ? undefined : cloud.find([aws('elasticache', 'ParameterGroup')], name);
  if (!group) return [];
  const on = matches(group.inputs, 'parameters.*').some(
    ({ value }) => text(value, 'name') === 'cluster-enabled' && text(value, 'value') === 'yes',
  );
  const problems: Problem[] = [];
  if (on !== isClustered(inputs) && text(inputs, 'clusterMode') !== 'compatible') {
    const reason = `InvalidParameterCombination: the parameter group ${name} has cluster-enabled = ${on ? 'yes' : 'no'}, and the replication group ${isClustered(inputs) ? 'has' : 'has no'} cluster mode`;
    problems.push(problem('parameterGroupName', reason));
  }
  const family = text(group.inputs, 'family') ?? '';
  const engine = text(inputs, 'engine') ?? 'redis';
  const major = text(inputs, 'engineVersion')?.split('.')[0];
  if (!family.startsWith(engine) || (major !== undefined && family.replace(/\D+(\d+).*/, '$1') !== major)) {
    const reason = `InvalidParameterCombination: Expected a parameter group of family ${engine}${major ?? ''} but found one of family ${family}`;
    problems.push(problem('parameterGroupName', reason));
  }
  return problems;
}
