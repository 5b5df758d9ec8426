import * as gcp from '@pulumi/gcp';
import * as pulumi from '@pulumi/pulumi';
import { must, refuseFaults } from '../../faults';
import { nameOf } from '../../naming';
import { imageRepository } from './image-registry';

export interface ServiceIdentityArgs {
  /** Id of the project. A change replaces the account. */
  projectId: string;
  /** What the account is for; shown in the console. */
  displayName: string;
  /** Secrets that it may read, by a name of the caller's own that stays the same: `projects/…/secrets/…`. Default: none. */
  secrets?: Record<string, pulumi.Input<string>>;
  /** Buckets whose objects it reads, writes and deletes, by a name that stays the same. Default: none. */
  buckets?: Record<string, pulumi.Input<string>>;
  /** Caches of Memorystore that it may connect to, by a name that stays the same: `projects/…/instances/…`. Default: none. */
  caches?: Record<string, pulumi.Input<string>>;
  /** Images that it pulls. Leave is given for those in Artifact Registry, one repository each. Default: none. */
  images?: string[];
  /** Whether it writes logs and metrics, as instances do. Default: true. */
  writesTelemetry?: boolean;
}

/**
 * The service account of one service, which may do what that service needs and nothing else: its own secrets, buckets
 * and caches, one by one. There are no keys to it; instances, pods and jobs are given it by Google.
 *
 * Cost: nothing.
 *
 * ```ts
 * const identity = new ServiceIdentity('pulse-prod-api-usc1', {
 *   projectId: 'example-project-123', displayName: 'API of Pulse', secrets: { MONGO_URL: secret.id },
 *   buckets: { recordings: recordings.name }, caches: { cache: cache.instance.name }, images: ['ghcr.io/pulse/api:1.4'],
 * });
 * ```
 */
export class ServiceIdentity extends pulumi.ComponentResource {
  readonly account: gcp.serviceaccount.Account;
  readonly email: pulumi.Output<string>;
  /** What it may do. Who starts before these can fetch nothing. */
  readonly grants: pulumi.Resource[];
  private readonly member: pulumi.Output<string>;

  /** @throws Error that lists every fault of the arguments */
  constructor(name: string, args: ServiceIdentityArgs, opts?: pulumi.ComponentResourceOptions) {
    const accountId = nameOf('gcp:serviceaccount/account', name);
    refuseFaults('ServiceIdentity', name, [
      must(accountId.length >= 6, 'name', `"${accountId}" must have 6 characters at least`),
      must(args.displayName.length <= 100, 'displayName', 'must have 100 characters at most'),
    ]);
    super('stackladder:gcp:ServiceIdentity', name, {}, opts);
    const { projectId: project, displayName } = args;
    this.account = new gcp.serviceaccount.Account(accountId, { project, accountId, displayName }, { parent: this });
    this.email = this.account.email;
    this.member = pulumi.interpolate`serviceAccount:${this.email}`;
    this.grants = [
      ...(args.writesTelemetry === false ? [] : this.telemetry(name, project)),
      ...eachOnce(args.secrets).map(([key, id]) => this.readSecret(name, key, id)),
      ...entriesOf(args.buckets).map(([key, bucket]) => this.useBucket(name, key, bucket)),
      ...entriesOf(args.caches).map(([key, cache]) => this.connect(name, key, cache, project)),
      ...repositoriesOf(args.images).map((image) => this.pull(name, image)),
    ];
    this.registerOutputs({ email: this.email });
  }

  private telemetry(name: string, project: string): pulumi.Resource[] {
    return ['roles/logging.logWriter', 'roles/monitoring.metricWriter'].map(
      (role) =>
        new gcp.projects.IAMMember(
          nameOf('gcp', name, role.replace(/^roles\/.*\./, '')),
          { project, role, member: this.member },
          { parent: this },
        ),
    );
  }

  private readSecret(name: string, key: string, secretId: pulumi.Input<string>): pulumi.Resource {
    return new gcp.secretmanager.SecretIamMember(
      nameOf('gcp', name, 'reads', key),
      { secretId, role: 'roles/secretmanager.secretAccessor', member: this.member },
      { parent: this },
    );
  }

  private useBucket(name: string, key: string, bucket: pulumi.Input<string>): pulumi.Resource {
    return new gcp.storage.BucketIAMMember(
      nameOf('gcp', name, 'uses', key),
      { bucket, role: 'roles/storage.objectUser', member: this.member },
      { parent: this },
    );
  }

  /** The role is given on the project; the condition keeps it to the one cache. */
  private connect(name: string, key: string, cache: pulumi.Input<string>, project: string): pulumi.Resource {
    return new gcp.projects.IAMMember(
      nameOf('gcp', name, 'connects', key),
      {
        project,
        role: 'roles/memorystore.dbConnectionUser',
        member: this.member,
        condition: { title: `${key} alone`, expression: pulumi.interpolate`resource.name == "${cache}"` },
      },
      { parent: this },
    );
  }

  private pull(name: string, image: NonNullable<ReturnType<typeof imageRepository>>): pulumi.Resource {
    return new gcp.artifactregistry.RepositoryIamMember(
      nameOf('gcp', name, 'pulls', image.repository),
      {
        project: image.project,
        location: image.location,
        repository: image.repository,
        role: 'roles/artifactregistry.reader',
        member: this.member,
      },
      { parent: this },
    );
  }
}

function entriesOf(given: Record<string, pulumi.Input<string>> = {}): [string, pulumi.Input<string>][] {
  return Object.entries(given);
}

/** Each secret once, however many variables are filled from it: Google has no second grant of the same. */
function eachOnce(given: Record<string, pulumi.Input<string>> = {}): [string, pulumi.Input<string>][] {
  const keys = new Map<pulumi.Input<string>, string>();
  for (const [key, id] of Object.entries(given)) if (!keys.has(id)) keys.set(id, key);
  return [...keys].map(([id, key]) => [key, id]);
}

/** Each repository once, however many images are in it. */
function repositoriesOf(images: string[] = []) {
  const found = images.flatMap((image) => imageRepository(image) ?? []);
  return [...new Map(found.map((one) => [`${one.host}/${one.project}/${one.repository}`, one])).values()];
}
