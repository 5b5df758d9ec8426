import * as k8s from '@pulumi/kubernetes';
import * as pulumi from '@pulumi/pulumi';
import { refuseFaults } from '../../faults';
import { nameOf } from '../../naming';
import { disruptionBudget } from '../disruption-budget';
import { type Identity, metadataOf, selectorOf } from '../labels';
import { letThrough } from '../let-through';
import { signals } from '../metrics/names';
import { fromPods, fromPrometheus, toAddress, toAnywhere, toDns } from '../network-policies';
import { rolloutTimeouts } from '../rollout';
import { externalScalingOf, scalingOf } from '../scaling';
import { faultsOf, type WorkloadArgs } from './arguments';
import { podTemplate } from './pod';
import { secretVariables } from './secret-variables';

export type { WorkloadArgs };

/**
 * A service as pods: an autoscaled Deployment and what belongs to a good one. Pods run as a user of no rights on a
 * read-only file system, are spread over zones and hosts, and leave after their open requests; a new version comes up
 * before the old one goes. The number of pods has one owner, the autoscaler. Secret variables come from a Secret whose
 * name changes with its values, so a rotated password rolls the pods over. Only the edge (and Prometheus) may connect,
 * through a headless Service that gives the pods' own addresses.
 *
 * The cluster must have metrics-server, and be Kubernetes 1.30 or newer. Where the guide has rules, external metrics must be
 * served as well (`ScalingMetrics`).
 *
 * Cost: what the pods ask of nodes. Ten of Pulse's at 500m: 10 × 0.5 = 5 vCPU; on t3.large nodes (2 vCPU, 1.93 of
 * them for pods) that is three nodes, 3 × 0.0832 × 730 = 182.21 USD a month.
 *
 * ```ts
 * const api = new Workload('pulse-prod-api', {
 *   identity: { name: 'api', instance: 'pulse-prod' }, namespace: namespace.name, image: 'ghcr.io/pulse/api:1.4.2',
 *   port: 8081, capacity: { min: 2, max: 10, desired: 2 }, pod, healthCheck, drainSeconds: 30, ports: [27017, 6379],
 *   scaling: { cpuPercent: 70, memoryPercent: 80 }, environment: {}, secrets: { MONGO_URL: url }, edgeName: 'api-edge',
 *   monitored: true,
 * });
 * ```
 */
export class Workload extends pulumi.ComponentResource {
  readonly identity: Identity;
  /** The headless Service's name in DNS; it has the address of every ready pod. */
  readonly host: pulumi.Output<string>;
  readonly deployment: k8s.apps.v1.Deployment;
  readonly service: k8s.core.v1.Service;
  readonly autoscaler: k8s.autoscaling.v2.HorizontalPodAutoscaler;

  /** @throws Error that lists every fault of the arguments */
  constructor(name: string, args: WorkloadArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseFaults('Workload', name, faultsOf(args));
    super('stackladder:kubernetes:Workload', name, {}, opts);
    this.identity = args.identity;
    const account = this.serviceAccount(name, args);
    const secret = secretVariables(name, args, { parent: this });
    const policy = this.networkPolicy(name, args);
    this.deployment = this.createDeployment(name, args, secret?.metadata.name, [account, policy]);
    this.service = this.podAddresses(name, args);
    this.autoscaler = this.scaling(name, args);
    disruptionBudget(name, args, { parent: this });
    this.host = pulumi.interpolate`${args.identity.name}.${args.namespace}.svc.cluster.local`;
    this.registerOutputs({ host: this.host });
  }

  private serviceAccount(name: string, args: WorkloadArgs): k8s.core.v1.ServiceAccount {
    return new k8s.core.v1.ServiceAccount(
      nameOf('kubernetes', name),
      { metadata: metadataOf(args), automountServiceAccountToken: false },
      { parent: this },
    );
  }

  private networkPolicy(name: string, args: WorkloadArgs): k8s.networking.v1.NetworkPolicy {
    const edge = selectorOf({ ...args.identity, name: args.edgeName });
    return letThrough(
      name,
      args,
      {
        ingress: [
          fromPods(edge, args.port),
          ...(args.monitored ? [fromPrometheus(args.port)] : []),
          ...(args.measuredBy ? [fromPods(args.measuredBy, args.port)] : []),
        ],
        egress: [toDns, toAnywhere(443, ...args.ports), ...(args.credentialEndpoints ?? []).map(toAddress)],
      },
      { parent: this },
    );
  }

  private createDeployment(
    name: string,
    args: WorkloadArgs,
    secretName: pulumi.Input<string> | undefined,
    dependsOn: pulumi.Resource[],
  ): k8s.apps.v1.Deployment {
    return new k8s.apps.v1.Deployment(
      nameOf('kubernetes', name),
      {
        metadata: {
          ...metadataOf(args),
          // kube-score wants two paths for the two probes. The guide has one, and the service knows no other.
          annotations: { 'kube-score/ignore': 'pod-probes-identical' },
        },
        spec: {
          // No `replicas`: the autoscaler is their one owner.
          selector: { matchLabels: selectorOf(args.identity) },
          strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } },
          revisionHistoryLimit: 5,
          progressDeadlineSeconds: 600,
          template: podTemplate(args, secretName),
        },
      },
      { parent: this, dependsOn, customTimeouts: rolloutTimeouts(args) },
    );
  }

  private podAddresses(name: string, args: WorkloadArgs): k8s.core.v1.Service {
    return new k8s.core.v1.Service(
      nameOf('kubernetes', name),
      {
        metadata: metadataOf(args),
        spec: {
          clusterIP: 'None',
          publishNotReadyAddresses: false,
          selector: selectorOf(args.identity),
          ports: [{ name: 'http', port: args.port, targetPort: 'http' }],
        },
      },
      { parent: this },
    );
  }

  private scaling(name: string, args: WorkloadArgs): k8s.autoscaling.v2.HorizontalPodAutoscaler {
    return new k8s.autoscaling.v2.HorizontalPodAutoscaler(
      nameOf('kubernetes', name),
      {
        metadata: metadataOf(args),
        spec: autoscalingOf(args),
      },
      // The autoscaler's own target must be there, or it reports an error until it is.
      { parent: this, dependsOn: this.deployment },
    );
  }
}

/** Rules have one owner, the signal they come to; averages would each pull their own way. */
function autoscalingOf({ identity, capacity, scaling, scalingRules: rules }: WorkloadArgs) {
  const target = identity.name;
  if (!rules) return scalingOf({ target, capacity, ...scaling });
  const metric = { name: signals.service, labels: { service: target }, value: 1 };
  return externalScalingOf({ target, capacity, metric, cooldownSeconds: rules.cooldownSeconds });
}
