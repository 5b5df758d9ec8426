import type * as aws from '@pulumi/aws';
import type * as pulumi from '@pulumi/pulumi';
import type { QueueCondition, ScalingCondition } from '../../../plan/types';
import { agentNamespace, groupDimension, memoryMetric } from '../load-balanced-group/cloudwatch-agent';
import { depthMetric, queueDimension, waitMetric } from './queue-metrics';

export type Condition = ScalingCondition | QueueCondition;
export type Query = aws.types.input.cloudwatch.MetricAlarmMetricQuery;

/** What CloudWatch calls the parts of a group that conditions are about. */
export interface Watched {
  groupName: pulumi.Input<string>;
  /** Of a service. */
  balancer?: { loadBalancerSuffix: pulumi.Input<string>; targetGroupSuffix: pulumi.Input<string> };
  /** Of workers. */
  queue?: { namespace: string; name: string };
}

/** A value to compare: how it is worked out of metrics, and what it is compared with. */
export interface Signal {
  /** Id of the query that has the value. */
  id: string;
  queries: Query[];
  threshold: number;
  minutes: number;
}

const PERIOD = 60;

/** One condition in CloudWatch's words. `id` starts the ids of its queries, so that several fit into one alarm. */
export function signalOf(condition: Condition, id: string, watched: Watched): Signal {
  const { minutes } = condition;
  const metric = (of: string, metricName: string, stat: string, rest: Where): Query => ({
    id: of,
    metric: { metricName, stat, period: PERIOD, ...rest },
  });
  const perGroup = (namespace: string): Where => ({ namespace, dimensions: { [groupDimension]: watched.groupName } });
  switch (condition.signal) {
    case 'cpu':
      return one(metric(id, 'CPUUtilization', 'Average', perGroup('AWS/EC2')), condition.percent, minutes);
    case 'memory':
      return one(metric(id, memoryMetric, 'Average', perGroup(agentNamespace)), condition.percent, minutes);
    case 'requests-per-minute':
      return one(metric(id, 'RequestCountPerTarget', 'Sum', balancerOf(watched)), condition.requests, minutes);
    case 'latency': {
      const stat = condition.percentile === undefined ? 'Average' : `p${condition.percentile}`;
      // Where nobody asked, nothing was slow: without this an idle group would never shrink.
      const filled = { id, expression: `FILL(${id}_seen, 0)` };
      const seen = metric(`${id}_seen`, 'TargetResponseTime', stat, balancerOf(watched));
      return { id, queries: [filled, seen], threshold: condition.millis / 1000, minutes };
    }
    case 'requests-in-flight': {
      // Little's law: what is in a system is how fast it comes times how long it stays.
      const product = { id, expression: `FILL(${id}_rate, 0) / ${PERIOD} * FILL(${id}_time, 0)` };
      const rate = metric(`${id}_rate`, 'RequestCountPerTarget', 'Sum', balancerOf(watched));
      const time = metric(`${id}_time`, 'TargetResponseTime', 'Average', balancerOf(watched));
      return { id, queries: [product, rate, time], threshold: condition.requests, minutes };
    }
    case 'depth-per-worker': {
      const share = { id, expression: `${id}_depth / IF(${id}_workers > 0, ${id}_workers, 1)` };
      const depth = metric(`${id}_depth`, depthMetric, 'Maximum', queueOf(watched));
      const workers = metric(`${id}_workers`, 'GroupInServiceInstances', 'Average', perGroup('AWS/AutoScaling'));
      return { id, queries: [share, depth, workers], threshold: condition.jobs, minutes };
    }
    case 'wait':
      return one(metric(id, waitMetric, 'Maximum', queueOf(watched)), condition.seconds, minutes);
  }
}

type Where = Pick<aws.types.input.cloudwatch.MetricAlarmMetricQueryMetric, 'namespace' | 'dimensions'>;

function one(query: Query, threshold: number, minutes: number): Signal {
  return { id: query.id as string, queries: [query], threshold, minutes };
}

function balancerOf({ balancer }: Watched): Where {
  if (!balancer) throw new Error('workers have no balancer to ask');
  const dimensions = { LoadBalancer: balancer.loadBalancerSuffix, TargetGroup: balancer.targetGroupSuffix };
  return { namespace: 'AWS/ApplicationELB', dimensions };
}

function queueOf({ queue }: Watched): Where {
  if (!queue) throw new Error('a service has no queue to ask');
  return { namespace: queue.namespace, dimensions: { [queueDimension]: queue.name } };
}
