import type * as k8s from '@pulumi/kubernetes';

export interface ScalingArgs {
  /** Name of the Deployment. */
  target: string;
  capacity: { min: number; max: number };
  /** Percent of what pods ask for. */
  cpuPercent: number;
  /** Default: memory has no say. */
  memoryPercent?: number;
}

/** Seconds over which the greatest wish counts before pods go: five minutes, the controller's own default, written out. */
const DOWN_WINDOW = 300;

/**
 * How many pods there are. Quick out: double, or four more, every 15 seconds. Slow in: one pod a minute at most, after
 * five quiet minutes, so that a short lull costs no restart.
 */
export function scalingOf(args: ScalingArgs): k8s.types.input.autoscaling.v2.HorizontalPodAutoscalerSpec {
  const metric = (name: string, averageUtilization: number) => ({
    type: 'Resource',
    resource: { name, target: { type: 'Utilization', averageUtilization } },
  });
  return {
    scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: args.target },
    minReplicas: args.capacity.min,
    maxReplicas: args.capacity.max,
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
