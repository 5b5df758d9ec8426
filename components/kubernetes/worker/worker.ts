import * as k8s from '@pulumi/kubernetes';
import * as pulumi from '@pulumi/pulumi';
import { refuseFaults } from '../../faults';
import { nameOf } from '../../naming';
import { disruptionBudget } from '../disruption-budget';
import { type Identity, labelsOf, metadataOf, selectorOf, workerLabel } from '../labels';
import { letThrough } from '../let-through';
import { signals } from '../metrics/names';
import { toAddress, toAnywhere, toDns } from '../network-policies';
import { progressSeconds, rolloutTimeouts } from '../rollout';
import { type ExternalScalingArgs, externalScalingOf } from '../scaling';
import { secretVariables } from '../workload/secret-variables';
import { faultsOf, type WorkerArgs } from './arguments';
import { workerPod } from './pod';

export type { WorkerArgs };

/**
 * Pods that take jobs from a queue: an autoscaled Deployment that nobody connects to. How many there are follows what
 * waits, by a number of `external.metrics.k8s.io`: the depth of the queue itself, or, where the guide has rules, what
 * they say together. A pod that leaves gets its signal at once and then as long as its longest job, so none is cut.
 *
 * The program has to stop taking jobs on SIGTERM and end when its last one is done, as Celery and BullMQ's `close()` do.
 * Where a probe is given it is a command: a worker answers nobody, so it has no readiness.
 *
 * Cost: what the pods ask of nodes. Twenty at 500m: 20 × 0.5 = 10 vCPU; on t3.large nodes (2 vCPU, 1.93 of them for
 * pods) that is six nodes, 6 × 0.0832 × 730 = 364.42 USD a month.
 *
 * ```ts
 * new Worker('sv-sdk-prod-email', {
 *   identity: { name: 'email', instance: 'sv-sdk-prod' }, namespace: namespace.name, image: 'ghcr.io/sv/worker:2.1.0',
 *   command: ['node', 'dist/worker.js'], capacity: { min: 2, max: 20, desired: 2 }, pod, queue: 'email',
 *   scaling: { kind: 'target', jobs: 1000, cooldownSeconds: 60 }, drainSeconds: 120, environment: {},
 *   secrets: { REDIS_URL: url }, ports: [6379],
 * });
 * ```
 */
export class Worker extends pulumi.ComponentResource {
  readonly identity: Identity;
  readonly deployment: k8s.apps.v1.Deployment;
  readonly autoscaler: k8s.autoscaling.v2.HorizontalPodAutoscaler;

  /** @throws Error that lists every fault of the arguments */
  constructor(name: string, args: WorkerArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseFaults('Worker', name, faultsOf(args));
    super('stackladder:kubernetes:Worker', name, {}, opts);
    this.identity = args.identity;
    const metadata = metadataOf(args);
    const account = new k8s.core.v1.ServiceAccount(
      nameOf('kubernetes', name),
      { metadata, automountServiceAccountToken: false },
      { parent: this },
    );
    const secret = secretVariables(name, args, { parent: this });
    const policy = this.networkPolicy(name, args);
    this.deployment = this.createDeployment(name, args, secret?.metadata.name, [account, policy]);
    this.autoscaler = new k8s.autoscaling.v2.HorizontalPodAutoscaler(
      nameOf('kubernetes', name),
      { metadata, spec: externalScalingOf(scalingOfWorker(args)) },
      { parent: this, dependsOn: this.deployment },
    );
    disruptionBudget(name, args, { parent: this });
    this.registerOutputs({});
  }

  private networkPolicy(name: string, args: WorkerArgs): k8s.networking.v1.NetworkPolicy {
    return letThrough(
      name,
      args,
      { egress: [toDns, toAnywhere(443, ...args.ports), ...(args.credentialEndpoints ?? []).map(toAddress)] },
      { parent: this },
    );
  }

  private createDeployment(
    name: string,
    args: WorkerArgs,
    secretName: pulumi.Input<string> | undefined,
    dependsOn: pulumi.Resource[],
  ): k8s.apps.v1.Deployment {
    return new k8s.apps.v1.Deployment(
      nameOf('kubernetes', name),
      {
        metadata: {
          name: args.identity.name,
          namespace: args.namespace,
          labels: { ...labelsOf(args.identity), ...workerLabel },
        },
        spec: {
          // No `replicas`: the autoscaler is their one owner.
          selector: { matchLabels: selectorOf(args.identity) },
          strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } },
          // Without a readiness to look at: one that ends at once is not taken for one that works.
          minReadySeconds: 15,
          revisionHistoryLimit: 5,
          progressDeadlineSeconds: progressSeconds(args),
          template: workerPod(args, secretName),
        },
      },
      { parent: this, dependsOn, customTimeouts: rolloutTimeouts(args) },
    );
  }
}

/** The guide's own autoscaler where it aims at a depth; where it has rules, what they say, of which 1 means: stay. */
function scalingOfWorker({ identity, capacity, queue, scaling }: WorkerArgs): ExternalScalingArgs {
  const common = { target: identity.name, capacity, cooldownSeconds: scaling.cooldownSeconds };
  return scaling.kind === 'target'
    ? { ...common, metric: { name: signals.depth, labels: { queue }, value: scaling.jobs } }
    : { ...common, metric: { name: signals.worker, labels: { worker: identity.name }, value: 1 } };
}
