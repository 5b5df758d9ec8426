import * as gcp from '@pulumi/gcp';
import * as pulumi from '@pulumi/pulumi';
import { must, refuseFaults } from '../../faults';
import { lockedSql, psqlScript } from '../../instances/scheduled-sql';
import { nameOf } from '../../naming';
import { encoded, LONGEST_VARIABLE, networkJob } from '../cloud-run-job';
import type { Network } from '../network/network';
import type { RegionalNetwork } from '../network/regional-network';
import { ServiceIdentity } from '../service-identity/service-identity';

export interface ScheduledSqlArgs {
  /** Id of the project. A change replaces the job. */
  projectId: string;
  /** Google's name of the region, e.g. `us-central1`. A change replaces the job. */
  region: string;
  network: Network;
  regionalNetwork: RegionalNetwork;
  /** What tells this SQL from other SQL of the database: it has a lock of this name. */
  key: string;
  /** Cron, five fields, UTC. */
  schedule: string;
  /** SQL for PostgreSQL that may run again without harm, in one transaction. As base64 at most 32 KiB. */
  sql: string;
  /** What it is for. */
  summary: string;
  /** The secret that holds the database's URL: `projects/…/secrets/…`. */
  secretId: pulumi.Input<string>;
  labels?: Record<string, string>;
}

/** With psql in it, from Docker's library, which Cloud Run pulls from by itself. */
const IMAGE = 'postgres:17.6-alpine';

/** Unpacks both and runs one on the other; the URL is in the environment, and neither in an argument nor in a file. */
const shell = 'printf %s "$SCRIPT" | base64 -d >/tmp/psql && printf %s "$SQL" | base64 -d | exec sh /tmp/psql';

/**
 * SQL by the calendar, once for the whole system: a job of Cloud Run that leaves by the network's own subnet, and Cloud
 * Scheduler that starts it. Compared with a timer on every instance it runs once, and also when no instance does.
 *
 * Cost: 0.10 USD a month for the schedule (three are free); a run 0.000024 for a vCPU-second.
 *
 * ```ts
 * new ScheduledSql('shop-prod-partitions', {
 *   projectId: 'example-project-123', region: 'us-central1', network, regionalNetwork, key: 'partitions',
 *   schedule: '0 2 25 * *', sql: 'create table if not exists …', summary: 'Partitions of the next month',
 *   secretId: database.url.id,
 * });
 * ```
 */
export class ScheduledSql extends pulumi.ComponentResource {
  readonly job: gcp.cloudrunv2.Job;
  readonly schedule: gcp.cloudscheduler.Job;

  /** @throws Error that lists every fault of the arguments */
  constructor(name: string, args: ScheduledSqlArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseFaults('ScheduledSql', name, faultsOf(args));
    super('stackladder:gcp:ScheduledSql', name, {}, opts);
    const { projectId, secretId } = args;
    const identity = new ServiceIdentity(
      name,
      { projectId, displayName: name, secrets: { DATABASE_URL: secretId }, writesTelemetry: false },
      { parent: this },
    );
    this.job = networkJob(
      name,
      {
        ...args,
        identity,
        image: IMAGE,
        commands: ['sh', '-c', shell],
        variables: [
          { name: 'SCRIPT', value: encoded(psqlScript) },
          { name: 'SQL', value: encoded(lockedSql({ name: args.key, sql: args.sql })) },
        ],
        secret: { name: 'DATABASE_URL', id: secretId },
        maxRetries: 1,
      },
      this,
    );
    this.schedule = this.createSchedule(name, args, identity);
    this.registerOutputs({});
  }

  /** Started as the job's own account, which may start this one job. */
  private createSchedule(name: string, args: ScheduledSqlArgs, identity: ServiceIdentity): gcp.cloudscheduler.Job {
    const { projectId: project, region } = args;
    const leave = new gcp.cloudrunv2.JobIamMember(
      nameOf('gcp', name, 'starts'),
      {
        project,
        location: region,
        name: this.job.name,
        role: 'roles/run.invoker',
        member: pulumi.interpolate`serviceAccount:${identity.email}`,
      },
      { parent: this },
    );
    return new gcp.cloudscheduler.Job(
      nameOf('gcp:cloudscheduler/job', name),
      {
        project,
        region,
        description: args.summary.slice(0, 500),
        schedule: args.schedule,
        timeZone: 'Etc/UTC',
        attemptDeadline: '180s',
        retryConfig: { retryCount: 3 },
        httpTarget: {
          httpMethod: 'POST',
          uri: pulumi.interpolate`https://run.googleapis.com/v2/projects/${project}/locations/${region}/jobs/${this.job.name}:run`,
          oauthToken: {
            serviceAccountEmail: identity.email,
            scope: 'https://www.googleapis.com/auth/cloud-platform',
          },
        },
      },
      { parent: this, dependsOn: [leave] },
    );
  }
}

function faultsOf({ key, schedule, sql, summary, region }: ScheduledSqlArgs) {
  const bytes = encoded(sql).length;
  return [
    must(/^[a-z]+-[a-z]+\d+$/.test(region), 'region', `"${region}" is not a region of Google Cloud`),
    must(/^[a-z][a-z0-9-]*$/.test(key), 'key', `"${key}" must be small letters, digits and hyphens`),
    must(/^\S+( \S+){4}$/.test(schedule), 'schedule', `"${schedule}" must have the five fields of cron`),
    must(sql.trim() !== '', 'sql', 'must not be empty'),
    must(bytes <= LONGEST_VARIABLE, 'sql', `makes a variable of ${bytes} bytes; Cloud Run takes ${LONGEST_VARIABLE}`),
    must(summary.trim() !== '', 'summary', 'must say what it is for'),
  ];
}
