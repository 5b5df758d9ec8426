import * as mongodbatlas from '@pulumi/mongodbatlas';
import * as pulumi from '@pulumi/pulumi';
import * as random from '@pulumi/random';
import { nameOf } from '../naming';
import { type AtlasClusterArgs, refuseWrongCluster } from './arguments';
import { regionConfigs } from './cluster-shape';
import { connectionUrl, hostOf, privateAddress, srvAddress } from './connection-url';
import { freeTier } from './tiers';

export type { AtlasClusterArgs };

/**
 * A MongoDB replica set on Atlas, with a generated user that may read and write one database and nothing else.
 *
 * On a dedicated tier: electable nodes at home, read-only nodes in further regions, snapshots, continuous backup where
 * asked for, disks and tier that grow by themselves. The autoscaled size has one owner, Atlas: with effective fields
 * the program states the size to start from, and an `up` after Atlas has scaled changes nothing. TLS is always on.
 *
 * Moving between tiers, all in place:
 * - M0 to M10 and up takes two: `pulumi up` makes the private endpoints and upgrades, with the backups, and
 *   `pulumi up --refresh` after it brings all else, for the provider sends no more with an upgrade. In no other way can an
 *   M0 be changed, so the phase in its tags is the one it began with.
 * - A dedicated tier up or down: Atlas changes node by node. A floor above the size that the cluster has just now is
 *   refused while it autoscales; take `maxTier` away, `up`, and give it back. Raising `maxTier` alone always works.
 * - Back to M0: there is no way. Dump and restore into a new cluster.
 *
 * Cost, us-east-1: M0 nothing; M10 0.08 × 730 = 58.40 USD a month for the three nodes; M30 0.54 × 730 = 394.20; a
 * read-only node a third of that, 131.40 at M30. Backups are billed by the GB on top.
 *
 * ```ts
 * const cluster = new AtlasCluster('pulse-prod-db', {
 *   projectId: project.projectId, cloudProvider: 'AWS', regions: ['us-east-1'], tier: 'M30', maxTier: 'M40',
 *   electableNodes: 3, readOnlyNodesPerRegion: 0, continuousBackup: true, mongoVersion: '8.0', database: 'pulse',
 *   terminationProtection: true, protect: true, endpoints: [endpoint.service],
 * });
 * ```
 */
export class AtlasCluster extends pulumi.ComponentResource {
  readonly cluster: mongodbatlas.AdvancedCluster;
  readonly user: mongodbatlas.DatabaseUser;
  readonly username: string;
  /** Seed list host, to be looked up as an SRV record. */
  readonly host: pulumi.Output<string>;
  /** `mongodb+srv://user:password@host/database?…`, a secret. Through the private endpoint where there is one. */
  readonly url: pulumi.Output<string>;

  /** @throws Error that lists every fault of the arguments */
  constructor(name: string, args: AtlasClusterArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseWrongCluster(name, args);
    super('stackladder:atlas:AtlasCluster', name, {}, opts);
    this.username = nameOf('mongodbatlas:databaseUser', name, 'app');
    this.cluster = args.tier === freeTier ? this.freeCluster(name, args) : this.dedicatedCluster(name, args);
    if (args.tier !== freeTier) this.backupSchedule(name, args);
    const password = new random.RandomPassword(
      nameOf('random', name, 'password'),
      { length: 32, special: false }, // nothing that a URL would need escaped
      { parent: this },
    );
    this.user = this.databaseUser(name, args, password);
    const srv = this.address(args);
    this.host = srv.apply(hostOf);
    this.url = pulumi.secret(
      pulumi
        .all([srv, this.user.username, password.result])
        .apply(([address, username, secret]) => connectionUrl(address, username, secret, args.database)),
    );
    this.registerOutputs({ host: this.host, username: this.username });
  }

  /** Its tags stay those that it was made with: the API of Atlas changes nothing of a free cluster but its tier. */
  private freeCluster(name: string, args: AtlasClusterArgs): mongodbatlas.AdvancedCluster {
    return new mongodbatlas.AdvancedCluster(
      nameOf('mongodbatlas:advancedCluster', name),
      {
        projectId: args.projectId,
        clusterType: 'REPLICASET',
        replicationSpecs: [{ regionConfigs: regionConfigs(args) }],
        tags: args.tags,
      },
      { parent: this, protect: args.protect, ignoreChanges: ['tags'] },
    );
  }

  private dedicatedCluster(name: string, args: AtlasClusterArgs): mongodbatlas.AdvancedCluster {
    return new mongodbatlas.AdvancedCluster(
      nameOf('mongodbatlas:advancedCluster', name),
      {
        projectId: args.projectId,
        clusterType: 'REPLICASET',
        replicationSpecs: [{ regionConfigs: regionConfigs(args) }],
        useEffectiveFields: true,
        mongoDbMajorVersion: args.mongoVersion,
        backupEnabled: true,
        pitEnabled: args.continuousBackup,
        terminationProtectionEnabled: args.terminationProtection,
        advancedConfiguration: { minimumEnabledTlsProtocol: 'TLS1_2' },
        tags: args.tags,
      },
      { parent: this, protect: args.protect, dependsOn: args.endpoints },
    );
  }

  /** Atlas's own default retention, written down so that it can be seen and does not move under us. */
  private backupSchedule(name: string, args: AtlasClusterArgs): void {
    new mongodbatlas.CloudBackupSchedule(
      nameOf('mongodbatlas', name, 'backup'),
      {
        projectId: args.projectId,
        clusterName: this.cluster.name,
        referenceHourOfDay: 3,
        referenceMinuteOfHour: 0,
        restoreWindowDays: args.continuousBackup ? 7 : undefined,
        policyItemHourly: { frequencyInterval: 6, retentionUnit: 'days', retentionValue: 7 },
        policyItemDaily: { frequencyInterval: 1, retentionUnit: 'days', retentionValue: 7 },
        policyItemWeeklies: [{ frequencyInterval: 6, retentionUnit: 'weeks', retentionValue: 4 }], // Saturdays
        policyItemMonthlies: [{ frequencyInterval: 40, retentionUnit: 'months', retentionValue: 12 }], // 40: last day
      },
      { parent: this },
    );
  }

  private databaseUser(name: string, args: AtlasClusterArgs, password: random.RandomPassword) {
    return new mongodbatlas.DatabaseUser(
      nameOf('mongodbatlas:databaseUser', name, 'app'),
      {
        projectId: args.projectId,
        username: this.username,
        password: password.result,
        authDatabaseName: 'admin',
        roles: [{ roleName: 'readWrite', databaseName: args.database }],
        scopes: [{ type: 'CLUSTER', name: this.cluster.name }],
      },
      { parent: this },
    );
  }

  private address(args: AtlasClusterArgs): pulumi.Output<string> {
    const ids = pulumi.all((args.endpoints ?? []).map((endpoint) => endpoint.endpointServiceId));
    return pulumi.all([this.cluster.connectionStrings, ids]).apply(([strings, endpointIds]) => {
      // A preview, of the move from M0 say, still sees the old addresses; only a real run can miss the private one.
      if (pulumi.runtime.isDryRun() && endpointIds.length > 0 && !privateAddress(strings, endpointIds)) {
        return strings.privateEndpoints?.[0]?.srvConnectionString ?? strings.standardSrv;
      }
      return srvAddress(strings, endpointIds);
    });
  }
}
