import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { refuseFaults } from '../../faults';
import { nameOf } from '../../naming';
import type { SecretReference } from '../../platform';
import { adoption } from './adoption';
import type { RelationalArgs } from './arguments';
import { AURORA, auroraFaults, auroraReaders } from './aurora-faults';
import { familyOf, parametersOf } from './engine';
import { logGroups, monitoringRole, ownSuffix, standOn, type Standing } from './ground';
import { CERTIFICATE_AUTHORITY } from './instance-shape';
import { DatabaseProxy } from './proxy';
import { ReplicaScaling } from './replica-scaling';
import { type Address, DatabaseSecrets } from './secrets';
import { backupWindow, maintenanceWindow } from './windows';

/** What would make another cluster of this one. An adopted one keeps what it has of them. */
const fixedForLife = [
  'availabilityZones',
  'clusterIdentifier',
  'databaseName',
  'dbSubnetGroupName',
  'engine',
  'kmsKeyId',
  'masterUsername',
  'region',
  'storageEncrypted',
];

/**
 * Aurora PostgreSQL: a writer, and readers whose number follows their CPU between `replicas.min` and `replicas.max`. Any
 * reader takes over when the writer fails. The class changes in place, instance by instance, each with a restart;
 * storage grows by itself and has no size to choose.
 *
 * The password is generated here (`DatabaseSecrets`) and not managed by RDS: what RDS writes is JSON of user and password,
 * and services read one URL when they start.
 *
 * Of an adopted cluster (`adopted`) the cluster alone is imported: its own instances stay as they are, the instances of
 * this component join as readers, and the old ones may go when one of the new has become the writer.
 *
 * Cost, us-east-1: instances × price × 730 + GiB × 0.10 + 0.20 USD per million I/Os. A writer and a reader of
 * db.t3.medium with 20 GiB: 2 × 0.082 × 730 + 20 × 0.10 = 121.72 USD a month.
 *
 * ```ts
 * const database = new AuroraDatabase('mercenary-prod-database', {
 *   region: 'us-east-1', vpcId: network.vpcId, subnetIds: network.dataSubnetIds, zones: network.zones,
 *   clientSecurityGroupIds: { services: clients.id }, ...plan.relationalDatabase,
 *   deletionProtection: true, finalSnapshot: true, recoveryDays: 30, logRetentionDays: 90, protect: true,
 * });
 * ```
 */
export class AuroraDatabase extends pulumi.ComponentResource {
  readonly cluster: aws.rds.Cluster;
  /** The writer first, then the readers that are always there. */
  readonly instances: aws.rds.ClusterInstance[];
  readonly proxy?: DatabaseProxy;
  /** Where clients write: the proxy where there is one. */
  readonly address: Address;
  /** Leads to each reader in turn, and to the writer where there is none. */
  readonly readerAddress: Address;
  readonly passwordSecret: SecretReference;
  readonly urlSecret: SecretReference;
  readonly readerSecret: SecretReference;
  readonly securityGroup: aws.ec2.SecurityGroup;

  /** @throws Error that lists every fault of the arguments */
  constructor(name: string, args: RelationalArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseFaults('AuroraDatabase', name, auroraFaults(args));
    super('stackladder:aws:AuroraDatabase', name, {}, opts);
    const standing = standOn(name, args, args, this);
    this.securityGroup = standing.securityGroup;
    const secrets = new DatabaseSecrets(name, args, { parent: this });
    this.cluster = this.createCluster(name, args, standing, secrets);
    this.instances = this.createInstances(name, args);
    if (args.replicas.max > auroraReaders(args)) this.scaleReaders(name, args);
    // Known once the writer is there: before, the endpoints lead nowhere.
    const ready = (endpoint: pulumi.Output<string>) =>
      pulumi.all([endpoint, this.instances[0]!.id]).apply(([host]) => host);
    this.proxy = args.proxy ? this.createProxy(name, args, standing, secrets) : undefined;
    this.address = this.proxy ?? { host: ready(this.cluster.endpoint), port: this.cluster.port };
    this.readerAddress = { host: ready(this.cluster.readerEndpoint), port: this.cluster.port };
    const { clusterIdentifier: identifier, arn } = this.cluster;
    const { password, urls } = secrets.connect(
      { primary: this.address, readers: this.readerAddress },
      { kind: 'cluster', identifier, arn },
    );
    this.passwordSecret = password;
    this.urlSecret = urls.primary;
    this.readerSecret = urls.readers;
    this.registerOutputs({ host: this.address.host, port: this.address.port });
  }

  private createCluster(
    name: string,
    args: RelationalArgs,
    standing: Standing,
    secrets: DatabaseSecrets,
  ): aws.rds.Cluster {
    const own = ownSuffix(name, this);
    const logical = nameOf('aws:rds/instance', name);
    const clusterIdentifier = args.adopted ? pulumi.output(args.adopted.id) : pulumi.interpolate`${logical}-${own}`;
    const logs = ['postgresql'];
    const groups = args.adopted
      ? []
      : logGroups(name, pulumi.interpolate`/aws/rds/cluster/${clusterIdentifier}`, logs, args, this);
    const inputs: aws.rds.ClusterArgs = {
      region: args.region,
      clusterIdentifier,
      engine: AURORA,
      engineVersion: args.engineVersion,
      databaseName: args.name,
      masterUsername: args.user,
      masterPassword: secrets.password,
      port: args.port,
      dbSubnetGroupName: standing.subnetGroup.name,
      vpcSecurityGroupIds: [standing.securityGroup.id],
      dbClusterParameterGroupName: this.parameterGroup(name, args).name,
      storageEncrypted: true,
      iamDatabaseAuthenticationEnabled: true,
      backupRetentionPeriod: args.backup.retentionDays,
      preferredBackupWindow: backupWindow(args.backup.startsAt),
      preferredMaintenanceWindow: maintenanceWindow(args.maintenance),
      enabledCloudwatchLogsExports: logs,
      copyTagsToSnapshot: true,
      deleteAutomatedBackups: !args.finalSnapshot,
      deletionProtection: args.deletionProtection,
      skipFinalSnapshot: !args.finalSnapshot,
      finalSnapshotIdentifier: args.finalSnapshot ? pulumi.interpolate`${logical}-final-${own}` : undefined,
      allowMajorVersionUpgrade: true,
      applyImmediately: true,
      tags: args.tags,
    };
    const { ignoreChanges, ...adopting } = adoption(args.adopted, fixedForLife);
    return new aws.rds.Cluster(logical, inputs, {
      parent: this,
      protect: args.protect,
      ...adopting,
      ignoreChanges: [...new Set([...ignoreChanges, ...(secrets.rotates ? ['masterPassword'] : [])])],
      dependsOn: groups,
      customTimeouts: { create: '2h', update: '3h', delete: '2h' },
    });
  }

  private parameterGroup(name: string, { region, engine, engineVersion, tags }: RelationalArgs) {
    return new aws.rds.ClusterParameterGroup(
      nameOf('aws:rds', name),
      {
        region,
        family: `aurora-${familyOf(engine, engineVersion).replace('postgres', 'postgresql')}`,
        description: `TLS and logs of ${name}`,
        parameters: parametersOf(engine, false),
        tags,
      },
      { parent: this },
    );
  }

  private createInstances(name: string, args: RelationalArgs): aws.rds.ClusterInstance[] {
    const monitoring = monitoringRole(name, args, this);
    const instances: aws.rds.ClusterInstance[] = [];
    for (let at = 0; at <= auroraReaders(args); at++) {
      const instance = new aws.rds.ClusterInstance(
        nameOf('aws:rds/instance', name, String(at + 1)),
        {
          region: args.region,
          clusterIdentifier: this.cluster.id,
          engine: AURORA,
          instanceClass: args.instanceClass,
          availabilityZone: args.zones[at % args.zones.length],
          promotionTier: Math.min(at, 1),
          publiclyAccessible: false,
          caCertIdentifier: CERTIFICATE_AUTHORITY,
          copyTagsToSnapshot: true,
          autoMinorVersionUpgrade: true,
          preferredMaintenanceWindow: maintenanceWindow(args.maintenance),
          monitoringInterval: args.monitoringSeconds,
          monitoringRoleArn: monitoring?.role.arn,
          performanceInsightsEnabled: args.insightsDays > 0,
          performanceInsightsRetentionPeriod: args.insightsDays > 0 ? args.insightsDays : undefined,
          applyImmediately: true,
          tags: args.tags,
        },
        {
          parent: this,
          protect: args.protect && at === 0,
          // A phase may bring another zone; an instance that is there stays where it is.
          ignoreChanges: ['availabilityZone'],
          // The first instance becomes the writer, so it is there before the second.
          dependsOn: [...(monitoring ? [monitoring.attachment] : []), ...instances.slice(0, 1)],
          customTimeouts: { create: '2h', update: '2h', delete: '2h' },
        },
      );
      instances.push(instance);
    }
    return instances;
  }

  private scaleReaders(name: string, args: RelationalArgs): void {
    new ReplicaScaling(
      `${name}-scaling`,
      {
        region: args.region,
        clusterIdentifier: this.cluster.id,
        min: auroraReaders(args),
        max: args.replicas.max,
        cpuPercent: args.replicas.cpuPercent!,
        tags: args.tags,
      },
      { parent: this, dependsOn: this.instances },
    );
  }

  private createProxy(
    name: string,
    args: RelationalArgs,
    { securityGroup }: Standing,
    secrets: DatabaseSecrets,
  ): DatabaseProxy {
    const login = secrets.proxyLogin();
    const database = { securityGroup, target: { dbClusterIdentifier: this.cluster.id } };
    return new DatabaseProxy(
      `${name}-proxy`,
      { ...args, login, database },
      { parent: this, dependsOn: this.instances },
    );
  }
}
