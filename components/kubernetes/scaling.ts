import type * as k8s from '@pulumi/kubernetes';
import { type Fault, wholeNumber } from '../faults';

type Spec = k8s.types.input.autoscaling.v2.HorizontalPodAutoscalerSpec;
type Behavior = k8s.types.input.autoscaling.v2.HorizontalPodAutoscalerBehavior;

interface Scaled {
  /** Name of the Deployment. */
  target: string;
  capacity: { min: number; max: number };
}

export interface ScalingArgs extends Scaled {
  /** Percent of what pods ask for. */
  cpuPercent: number;
  /** Default: memory has no say. */
  memoryPercent?: number;
}

export interface ExternalScalingArgs extends Scaled {
  /** A number of `external.metrics.k8s.io`, by its name and labels; more than `value` of it, and there are more pods. */
  metric: { name: string; labels: Record<string, string>; value: number };
  /** Seconds between two changes. */
  cooldownSeconds: number;
}

/** Seconds over which the greatest wish counts before pods go: five minutes, the controller's own default, written out. */
const DOWN_WINDOW = 300;
/** Kubernetes looks back half an hour at most when it counts what was added or taken away. */
const LONGEST_PERIOD = 1_800;

/**
 * How many pods there are. Quick out: double, or four more, every 15 seconds. Slow in: one pod a minute at most, after
 * five quiet minutes, so that a short lull costs no restart.
 */
export function scalingOf(args: ScalingArgs): Spec {
  const metric = (name: string, averageUtilization: number) => ({
    type: 'Resource',
    resource: { name, target: { type: 'Utilization', averageUtilization } },
  });
  return {
    ...scaled(args),
    metrics: [
      metric('cpu', args.cpuPercent),
      ...(args.memoryPercent === undefined ? [] : [metric('memory', args.memoryPercent)]),
    ],
    behavior: {
      scaleUp: {
        stabilizationWindowSeconds: 0,
        selectPolicy: 'Max',
        policies: [
          { type: 'Percent', value: 100, periodSeconds: 15 },
          { type: 'Pods', value: 4, periodSeconds: 15 },
        ],
      },
      scaleDown: {
        stabilizationWindowSeconds: DOWN_WINDOW,
        selectPolicy: 'Max',
        policies: [{ type: 'Pods', value: 1, periodSeconds: 60 }],
      },
    },
  };
}

/**
 * How many pods there are, by one number that is measured outside of them. It is the only metric: a second one would
 * take its own part in every decision, and nothing but the number is to be the owner. Twice the value doubles the pods,
 * half of it takes one away, and between two changes of a kind the cool-down passes.
 */
export function externalScalingOf(args: ExternalScalingArgs): Spec {
  const { name, labels, value } = args.metric;
  const metric = { name, selector: { matchLabels: labels } };
  return {
    ...scaled(args),
    metrics: [{ type: 'External', external: { metric, target: { type: 'Value', value: String(value) } } }],
    behavior: paced(args.cooldownSeconds),
  };
}

function paced(cooldownSeconds: number): Behavior {
  const once = (type: string, value: number) => ({ type, value, periodSeconds: cooldownSeconds });
  return {
    scaleUp: { stabilizationWindowSeconds: 0, selectPolicy: 'Max', policies: [once('Percent', 100)] },
    scaleDown: { stabilizationWindowSeconds: cooldownSeconds, selectPolicy: 'Max', policies: [once('Pods', 1)] },
  };
}

export function cooldownFault(path: string, seconds: number): Fault {
  return wholeNumber(path, seconds, 1, LONGEST_PERIOD);
}

function scaled({ target, capacity }: Scaled) {
  return {
    scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: target },
    minReplicas: capacity.min,
    maxReplicas: capacity.max,
  };
}
