import type * as k8s from '@pulumi/kubernetes';
import type * as pulumi from '@pulumi/pulumi';
import { podLabelsOf, selectorOf } from '../labels';
import { containerSecurity, podSecurity } from '../pod-security';
import { spreadOver } from '../spread';
import type { PoolerArgs } from './arguments';
import { CONFIG_FOLDER, startScript, USERS_FOLDER } from './start';

/** Seconds until no node sends new connections to a pod that leaves. */
const LEAVING_SECONDS = 15;
/** Seconds for what runs on the database when a pooler goes. */
const ENDING_SECONDS = 45;

/** PgBouncer is one thread: more than one processor is of no use to it. */
const LIMITS = { cpu: '1000m', memory: '256Mi', 'ephemeral-storage': '64Mi' };

/** The pods of a pooler. Pure but for the names of what they mount. */
export function poolerPod(
  args: PoolerArgs,
  given: { configName: pulumi.Input<string>; secretName: pulumi.Input<string> },
): k8s.types.input.core.v1.PodTemplateSpec {
  const probe = { tcpSocket: { port: 'postgres' }, timeoutSeconds: 3 };
  return {
    metadata: { labels: podLabelsOf(args.identity) },
    spec: {
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      securityContext: podSecurity,
      topologySpreadConstraints: spreadOver(selectorOf(args.identity)),
      terminationGracePeriodSeconds: LEAVING_SECONDS + ENDING_SECONDS,
      containers: [
        {
          name: 'pgbouncer',
          image: args.pooler.image,
          imagePullPolicy: 'Always',
          command: ['/bin/sh', '-c', startScript()],
          ports: [{ name: 'postgres', containerPort: args.pooler.port }],
          resources: { requests: { ...args.requests, 'ephemeral-storage': '16Mi' }, limits: LIMITS },
          securityContext: containerSecurity,
          readinessProbe: { ...probe, periodSeconds: 5 },
          livenessProbe: { ...probe, periodSeconds: 10, failureThreshold: 6 },
          lifecycle: { preStop: { sleep: { seconds: LEAVING_SECONDS } } },
          volumeMounts: [
            { name: 'config', mountPath: CONFIG_FOLDER, readOnly: true },
            { name: 'users', mountPath: USERS_FOLDER, readOnly: true },
          ],
        },
      ],
      volumes: [
        { name: 'config', configMap: { name: given.configName } },
        { name: 'users', secret: { secretName: given.secretName } },
      ],
    },
  };
}
