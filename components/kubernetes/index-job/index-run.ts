import * as k8s from '@pulumi/kubernetes';
import * as pulumi from '@pulumi/pulumi';
import { must, refuseFaults, wholeNumber } from '../../faults';
import { nameOf } from '../../naming';
import { authorityVolumes } from '../authorities';
import { contentHash } from '../content-hash';
import { type Identity, labelsOf, podLabelsOf } from '../labels';
import { letThrough } from '../let-through';
import { toAnywhere, toDns } from '../network-policies';
import { containerSecurity, podSecurity } from '../pod-security';
import type { Authority } from '../surroundings';
import { pinnedImage } from '../workload/arguments';

export interface IndexRunArgs {
  /** What Job and policy are called, and the stack that they belong to. */
  identity: Identity;
  /** Namespace that it runs in. */
  namespace: pulumi.Input<string>;
  /**
   * The script for mongosh (`indexScript`). It takes the database's URL from the environment variable MONGO_URL, and
   * running it twice must do no harm. A change runs it again.
   */
  script: string;
  /** URL of the database, user and password included. A change runs the script again. */
  url: pulumi.Input<string>;
  /** Ports that the database may answer on. */
  ports: number[];
  /** Certificate authorities of stores inside the cluster. Default: none. */
  authorities?: Record<string, Authority>;
  /** Image with mongosh in it, pinned by tag or digest. Default: MongoDB's own, as on the other clouds. */
  image?: string;
}

const DEFAULT_IMAGE = 'public.ecr.aws/docker/library/mongo:8.0.17';
/** A ConfigMap holds one MiB. */
const MAX_SCRIPT_BYTES = 1_000_000;
/** An index build on a big collection may take hours; the database goes on with it when the Job is gone. */
const HOURS = 12;
const SCRIPT = '/etc/stackladder/indexes';

/**
 * Creates the indexes of a document database from inside the cluster: a Job that runs at each change of the script, and
 * again where it failed (a database that is just being made needs minutes). `up` does not wait for it: a build can take
 * hours, and the Job's end says how it went. It creates what is missing, and drops nothing.
 *
 * Cost: none beyond a tenth of a CPU while it runs.
 *
 * ```ts
 * const indexes = new IndexRun('pulse-prod-indexes', {
 *   identity: { name: 'pulse-indexes', instance: 'pulse-prod' }, namespace: namespace.name,
 *   script: indexScript('pulse', indexes), url: database.url, ports: [27017],
 * });
 * export const createIndexes = indexes.command;
 * ```
 */
export class IndexRun extends pulumi.ComponentResource {
  /** One line for a shell with kubectl: waits for the Job, and shows what it did. */
  readonly command: pulumi.Output<string>;
  readonly job: k8s.batch.v1.Job;

  /** @throws Error that lists every fault of the arguments */
  constructor(name: string, args: IndexRunArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseFaults('IndexRun', name, [
      must(args.script.trim() !== '', 'script', 'must not be empty'),
      must(
        Buffer.byteLength(args.script) <= MAX_SCRIPT_BYTES,
        'script',
        `has more than the ${MAX_SCRIPT_BYTES} bytes that fit a ConfigMap`,
      ),
      ...args.ports.map((port, at) => wholeNumber(`ports[${at}]`, port, 1, 65_535)),
      pinnedImage('image', args.image ?? DEFAULT_IMAGE),
    ]);
    super('stackladder:kubernetes:IndexRun', name, {}, opts);
    const policy = this.networkPolicy(name, args);
    this.job = this.createJob(name, args, policy);
    const job = pulumi.interpolate`job/${this.job.metadata.name}`;
    const kubectl = pulumi.interpolate`kubectl --namespace ${args.namespace}`;
    this.command = pulumi.interpolate`${kubectl} wait --for=condition=complete --timeout=${HOURS}h ${job} && ${kubectl} logs ${job}`;
    this.registerOutputs({ command: this.command });
  }

  private networkPolicy(name: string, args: IndexRunArgs): k8s.networking.v1.NetworkPolicy {
    return letThrough(name, args, { egress: [toDns, toAnywhere(...args.ports)] }, { parent: this });
  }

  private createJob(name: string, args: IndexRunArgs, policy: pulumi.Resource): k8s.batch.v1.Job {
    const image = args.image ?? DEFAULT_IMAGE;
    const labels = labelsOf(args.identity);
    const metadata = { namespace: args.namespace, labels };
    const script = new k8s.core.v1.ConfigMap(
      nameOf('kubernetes', name, 'script'),
      { metadata, immutable: true, data: { 'indexes.js': args.script } },
      { parent: this },
    );
    const url = new k8s.core.v1.Secret(
      nameOf('kubernetes', name, 'url'),
      { metadata, type: 'Opaque', immutable: true, stringData: { MONGO_URL: pulumi.secret(args.url) } },
      { parent: this },
    );
    const { volumes, mounts } = authorityVolumes(args.authorities);
    const size = { cpu: '100m', memory: '256Mi', 'ephemeral-storage': '64Mi' };
    return new k8s.batch.v1.Job(
      nameOf('kubernetes', name),
      {
        metadata: {
          name: nameOf('kubernetes', args.identity.name, contentHash(args.script, image)),
          namespace: args.namespace,
          labels,
          annotations: { 'pulumi.com/skipAwait': 'true' },
        },
        spec: {
          backoffLimit: 20,
          activeDeadlineSeconds: HOURS * 3_600,
          template: {
            metadata: { labels: podLabelsOf(args.identity) },
            spec: {
              restartPolicy: 'Never',
              automountServiceAccountToken: false,
              enableServiceLinks: false,
              securityContext: podSecurity,
              containers: [
                {
                  name: 'mongosh',
                  image,
                  imagePullPolicy: 'Always',
                  command: ['mongosh', '--nodb', '--quiet', '--norc', `${SCRIPT}/indexes.js`],
                  env: [
                    { name: 'HOME', value: '/tmp' },
                    {
                      name: 'MONGO_URL',
                      valueFrom: { secretKeyRef: { name: url.metadata.name, key: 'MONGO_URL' } },
                    },
                  ],
                  resources: { requests: size, limits: { ...size, cpu: '500m', memory: '512Mi' } },
                  securityContext: containerSecurity,
                  volumeMounts: [
                    { name: 'script', mountPath: SCRIPT, readOnly: true },
                    { name: 'tmp', mountPath: '/tmp' },
                    ...mounts,
                  ],
                },
              ],
              volumes: [
                { name: 'script', configMap: { name: script.metadata.name } },
                { name: 'tmp', emptyDir: { sizeLimit: '64Mi' } },
                ...volumes,
              ],
            },
          },
        },
      },
      { parent: this, dependsOn: policy },
    );
  }
}
