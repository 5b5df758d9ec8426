import type * as k8s from '@pulumi/kubernetes';
import type * as pulumi from '@pulumi/pulumi';
import { images } from '../cache/arguments';
import { passwordVariable } from '../cache/pod';
import { podLabelsOf } from '../labels';
import { containerSecurity, podSecurity } from '../pod-security';
import { storeSizeOf } from '../store-size';
import type { QueueBrokerArgs } from './arguments';

export const CONFIG_FOLDER = '/etc/stackladder/valkey';
export const DATA = '/data';
export const OWN_FILE = '/tmp/own.conf';

/** Time to write what is in memory to the disk: with the log on it is there within a second, a rewrite takes longer. */
const ENDING_SECONDS = 60;

/** Writes the password where no list of processes shows it, and becomes Valkey, which ends on SIGTERM with its log written. */
export function startScript(): string {
  return `set -eu
umask 077
echo "requirepass $BROKER_PASSWORD" >${OWN_FILE}
exec valkey-server ${CONFIG_FOLDER}/valkey.conf
`;
}

/** The one pod of a broker. Pure but for the names of what it mounts. */
export function brokerPod(
  args: QueueBrokerArgs,
  given: { configName: pulumi.Input<string>; secretName: pulumi.Input<string> },
): k8s.types.input.core.v1.PodTemplateSpec {
  const { cpu, cpuMillis, memory } = storeSizeOf(args.nodeType);
  const ask = (test: string) => ({
    exec: {
      command: ['/bin/sh', '-c', `REDISCLI_AUTH="$BROKER_PASSWORD" valkey-cli -p ${args.port} ping | grep -q ${test}`],
    },
    timeoutSeconds: 3,
  });
  return {
    metadata: { labels: podLabelsOf(args.identity) },
    spec: {
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      securityContext: podSecurity,
      terminationGracePeriodSeconds: ENDING_SECONDS,
      containers: [
        {
          name: 'valkey',
          image: args.image ?? images[args.engineVersion]!,
          imagePullPolicy: 'Always',
          command: ['/bin/sh', '-c', startScript()],
          env: [passwordVariable('BROKER_PASSWORD', given.secretName)],
          ports: [{ name: 'valkey', containerPort: args.port }],
          resources: {
            requests: { cpu, memory, 'ephemeral-storage': '16Mi' },
            // Room for a rewrite beside the one thread that answers.
            limits: { cpu: `${cpuMillis * 2}m`, memory, 'ephemeral-storage': '64Mi' },
          },
          securityContext: containerSecurity,
          // While it still reads its file it answers LOADING: it lives, and is not ready.
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
