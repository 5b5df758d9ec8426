import * as k8s from '@pulumi/kubernetes';
import * as pulumi from '@pulumi/pulumi';
import { must, refuseFaults, wholeNumber } from '../../faults';
import { postgresClientImage } from '../../instances/images';
import { nameOf } from '../../naming';
import { authorityVolumes } from '../authorities';
import { type Identity, labelsOf, metadataOf, podLabelsOf } from '../labels';
import { letThrough } from '../let-through';
import { toAnywhere, toDns } from '../network-policies';
import { containerSecurity, podSecurity } from '../pod-security';
import type { Authority } from '../surroundings';
import { pinnedImage } from '../workload/arguments';
import { runScript, SQL_FOLDER } from './run-script';

export interface ScheduledSqlArgs {
  /** What it is called, and the stack that it belongs to. */
  identity: Identity;
  /** Namespace that it runs in. */
  namespace: pulumi.Input<string>;
  /** Cron, five fields, UTC. */
  schedule: string;
  /** SQL that may run again without harm; it runs in one transaction. */
  sql: string;
  /** URL of the database, user and password included. */
  url: pulumi.Input<string>;
  /** Port that the database answers on. */
  port: number;
  /** Certificate authorities of stores inside the cluster. Default: none. */
  authorities?: Record<string, Authority>;
  /** Image with psql in it, pinned by tag or digest. Default: PostgreSQL's own, as on instances. */
  image?: string;
}

/** A ConfigMap holds one MiB. */
const MAX_SQL_BYTES = 1_000_000;
/** What takes longer than an hour is no work for a schedule. */
const HOUR = 3_600;

/** A field of a schedule: a number, a range, a list, a step. */
const field = String.raw`(\*|\d+(-\d+)?)(\/\d+)?`;
const cron = new RegExp(String.raw`^(${field}(,${field})*)( (${field}(,${field})*)){4}$`);

/**
 * SQL by the calendar: a CronJob with psql. Never twice at once; a run that was missed is made up for within an hour, one
 * that failed is tried three times more.
 *
 * Cost: none beyond a twentieth of a CPU while it runs.
 *
 * ```ts
 * new ScheduledSql('mercenary-prod-partitions', {
 *   identity: { name: 'partitions', instance: 'mercenary-prod' }, namespace: namespace.name, schedule: '0 2 25 * *',
 *   sql: 'select 1;', url: database.url, port: 5432,
 * });
 * ```
 */
export class ScheduledSql extends pulumi.ComponentResource {
  readonly cronJob: k8s.batch.v1.CronJob;

  /** @throws Error that lists every fault of the arguments */
  constructor(name: string, args: ScheduledSqlArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseFaults('ScheduledSql', name, [
      // A Job's name has the minute behind it, and 63 characters at the most.
      must(
        /^[a-z][a-z0-9-]{0,51}$/.test(args.identity.name),
        'identity.name',
        `"${args.identity.name}" is no short name`,
      ),
      must(cron.test(args.schedule), 'schedule', `"${args.schedule}" is no schedule of five fields`),
      must(args.sql.trim() !== '', 'sql', 'must not be empty'),
      must(
        Buffer.byteLength(args.sql) <= MAX_SQL_BYTES,
        'sql',
        `has more than the ${MAX_SQL_BYTES} bytes that fit a ConfigMap`,
      ),
      wholeNumber('port', args.port, 1, 65_535),
      pinnedImage('image', args.image ?? postgresClientImage),
    ]);
    super('stackladder:kubernetes:ScheduledSql', name, {}, opts);
    const policy = this.networkPolicy(name, args);
    this.cronJob = this.createCronJob(name, args, policy);
    this.registerOutputs({});
  }

  private networkPolicy(name: string, args: ScheduledSqlArgs): k8s.networking.v1.NetworkPolicy {
    return letThrough(name, args, { egress: [toDns, toAnywhere(args.port)] }, { parent: this });
  }

  private createCronJob(name: string, args: ScheduledSqlArgs, policy: pulumi.Resource): k8s.batch.v1.CronJob {
    const metadata = { namespace: args.namespace, labels: labelsOf(args.identity) };
    const sql = new k8s.core.v1.ConfigMap(
      nameOf('kubernetes', name),
      { metadata, immutable: true, data: { 'run.sql': args.sql } },
      { parent: this },
    );
    const url = new k8s.core.v1.Secret(
      nameOf('kubernetes', name),
      { metadata, type: 'Opaque', immutable: true, stringData: { DATABASE_URL: pulumi.secret(args.url) } },
      { parent: this },
    );
    return new k8s.batch.v1.CronJob(
      nameOf('kubernetes', name),
      {
        metadata: metadataOf(args),
        spec: {
          schedule: args.schedule,
          timeZone: 'Etc/UTC',
          concurrencyPolicy: 'Forbid',
          startingDeadlineSeconds: HOUR,
          successfulJobsHistoryLimit: 3,
          failedJobsHistoryLimit: 3,
          jobTemplate: {
            spec: {
              backoffLimit: 3,
              activeDeadlineSeconds: HOUR,
              template: sqlPod(args, { configName: sql.metadata.name, secretName: url.metadata.name }),
            },
          },
        },
      },
      { parent: this, dependsOn: policy },
    );
  }
}

/** Pure but for the names of what it mounts. */
function sqlPod(
  args: ScheduledSqlArgs,
  given: { configName: pulumi.Input<string>; secretName: pulumi.Input<string> },
): k8s.types.input.core.v1.PodTemplateSpec {
  const { volumes, mounts } = authorityVolumes(args.authorities);
  const size = { cpu: '50m', memory: '64Mi', 'ephemeral-storage': '16Mi' };
  return {
    metadata: { labels: podLabelsOf(args.identity) },
    spec: {
      restartPolicy: 'Never',
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      securityContext: podSecurity,
      containers: [
        {
          name: 'psql',
          image: args.image ?? postgresClientImage,
          imagePullPolicy: 'Always',
          command: ['/bin/sh', '-c', runScript()],
          env: [
            { name: 'HOME', value: '/tmp' },
            {
              name: 'DATABASE_URL',
              valueFrom: { secretKeyRef: { name: given.secretName, key: 'DATABASE_URL' } },
            },
          ],
          resources: { requests: size, limits: { ...size, cpu: '500m', memory: '128Mi' } },
          securityContext: containerSecurity,
          volumeMounts: [
            { name: 'sql', mountPath: SQL_FOLDER, readOnly: true },
            { name: 'tmp', mountPath: '/tmp' },
            ...mounts,
          ],
        },
      ],
      volumes: [
        { name: 'sql', configMap: { name: given.configName } },
        { name: 'tmp', emptyDir: { sizeLimit: '16Mi' } },
        ...volumes,
      ],
    },
  };
}
