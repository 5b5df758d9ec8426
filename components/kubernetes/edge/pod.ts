import type * as k8s from '@pulumi/kubernetes';
import type * as pulumi from '@pulumi/pulumi';
import { evictable } from '../evictable';
import { podLabelsOf, selectorOf } from '../labels';
import { containerSecurity, podSecurity } from '../pod-security';
import { spreadOver } from '../spread';
import type { EdgeArgs } from './arguments';
import { ports } from './nginx-config';
import { CERTIFICATE_FOLDER, CONFIG_FOLDER, readyProbe, startScript, TEMPORARY } from './start';

/** 1.27.3 is the first with `resolve` in an upstream of open-source nginx. */
const IMAGE =
  'docker.io/nginxinc/nginx-unprivileged:1.29.1@sha256:593a17dc61d117d1bfb208246903265abe0047c5bd4508b6e790895924b24c31';

/** nginx passes a thousand small requests a second with a tenth of a CPU; two workers cannot use more than two. */
const LIMITS = { cpu: '1000m', memory: '256Mi', 'ephemeral-storage': '1Gi' };
const DISK = '128Mi';

/** Seconds between the word to go and the signal: as long as most clouds' balancers take to see an unhealthy node. */
const LEAVING_SECONDS = 15;
const ENDING_SECONDS = 5;

/**
 * Minutes that one replica takes in a rollout: its start, and about as long as the balancer takes to forget one, for it
 * comes to know a new one no sooner.
 */
export function stepMinutes({ leavingSeconds = LEAVING_SECONDS }: EdgeArgs['balancer']): number {
  return 1 + Math.ceil(leavingSeconds / 60);
}

/** The pods of an edge. Pure but for the names of the two volumes. */
export function edgePod(
  args: EdgeArgs,
  configName: pulumi.Input<string>,
  tlsSecretName: pulumi.Input<string>,
): k8s.types.input.core.v1.PodTemplateSpec {
  const { leavingSeconds = LEAVING_SECONDS } = args.balancer;
  const volumes = [
    { name: 'config', configMap: { name: configName } },
    { name: 'certificate', secret: { secretName: tlsSecretName } },
    { name: 'tmp', emptyDir: { sizeLimit: '512Mi' } },
  ];
  return {
    metadata: { labels: podLabelsOf(args.identity), annotations: evictable(volumes) },
    spec: {
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      securityContext: podSecurity,
      topologySpreadConstraints: spreadOver(selectorOf(args.identity)),
      terminationGracePeriodSeconds: leavingSeconds + args.drainSeconds + ENDING_SECONDS,
      containers: [
        {
          name: 'nginx',
          image: args.image ?? IMAGE,
          imagePullPolicy: 'Always',
          command: ['/bin/sh', '-c', startScript()],
          ports: Object.entries(ports).map(([name, containerPort]) => ({ name, containerPort })),
          resources: { requests: { ...args.requests, 'ephemeral-storage': DISK }, limits: LIMITS },
          securityContext: containerSecurity,
          readinessProbe: { ...readyProbe, periodSeconds: 5, timeoutSeconds: 2 },
          livenessProbe: { tcpSocket: { port: ports.status }, periodSeconds: 10, timeoutSeconds: 2 },
          // The signal that follows is SIGQUIT, by the image: open requests finish.
          lifecycle: { preStop: { sleep: { seconds: leavingSeconds } } },
          volumeMounts: [
            { name: 'config', mountPath: CONFIG_FOLDER, readOnly: true },
            { name: 'certificate', mountPath: CERTIFICATE_FOLDER, readOnly: true },
            { name: 'tmp', mountPath: TEMPORARY },
          ],
        },
      ],
      volumes,
    },
  };
}
