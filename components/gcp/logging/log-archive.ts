import * as gcp from '@pulumi/gcp';
import * as pulumi from '@pulumi/pulumi';
import * as random from '@pulumi/random';
import { must, refuseFaults, wholeNumber } from '../../faults';
import { nameOf } from '../../naming';
import { logFilter } from './log-filter';

export interface LogArchiveArgs {
  /** Id of the project. */
  projectId: string;
  /** Google's name of the region that the logs are kept in. **A change replaces the bucket and its logs.** */
  region: string;
  /** What the names of the stack's resources begin with, e.g. `pulse-prod`. */
  prefix: string;
  /** Days that logs are kept, 1 to 3650. Beyond 30 they cost 0.01 USD per GiB and month. */
  retentionDays: number;
  /** Pulumi's `protect` on the bucket: a plan that would delete it fails. */
  protect: boolean;
}

/**
 * Where the logs of a stack are kept, for as long as it says: the project's own bucket keeps everything for 30 days,
 * whatever it is. What goes here is left out there, so that it is paid for once.
 *
 * Cost: logs at 0.50 USD per GiB taken in, 30 days included.
 *
 * ```ts
 * new LogArchive('pulse-prod-logs', {
 *   projectId: 'example-project-123', region: 'us-central1', prefix: 'pulse-prod', retentionDays: 90, protect: true,
 * });
 * ```
 */
export class LogArchive extends pulumi.ComponentResource {
  readonly bucket: gcp.logging.ProjectBucketConfig;

  /** @throws Error that lists every fault of the arguments */
  constructor(name: string, args: LogArchiveArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseFaults('LogArchive', name, [
      wholeNumber('retentionDays', args.retentionDays, 1, 3650),
      must(
        /^[a-z][a-z0-9-]*$/.test(args.prefix),
        'prefix',
        `"${args.prefix}" must be small letters, digits and hyphens`,
      ),
    ]);
    super('stackladder:gcp:LogArchive', name, {}, opts);
    const { projectId: project, region: location, retentionDays, prefix } = args;
    const ending = new random.RandomId(nameOf('random', name, 'ending'), { byteLength: 3 }, { parent: this }).hex;
    this.bucket = new gcp.logging.ProjectBucketConfig(
      nameOf('gcp:logging/bucket', name),
      {
        project,
        location,
        // A bucket that was deleted keeps its id for a week: a stack that comes back before that needs another.
        bucketId: pulumi.interpolate`${nameOf('gcp:logging/bucket', name)}-${ending}`,
        retentionDays,
        description: `Logs of ${prefix}`,
      },
      { parent: this, protect: args.protect },
    );
    const filter = logFilter(prefix);
    const sink = new gcp.logging.ProjectSink(
      nameOf('gcp:logging/bucket', name),
      { project, destination: pulumi.interpolate`logging.googleapis.com/${this.bucket.id}`, filter },
      { parent: this },
    );
    new gcp.logging.ProjectExclusion(
      nameOf('gcp:logging/bucket', name),
      { project, filter, description: `Kept in the bucket of ${prefix}` },
      // Left out of the project's own bucket only once they have another.
      { parent: this, dependsOn: [sink] },
    );
    this.registerOutputs({});
  }
}
