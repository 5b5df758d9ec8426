import { expect, fail, inspect, type Judgement, pass, unknown } from '../judge';
import { brokerTypes, isBroker } from '../roles';
import type { Resource, StackRule } from '../rule';
import { type Stack, refersTo } from '../stack';
import { at, list, numeric, present, show, text, UNKNOWN } from '../values';

const elasticache = 'aws:elasticache/replicationGroup:ReplicationGroup';
const redis = 'gcp:redis/instance:Instance';
const valkey = 'digitalocean:index/databaseCluster:DatabaseCluster';
const statefulSet = 'kubernetes:apps/v1:StatefulSet';
const common = { severity: 'mandatory', scope: 'stack', types: brokerTypes, controls: [] as string[] } as const;

const each = (look: (stack: Stack, broker: Resource) => Judgement[]) => (stack: Stack) =>
  stack
    .ofType(...brokerTypes)
    .filter(isBroker)
    .map((resource) => ({ resource, judgements: look(stack, resource) }));

export const neverEvicts: StackRule = {
  ...common,
  id: 'broker-never-evicts',
  title: 'A broker never drops what it holds',
  why: 'A cache that is full throws away what is old; jobs that were promised to somebody would be among it.',
  mend: 'Set maxmemory-policy to noeviction, and keep jobs out of the cache.',
  check: each((stack, broker) => {
    switch (broker.type) {
      case elasticache:
        return [parameterOf(stack, broker)];
      case valkey:
        return [policy(broker, 'evictionPolicy')];
      case statefulSet:
        return [configOf(stack, broker)];
      case redis:
        return [policy(broker, 'redisConfigs.maxmemory-policy')];
      default:
        return [policy(broker, 'engineConfigs.maxmemory-policy')];
    }
  }),
};

function policy(broker: Resource, path: string): Judgement {
  return inspect(broker, [path], (value) => (value === 'noeviction' ? undefined : `${path} is ${show(value)}`));
}

function parameterOf(stack: Stack, broker: Resource): Judgement {
  const groups = stack.ofType('aws:elasticache/parameterGroup:ParameterGroup');
  const own = groups.find((group) => refersTo(broker, 'parameterGroupName', group) === true);
  if (!own) {
    const unsure = groups.some((group) => refersTo(broker, 'parameterGroupName', group) === UNKNOWN);
    return unsure ? unknown('parameterGroupName') : fail('it has no parameter group of its own');
  }
  return inspect(own, ['parameters'], (parameters) => {
    if (list(parameters).includes(UNKNOWN)) return UNKNOWN;
    const found = list(parameters).find((one) => at(one, 'name') === 'maxmemory-policy');
    return at(found, 'value') === 'noeviction' ? undefined : `maxmemory-policy is ${show(at(found, 'value'))}`;
  });
}

/** The file that a StatefulSet's pods read: the ConfigMap that is called as it is. */
function configOf(stack: Stack, broker: Resource): Judgement {
  const config = stack.ofType('kubernetes:core/v1:ConfigMap').find(({ name }) => name === broker.name);
  if (!config) return fail('there is no ConfigMap of its name');
  const data = config.props.data;
  if (data === UNKNOWN) return unknown('data');
  const files = Object.values(typeof data === 'object' && data !== null ? data : {});
  if (files.includes(UNKNOWN)) return unknown('data');
  const kept = files.some((file) => /^\s*maxmemory-policy\s+noeviction\s*$/m.test(text(file)));
  return expect(kept, 'its configuration does not say maxmemory-policy noeviction', 'data');
}

export const unsharded: StackRule = {
  ...common,
  id: 'broker-unsharded',
  title: 'A broker is not sharded',
  why: 'Celery does not work on a cluster (celery#9436), and jobs of one queue would be in several places for others.',
  mend: 'Leave cluster mode off, with one node group and replicas of it; a broker grows by its node.',
  check: each((_stack, broker) => {
    switch (broker.type) {
      case elasticache:
        return [
          inspect(broker, ['clusterMode', 'numNodeGroups'], (mode, groups) =>
            (present(mode) && mode !== 'disabled') || (numeric(groups) ?? 1) > 1
              ? `clusterMode is ${show(mode)}, with ${show(groups)} node groups`
              : undefined,
          ),
        ];
      case 'gcp:redis/cluster:Cluster':
        return [fail('it is a cluster')];
      case 'gcp:memorystore/instance:Instance':
        return [
          inspect(broker, ['mode'], (mode) => (mode === 'CLUSTER_DISABLED' ? undefined : `mode is ${show(mode)}`)),
        ];
      case statefulSet:
        return [
          inspect(broker, ['spec.replicas'], (count) =>
            (numeric(count) ?? 1) === 1 ? undefined : `replicas is ${show(count)}`,
          ),
        ];
      default:
        return [pass];
    }
  }),
};

export const brokerRules = [neverEvicts, unsharded];
