import * as k8s from '@pulumi/kubernetes';
import type * as pulumi from '@pulumi/pulumi';
import { nameOf } from '../../naming';
import { disruptionBudget } from '../disruption-budget';
import { evictable } from '../evictable';
import { type Identity, metadataOf, podLabelsOf, selectorOf } from '../labels';
import { letThrough } from '../let-through';
import { containerSecurity, podSecurity } from '../pod-security';
import { spreadOver } from '../spread';

type Container = k8s.types.input.core.v1.Container;

export interface PairArgs {
  identity: Identity;
  namespace: pulumi.Input<string>;
  /** Default: the namespace's own, without rights. */
  serviceAccountName?: string;
  container: Pick<
    Container,
    'image' | 'args' | 'command' | 'env' | 'readinessProbe' | 'livenessProbe' | 'volumeMounts'
  > & { name: string };
  /** Where the container listens. */
  port: number;
  /** What one of the two asks of its node, and the most that it may take. */
  requests: { cpu: string; memory: string };
  limits: { cpu: string; memory: string };
  volumes: k8s.types.input.core.v1.Volume[];
  /** Whether its Service gives the addresses of both, or leads to any of the two. */
  headless: boolean;
  /** Port of the Service. Default: that of the container. */
  servicePort?: number;
  ingress: k8s.types.input.networking.v1.NetworkPolicyIngressRule[];
  egress: k8s.types.input.networking.v1.NetworkPolicyEgressRule[];
  dependsOn?: pulumi.Resource[];
}

export interface Pair {
  deployment: k8s.apps.v1.Deployment;
  service: k8s.core.v1.Service;
}

const DISK = { request: '64Mi', limit: '1Gi' };

/**
 * Two equal pods behind a Service, closed in: what measures and serves numbers must be there while a node is drained,
 * for autoscalers stand still without it.
 */
export function pairOf(name: string, args: PairArgs, opts: pulumi.CustomResourceOptions): Pair {
  const { identity } = args;
  const metadata = metadataOf(args);
  const matchLabels = selectorOf(identity);
  const policy = letThrough(name, args, { ingress: args.ingress, egress: args.egress }, opts);
  const deployment = new k8s.apps.v1.Deployment(
    nameOf('kubernetes', name),
    {
      metadata,
      spec: {
        replicas: 2,
        selector: { matchLabels },
        strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } },
        revisionHistoryLimit: 2,
        template: {
          metadata: { labels: podLabelsOf(identity), annotations: evictable(args.volumes) },
          spec: podOf(args),
        },
      },
    },
    { ...opts, dependsOn: [policy, ...(args.dependsOn ?? [])] },
  );
  const service = new k8s.core.v1.Service(
    nameOf('kubernetes', name),
    {
      metadata,
      spec: {
        clusterIP: args.headless ? 'None' : undefined,
        selector: matchLabels,
        ports: [{ name: 'main', port: args.servicePort ?? args.port, targetPort: 'main' }],
      },
    },
    opts,
  );
  disruptionBudget(name, args, opts);
  return { deployment, service };
}

function podOf(args: PairArgs): k8s.types.input.core.v1.PodSpec {
  return {
    serviceAccountName: args.serviceAccountName,
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    securityContext: podSecurity,
    topologySpreadConstraints: spreadOver(selectorOf(args.identity)),
    containers: [
      {
        ...args.container,
        imagePullPolicy: 'Always',
        ports: [{ name: 'main', containerPort: args.port }],
        resources: {
          requests: { ...args.requests, 'ephemeral-storage': DISK.request },
          limits: { ...args.limits, 'ephemeral-storage': DISK.limit },
        },
        securityContext: containerSecurity,
      },
    ],
    volumes: args.volumes,
  };
}
