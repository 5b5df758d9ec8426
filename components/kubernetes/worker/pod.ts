import type * as k8s from '@pulumi/kubernetes';
import type * as pulumi from '@pulumi/pulumi';
import { authorityVolumes } from '../authorities';
import { evictable } from '../evictable';
import { podLabelsOf, selectorOf, workerLabel } from '../labels';
import { containerSecurity, podSecurity } from '../pod-security';
import { spreadOver } from '../spread';
import { variables } from '../workload/pod';
import type { WorkerArgs } from './arguments';

/** Seconds beyond the longest job in which the process itself must end. */
const ENDING_SECONDS = 15;
/** Seconds that autoscalers of nodes give a pod at the most (Cluster Autoscaler, also GKE's and DOKS'). */
const NODES_PATIENCE = 600;
/** The rest of a pod's disk is its node's: enough for logs and temporary files. */
const DISK = { request: '256Mi', limit: '1Gi' };

/**
 * The pods of a worker. Pure. The signal to stop comes at once, for no balancer has to hear of it first; then the pod has
 * as long as its longest job. `secretName` is the Secret with its secret variables.
 */
export function workerPod(
  args: WorkerArgs,
  secretName: pulumi.Input<string> | undefined,
): k8s.types.input.core.v1.PodTemplateSpec {
  const { volumes: authorities, mounts } = authorityVolumes(args.authorities);
  const volumes = [{ name: 'tmp', emptyDir: { sizeLimit: DISK.request } }, ...authorities];
  const { requests, limits, livenessCommand } = args.pod;
  return {
    metadata: {
      labels: { ...podLabelsOf(args.identity), ...workerLabel },
      // A job that takes longer would be cut: its node stays until it is done.
      annotations:
        args.drainSeconds > NODES_PATIENCE
          ? { 'cluster-autoscaler.kubernetes.io/safe-to-evict': 'false' }
          : evictable(volumes),
    },
    spec: {
      serviceAccountName: args.identity.name,
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      imagePullSecrets: args.pullSecretName === undefined ? undefined : [{ name: args.pullSecretName }],
      securityContext: podSecurity,
      topologySpreadConstraints: spreadOver(selectorOf(args.identity)),
      terminationGracePeriodSeconds: args.drainSeconds + ENDING_SECONDS,
      containers: [
        {
          name: args.identity.name,
          image: args.image,
          imagePullPolicy: 'Always',
          command: args.command.length > 0 ? args.command : undefined,
          env: variables(args, secretName),
          resources: {
            requests: { ...requests, 'ephemeral-storage': DISK.request },
            limits: { ...limits, 'ephemeral-storage': DISK.limit },
          },
          securityContext: containerSecurity,
          livenessProbe: livenessCommand && alive(livenessCommand),
          volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }, ...mounts],
        },
      ],
      volumes,
    },
  };
}

/** Seldom, and with patience: the command starts an interpreter of its own beside a worker that may be busy. */
function alive(command: string[]): k8s.types.input.core.v1.Probe {
  return { exec: { command }, initialDelaySeconds: 30, periodSeconds: 60, timeoutSeconds: 30, failureThreshold: 3 };
}
