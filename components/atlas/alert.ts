import * as mongodbatlas from '@pulumi/mongodbatlas';
import * as pulumi from '@pulumi/pulumi';
import { emailAddresses, must, refuseFaults, wholeNumber } from '../faults';
import { nameOf } from '../naming';

export interface DatabaseAlertArgs {
  projectId: pulumi.Input<string>;
  /** Name of the cluster in Atlas. Default: every cluster of the project. */
  clusterName?: pulumi.Input<string>;
  /** Minutes without a primary before somebody is told, 1 to 60. */
  minutes: number;
  /** Who is told. */
  emails: string[];
}

/**
 * Atlas's own alarm that a cluster has no primary: nothing can be written, which is what "the database is down" means
 * for a replica set. One lost node is not that; the others elect a new primary within seconds. It looks from inside,
 * so it is sharper than any health check of a service, which also fails when the network between the two does.
 * Atlas raises it for dedicated tiers; on M0 it stays silent.
 *
 * Cost: nothing.
 *
 * ```ts
 * new DatabaseAlert('pulse-prod-db', {
 *   projectId: project.projectId, clusterName: cluster.cluster.name, minutes: 1, emails: ['ops@example.com'],
 * });
 * ```
 */
export class DatabaseAlert extends pulumi.ComponentResource {
  readonly alert: mongodbatlas.AlertConfiguration;

  /** @throws Error that lists every fault of the arguments */
  constructor(name: string, args: DatabaseAlertArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseFaults('DatabaseAlert', name, [
      wholeNumber('minutes', args.minutes, 1, 60),
      must(args.emails.length > 0, 'emails', 'somebody must be told'),
      ...emailAddresses('emails', args.emails),
    ]);
    super('stackladder:atlas:DatabaseAlert', name, {}, opts);
    this.alert = new mongodbatlas.AlertConfiguration(
      nameOf('mongodbatlas', name, 'no-primary'),
      {
        projectId: args.projectId,
        eventType: 'NO_PRIMARY',
        enabled: true,
        matchers: args.clusterName
          ? [{ fieldName: 'CLUSTER_NAME', operator: 'EQUALS', value: args.clusterName }]
          : undefined,
        notifications: args.emails.map((emailAddress) => ({
          typeName: 'EMAIL',
          emailAddress,
          delayMin: args.minutes,
          intervalMin: 15, // again while it lasts; Atlas's least is 5
        })),
      },
      { parent: this },
    );
    this.registerOutputs({});
  }
}
