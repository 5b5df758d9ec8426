import type { Plan, QueueCondition, QueuePlan, ScalingCondition, ScalingRules } from '../../../plan/types';
import type { PodSize } from '../../../plan/types';
import { nameOf } from '../../naming';
import { metricPrefix } from '../monitoring/metrics';

/** What a system's autoscalers have to be told, as plain values. */
export interface Measured {
  /** Begins the names of the services' metrics. */
  prefix: string;
  namespace: string;
  services: MeasuredService[];
  workers: MeasuredWorker[];
  /** Queues of the broker; empty where nothing asks for them. */
  queues: QueuePlan[];
}

export interface MeasuredService {
  /** As its Deployment, its container and its headless Service are called. */
  name: string;
  port: number;
  requests: PodSize;
  rules: ScalingRules;
}

export interface MeasuredWorker {
  /** As its Deployment and its container are called. */
  name: string;
  requests: PodSize;
  queue: string;
  out: QueueCondition[];
  in: QueueCondition[];
}

/** Any condition that is measured as one number over time. */
export type Condition = ScalingCondition | QueueCondition;

/** The part of a plan that is measured; undefined where averages of CPU and memory are all that autoscalers ask. */
export function measuredOf({ system, cluster, services, workers, broker }: Plan): Measured | undefined {
  const ruled = services.flatMap(({ name, port, pod, scalingRules: rules }) =>
    rules ? [{ name: nameOf('kubernetes', name), port, requests: pod.requests, rules }] : [],
  );
  if (ruled.length === 0 && workers.length === 0) return undefined;
  if (!cluster) throw new Error(`${system} is planned without a cluster`);
  return {
    prefix: metricPrefix(system),
    namespace: cluster.namespace,
    services: ruled,
    workers: workers.flatMap(({ name, pod, queue, scaling }) =>
      scaling.kind === 'rules'
        ? [
            {
              name: nameOf('kubernetes', name),
              requests: pod.requests,
              queue: queue.name,
              out: scaling.out,
              in: scaling.in,
            },
          ]
        : [],
    ),
    queues: workers.length > 0 ? (broker?.queues ?? []) : [],
  };
}
