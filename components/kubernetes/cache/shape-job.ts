import * as k8s from '@pulumi/kubernetes';
import * as pulumi from '@pulumi/pulumi';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { nameOf } from '../../naming';
import { contentHash } from '../content-hash';
import { type Identity, labelsOf, podLabelsOf, selectorOf } from '../labels';
import { letThrough } from '../let-through';
import { toDns, toPods } from '../network-policies';
import { containerSecurity, podSecurity } from '../pod-security';
import type { CacheClusterArgs } from './arguments';
import { imageOf, passwordVariable } from '../valkey-node';

/** Moving the slots of a full cache takes minutes. */
const MINUTES = 60;
const SCRIPT = '/etc/stackladder/shape';

/** Whom the cache lets in besides its clients. */
export function shaperOf({ name, ...rest }: Identity): Identity {
  return { ...rest, name: nameOf('kubernetes', name, 'shape') };
}

/**
 * The Job that brings a cache into its shape. It has the shape in its name, so another shape is another Job, and `up`
 * waits until it is done: then the new shards have their part of the keys. One that has failed, for want of nodes for
 * instance, is replaced by the next `up`; it begins where the last one was stopped.
 */
export function shapeJob(
  name: string,
  args: CacheClusterArgs,
  given: { nodes: string[]; secretName: pulumi.Input<string> },
  opts: pulumi.CustomResourceOptions,
): k8s.batch.v1.Job {
  const { shards, replicasPerShard, namespace, port } = args;
  const identity = shaperOf(args.identity);
  const labels = labelsOf(identity);
  const script = readFileSync(join(__dirname, 'shape-cluster.sh'), 'utf8');
  const shape = { NODES: given.nodes.join(' '), SHARDS: String(shards), REPLICAS: String(replicasPerShard) };
  const file = new k8s.core.v1.ConfigMap(
    nameOf('kubernetes', name, 'shape'),
    { metadata: { namespace, labels }, immutable: true, data: { 'shape-cluster.sh': script } },
    { parent: opts.parent },
  );
  const policy = letThrough(
    `${name}-shape`,
    { identity, namespace },
    { egress: [toDns, toPods(selectorOf(args.identity), port)] },
    { parent: opts.parent },
  );
  const size = { cpu: '50m', memory: '64Mi', 'ephemeral-storage': '16Mi' };
  return new k8s.batch.v1.Job(
    nameOf('kubernetes', name, 'shape'),
    {
      metadata: {
        name: nameOf('kubernetes', identity.name, contentHash(shape, script)),
        namespace,
        labels,
        // A Job that has failed stays failed: without this every further `up` would wait for it and fail too.
        annotations: { 'pulumi.com/replaceUnready': 'true' },
      },
      spec: {
        backoffLimit: 10,
        activeDeadlineSeconds: MINUTES * 60,
        template: {
          metadata: { labels: podLabelsOf(identity) },
          spec: {
            restartPolicy: 'Never',
            automountServiceAccountToken: false,
            enableServiceLinks: false,
            securityContext: podSecurity,
            containers: [
              {
                name: 'shape',
                image: imageOf(args),
                imagePullPolicy: 'Always',
                command: ['/bin/sh', `${SCRIPT}/shape-cluster.sh`],
                env: [
                  ...Object.entries(shape).map(([key, value]) => ({ name: key, value })),
                  passwordVariable('REDISCLI_AUTH', given.secretName),
                ],
                resources: { requests: size, limits: { ...size, cpu: '200m', memory: '128Mi' } },
                securityContext: containerSecurity,
                volumeMounts: [{ name: 'script', mountPath: SCRIPT, readOnly: true }],
              },
            ],
            volumes: [{ name: 'script', configMap: { name: file.metadata.name } }],
          },
        },
      },
    },
    pulumi.mergeOptions(opts, { dependsOn: policy, customTimeouts: { create: `${MINUTES}m` } }),
  );
}
