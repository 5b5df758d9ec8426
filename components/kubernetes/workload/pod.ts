import type * as k8s from '@pulumi/kubernetes';
import type * as pulumi from '@pulumi/pulumi';
import { authorityVolumes } from '../authorities';
import { evictable } from '../evictable';
import { podLabelsOf, selectorOf } from '../labels';
import { containerSecurity, podSecurity } from '../pod-security';
import { spreadOver } from '../spread';
import type { WorkloadArgs } from './arguments';

/**
 * Seconds between the word to go and the signal: as long as the cluster's DNS gives an old answer (30 s with GKE's
 * kube-dns, 5 s with CoreDNS), the edge believes it (5 s), and the endpoints take to tell. The address of a pod that is
 * gone may answer nothing at all, and a request that is sent there waits for a minute.
 */
export const LEAVING_SECONDS = 40;
/** Seconds beyond the drain in which the process itself must end. */
const ENDING_SECONDS = 5;

/** The rest of a pod's disk is its node's: enough for logs and temporary files. */
const DISK = { request: '256Mi', limit: '1Gi' };

/** The pods of a service. Pure. `secretName` is the Secret with its secret variables. */
export function podTemplate(
  args: WorkloadArgs,
  secretName: pulumi.Input<string> | undefined,
): k8s.types.input.core.v1.PodTemplateSpec {
  const { volumes: authorities, mounts } = authorityVolumes(args.authorities);
  const volumes = [{ name: 'tmp', emptyDir: { sizeLimit: DISK.request } }, ...authorities];
  return {
    metadata: { labels: podLabelsOf(args.identity), annotations: evictable(volumes) },
    spec: {
      serviceAccountName: args.identity.name,
      automountServiceAccountToken: false,
      // Kubernetes would put the address of every Service of the namespace in the environment.
      enableServiceLinks: false,
      imagePullSecrets: args.pullSecretName === undefined ? undefined : [{ name: args.pullSecretName }],
      securityContext: podSecurity,
      topologySpreadConstraints: spreadOver(selectorOf(args.identity)),
      terminationGracePeriodSeconds: LEAVING_SECONDS + args.drainSeconds + ENDING_SECONDS,
      containers: [container(args, secretName, mounts)],
      volumes,
    },
  };
}

function container(
  args: WorkloadArgs,
  secretName: pulumi.Input<string> | undefined,
  mounts: k8s.types.input.core.v1.VolumeMount[],
): k8s.types.input.core.v1.Container {
  const { requests, limits, liveness, readiness } = args.pod;
  const { path, timeoutSeconds, healthyThreshold, unhealthyThreshold } = args.healthCheck;
  const httpGet = { path, port: 'http' };
  return {
    name: args.identity.name,
    image: args.image,
    // Asked for at each start, so that a pod never runs an image that its registry would no longer give to us.
    imagePullPolicy: 'Always',
    ports: [{ name: 'http', containerPort: args.port }],
    env: variables(args, secretName),
    resources: {
      requests: { ...requests, 'ephemeral-storage': DISK.request },
      limits: { ...limits, 'ephemeral-storage': DISK.limit },
    },
    securityContext: containerSecurity,
    readinessProbe: {
      httpGet,
      ...readiness,
      timeoutSeconds,
      failureThreshold: unhealthyThreshold,
      successThreshold: healthyThreshold,
    },
    // A success threshold other than one is not allowed here.
    livenessProbe: { httpGet, ...liveness, timeoutSeconds, failureThreshold: unhealthyThreshold },
    lifecycle: { preStop: { sleep: { seconds: LEAVING_SECONDS } } },
    volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }, ...mounts],
  };
}

/** In the order of their names, so that the same variables are never a change. */
export function variables(
  { environment: plain, secrets }: Pick<WorkloadArgs, 'environment' | 'secrets'>,
  secretName: pulumi.Input<string> | undefined,
): k8s.types.input.core.v1.EnvVar[] {
  const byName = ([a]: [string, unknown], [b]: [string, unknown]) => (a < b ? -1 : 1);
  const open = Object.entries(plain).sort(byName);
  const kept = Object.keys(secrets).sort();
  return [
    ...open.map(([name, value]) => ({ name, value })),
    ...kept.map((name) => ({ name, valueFrom: { secretKeyRef: { name: secretName, key: name } } })),
  ];
}
