import type * as k8s from '@pulumi/kubernetes';
import type * as pulumi from '@pulumi/pulumi';
import { podLabelsOf, selectorOf } from '../labels';
import { containerSecurity, podSecurity } from '../pod-security';
import { storeSizeOf } from '../store-size';
import { type CacheClusterArgs, images } from './arguments';
import { CONFIG_FOLDER, DATA, startScript } from './start';

/** Nodes talk to each other on a second port, this much above the clients'. */
export const BUS_OFFSET = 10_000;
export const PASSWORD_KEY = 'password';

export function imageOf({ image, engineVersion }: CacheClusterArgs): string {
  return image ?? images[engineVersion]!;
}

/** A variable with the password of the cache. */
export function passwordVariable(name: string, secretName: pulumi.Input<string>): k8s.types.input.core.v1.EnvVar {
  return { name, valueFrom: { secretKeyRef: { name: secretName, key: PASSWORD_KEY } } };
}

/** One node of the cache. Pure but for the names of what it mounts. `domain` ends every node's own name. */
export function cachePod(
  args: CacheClusterArgs,
  given: { domain: string; configName: pulumi.Input<string>; secretName: pulumi.Input<string> },
): k8s.types.input.core.v1.PodTemplateSpec {
  const { cpu, cpuMillis, memory } = storeSizeOf(args.nodeType);
  const field = (name: string, fieldPath: string) => ({ name, valueFrom: { fieldRef: { fieldPath } } });
  const ask = (test: string) => ({
    exec: {
      command: ['/bin/sh', '-c', `REDISCLI_AUTH="$CACHE_PASSWORD" valkey-cli -p ${args.port} ping | grep -q ${test}`],
    },
    timeoutSeconds: 3,
  });
  return {
    metadata: { labels: podLabelsOf(args.identity) },
    spec: {
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      securityContext: podSecurity,
      affinity: apart(selectorOf(args.identity)),
      // Time to write what is in memory to the disk.
      terminationGracePeriodSeconds: 60,
      containers: [
        {
          name: 'valkey',
          image: imageOf(args),
          imagePullPolicy: 'Always',
          command: ['/bin/sh', '-c', startScript(args.port, given.domain)],
          env: [
            passwordVariable('CACHE_PASSWORD', given.secretName),
            field('POD_IP', 'status.podIP'),
            field('POD_NAME', 'metadata.name'),
          ],
          ports: [
            { name: 'valkey', containerPort: args.port },
            { name: 'bus', containerPort: args.port + BUS_OFFSET },
          ],
          resources: {
            requests: { cpu, memory, 'ephemeral-storage': '16Mi' },
            // Room for a rewrite beside the one thread that answers.
            limits: { cpu: `${cpuMillis * 2}m`, memory, 'ephemeral-storage': '64Mi' },
          },
          securityContext: containerSecurity,
          // A node that still reads its file answers LOADING: it lives, and is not ready.
          readinessProbe: { ...ask('PONG'), periodSeconds: 5 },
          livenessProbe: { ...ask('-e PONG -e LOADING'), periodSeconds: 10, failureThreshold: 6 },
          volumeMounts: [
            { name: 'config', mountPath: CONFIG_FOLDER, readOnly: true },
            { name: 'data', mountPath: DATA },
            { name: 'tmp', mountPath: '/tmp' },
          ],
        },
      ],
      volumes: [
        { name: 'config', configMap: { name: given.configName } },
        { name: 'tmp', emptyDir: { sizeLimit: '16Mi' } },
      ],
    },
  };
}

/** Nodes on hosts of their own, and in several zones, where there is room for it. */
function apart(matchLabels: Record<string, string>): k8s.types.input.core.v1.Affinity {
  const term = (weight: number, topologyKey: string) => ({
    weight,
    podAffinityTerm: { topologyKey, labelSelector: { matchLabels } },
  });
  return {
    podAntiAffinity: {
      preferredDuringSchedulingIgnoredDuringExecution: [
        term(100, 'kubernetes.io/hostname'),
        term(50, 'topology.kubernetes.io/zone'),
      ],
    },
  };
}
