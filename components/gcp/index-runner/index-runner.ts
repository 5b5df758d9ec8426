import type * as gcp from '@pulumi/gcp';
import * as pulumi from '@pulumi/pulumi';
import { must, refuseFaults } from '../../faults';
import { encoded, LONGEST_VARIABLE, networkJob } from '../cloud-run-job';
import type { Network } from '../network/network';
import type { RegionalNetwork } from '../network/regional-network';
import { ServiceIdentity } from '../service-identity/service-identity';

export interface IndexRunnerArgs {
  /** Id of the project. A change replaces the job. */
  projectId: string;
  /** Google's name of the region, e.g. `us-central1`. A change replaces the job. */
  region: string;
  network: Network;
  regionalNetwork: RegionalNetwork;
  /**
   * The script for mongosh (`indexScript`). It takes the database's URL from the environment variable MONGO_URL, and
   * running it twice must do no harm. As base64 it must fit into a variable of 32 KiB.
   */
  script: string;
  /** The secret that holds the URL: `projects/…/secrets/…`. */
  secretId: pulumi.Input<string>;
  /** Image with mongosh in it, pinned by tag or digest. Default: MongoDB's official image of the tested version. */
  image?: string;
  labels?: Record<string, string>;
}

const DEFAULT_IMAGE = 'mongo:8.0.17';

/** Unpacks the script and runs it; the URL is in the environment, and neither in an argument nor in a file. */
const shell = 'base64 -d <<<"$SCRIPT" >/tmp/indexes.js && exec mongosh --nodb --quiet --norc /tmp/indexes.js';

/**
 * Creates the indexes of a document database from inside the network, so that it works with a private endpoint and with
 * an access list: a job of Cloud Run that leaves by the network's own subnet. Nothing runs on deployment; `command` is
 * the line to run, by anybody with `run.jobs.run`. Cloud Run fetches the URL from Secret Manager when the job starts.
 *
 * Cost: nothing until it runs; then 0.000024 USD for a vCPU-second and 0.0000025 for a GiB-second.
 *
 * ```ts
 * const runner = new IndexRunner('pulse-prod-indexes-usc1', {
 *   projectId: 'example-project-123', region: 'us-central1', network, regionalNetwork,
 *   script: indexScript('pulse', indexes), secretId: databaseUrl.id,
 * });
 * export const createIndexes = runner.command;
 * ```
 */
export class IndexRunner extends pulumi.ComponentResource {
  readonly job: gcp.cloudrunv2.Job;
  /** One line for a shell with the gcloud command line: runs the job and waits for its end. */
  readonly command: pulumi.Output<string>;

  /** @throws Error that lists every fault of the arguments */
  constructor(name: string, args: IndexRunnerArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseFaults('IndexRunner', name, faultsOf(args));
    super('stackladder:gcp:IndexRunner', name, {}, opts);
    const identity = new ServiceIdentity(
      name,
      { projectId: args.projectId, displayName: name, secrets: { MONGO_URL: args.secretId }, writesTelemetry: false },
      { parent: this },
    );
    this.job = networkJob(
      name,
      {
        ...args,
        identity,
        image: args.image ?? DEFAULT_IMAGE,
        commands: ['bash', '-c', shell],
        variables: [
          { name: 'SCRIPT', value: encoded(args.script) },
          { name: 'HOME', value: '/tmp' },
        ],
        secret: { name: 'MONGO_URL', id: args.secretId },
        maxRetries: 0,
      },
      this,
    );
    this.command = pulumi.interpolate`gcloud run jobs execute ${this.job.name} --project ${args.projectId} --region ${args.region} --wait`;
    this.registerOutputs({ command: this.command });
  }
}

function faultsOf({ script, image = DEFAULT_IMAGE }: IndexRunnerArgs) {
  const bytes = encoded(script).length;
  return [
    must(script.trim() !== '', 'script', 'must not be empty'),
    must(
      bytes <= LONGEST_VARIABLE,
      'script',
      `makes a variable of ${bytes} bytes; Cloud Run takes ${LONGEST_VARIABLE}`,
    ),
    must(
      /^[^\s'"]+(:(?!latest$)[\w][\w.-]*|@sha256:[0-9a-f]{64})$/.test(image),
      'image',
      `"${image}" must be pinned by a tag other than latest, or by digest`,
    ),
  ];
}
