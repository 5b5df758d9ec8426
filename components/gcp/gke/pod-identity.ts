import * as gcp from '@pulumi/gcp';
import * as pulumi from '@pulumi/pulumi';
import { nameOf } from '../../naming';

/** Pods of one service account, as Google's policies name them: no key, no account of Google's in between. */
export class PodIdentity {
  readonly member: pulumi.Output<string>;

  constructor(
    private readonly name: string,
    project: { id: string; number: pulumi.Input<string> },
    account: { namespace: string; serviceAccount: string },
    private readonly opts: pulumi.CustomResourceOptions,
  ) {
    const pool = pulumi.interpolate`projects/${project.number}/locations/global/workloadIdentityPools/${project.id}.svc.id.goog`;
    this.member = pulumi.interpolate`principal://iam.googleapis.com/${pool}/subject/ns/${account.namespace}/sa/${account.serviceAccount}`;
  }

  /** Lets them read, write and delete the objects of a bucket. */
  useBucket(key: string, bucket: pulumi.Input<string>): gcp.storage.BucketIAMMember {
    return new gcp.storage.BucketIAMMember(
      nameOf('gcp', this.name, 'uses', key),
      { bucket, role: 'roles/storage.objectUser', member: this.member },
      this.opts,
    );
  }

  /** Lets them connect to one cache: the role is given on the project, the condition keeps it to the cache. */
  connect(key: string, cache: pulumi.Input<string>, project: string): gcp.projects.IAMMember {
    return new gcp.projects.IAMMember(
      nameOf('gcp', this.name, 'connects', key),
      {
        project,
        role: 'roles/memorystore.dbConnectionUser',
        member: this.member,
        // The title is part of the grant's name: the caches of two regions are two grants.
        condition: {
          title: `${this.name} ${key}`.slice(0, 100),
          expression: pulumi.interpolate`resource.name == "${cache}"`,
        },
      },
      this.opts,
    );
  }

  /** Lets them write records of one zone: how cert-manager proves that a domain is ours. */
  proveDomain(managedZone: string, project: string): gcp.dns.DnsManagedZoneIamMember {
    return new gcp.dns.DnsManagedZoneIamMember(
      nameOf('gcp', this.name, 'proves', managedZone),
      { project, managedZone, role: 'roles/dns.admin', member: this.member },
      this.opts,
    );
  }
}
