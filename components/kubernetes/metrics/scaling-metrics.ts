import type * as k8s from '@pulumi/kubernetes';
import * as pulumi from '@pulumi/pulumi';
import { type Fault, must, refuseFaults, wholeNumber } from '../../faults';
import { pinnedImage } from '../workload/arguments';
import { ADAPTER_IMAGE, createAdapter } from './adapter';
import type { Measured } from './measured';
import { parts } from './names';
import { createPrometheus, PROMETHEUS_IMAGE } from './prometheus';

export interface ScalingMetricsArgs {
  /** The stack that it belongs to, e.g. `sv-sdk-prod`, and its tags. */
  stack: { instance: string; tags?: Record<string, string> };
  /** Namespace that it is put in: that of what it measures. */
  namespace: pulumi.Input<string>;
  /** What is measured. A change rolls the pods over. */
  measured: Measured;
  /** Images, pinned. Default: Prometheus 3.5.0 and prometheus-adapter 0.12.0. */
  images?: { prometheus?: string; adapter?: string };
}

/** Minutes. Prometheus keeps two hours. */
const LONGEST = 60;

/**
 * What autoscalers ask besides CPU and memory of the moment: two small Prometheus that look at services, queues and
 * containers, work out what each guide's rules say, and two adapters that serve it as `external.metrics.k8s.io`. A
 * cluster has that group once: where another adapter serves it, this one must not be put beside it.
 *
 * cert-manager must be on the cluster, for the adapter's certificate. Needs no volume.
 *
 * Cost: 2 × 100m and 256Mi for Prometheus, 2 × 50m and 128Mi for the adapter: 0.3 vCPU and 0.75 GiB of the nodes; on
 * t3.large nodes (2 vCPU, 0.0832 USD an hour) a sixth of one, 0.3 / 1.93 × 0.0832 × 730 = 9.44 USD a month.
 *
 * ```ts
 * new ScalingMetrics('sv-sdk-prod-metrics', {
 *   stack: { instance: 'sv-sdk-prod' }, namespace: namespace.name, measured: measuredOf(plan),
 * });
 * ```
 */
export class ScalingMetrics extends pulumi.ComponentResource {
  readonly prometheus: k8s.apps.v1.Deployment;
  readonly api: k8s.apiregistration.v1.APIService;

  /** @throws Error that lists every fault of the arguments */
  constructor(name: string, args: ScalingMetricsArgs, opts?: pulumi.ComponentResourceOptions) {
    const images = { prometheus: PROMETHEUS_IMAGE, adapter: ADAPTER_IMAGE, ...args.images };
    refuseFaults('ScalingMetrics', name, [
      pinnedImage('images.prometheus', images.prometheus),
      pinnedImage('images.adapter', images.adapter),
      ...faultsOf(args.measured),
    ]);
    super('stackladder:kubernetes:ScalingMetrics', name, {}, opts);
    const { namespace, measured, stack } = args;
    const of = (part: 'prometheus' | 'adapter') => ({
      identity: { name: parts[part], ...stack },
      namespace,
      measured,
      image: images[part],
    });
    this.prometheus = createPrometheus(`${name}-prometheus`, of('prometheus'), { parent: this }).deployment;
    this.api = createAdapter(`${name}-adapter`, of('adapter'), { parent: this });
    this.registerOutputs({});
  }
}

function faultsOf({ services, workers, queues }: Measured): Fault[] {
  const ruled = [
    ...services.map(({ name, rules }) => ({ path: `services.${name}`, out: rules.out, in: rules.in })),
    ...workers.map((worker) => ({ path: `workers.${worker.name}`, out: worker.out, in: worker.in })),
  ];
  return [
    must(services.length + workers.length + queues.length > 0, 'measured', 'there is nothing to measure'),
    ...ruled.flatMap((rules) =>
      (['out', 'in'] as const).flatMap((way) =>
        rules[way].map(({ minutes }, at) => wholeNumber(`${rules.path}.${way}[${at}].minutes`, minutes, 1, LONGEST)),
      ),
    ),
    ...workers.map(({ name, queue }) =>
      must(
        queues.some((each) => each.name === queue),
        `workers.${name}.queue`,
        `"${queue}" is no queue that is measured`,
      ),
    ),
  ];
}
