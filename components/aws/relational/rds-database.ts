import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { refuseFaults } from '../../faults';
import { nameOf } from '../../naming';
import type { SecretReference } from '../../platform';
import { adoption } from './adoption';
import { type RelationalArgs, type ReaderGround } from './arguments';
import { familyOf, logsOf, parametersOf } from './engine';
import { logGroups, monitoringRole, type MonitoringRole, ownSuffix, standOn, type Standing } from './ground';
import { instanceShape } from './instance-shape';
import { DatabaseProxy } from './proxy';
import { Readers } from './readers';
import { rdsFaults } from './rds-faults';
import { type Address, DatabaseSecrets } from './secrets';
import { backupWindow } from './windows';

/** What would make another database of this one. An adopted one keeps what it has of them. */
const fixedForLife = [
  'identifier',
  'availabilityZone',
  'dbName',
  'engine',
  'kmsKeyId',
  'storageEncrypted',
  'username',
  'dbSubnetGroupName',
  'port',
];

/**
 * PostgreSQL or MySQL on RDS that grows in place: class, storage, standby and replicas change on the instance that is
 * there. A change of the class applies at once and restarts the server: some minutes, or with a standby the failover of
 * a minute or two. Storage grows by itself when 10 % are free, up to `storage.maxGb`.
 *
 * Nothing connects without TLS; the password and the URLs are in Secrets Manager (`DatabaseSecrets`). Without replicas and
 * where the plan wants it, changes go through a blue/green deployment; the provider has none for an instance with replicas.
 *
 * Cost, us-east-1: hours × price × 730 + GiB × 0.115, both twice with a standby, and as much again for each replica. One
 * db.t3.small with 20 GiB: 0.036 × 730 + 20 × 0.115 = 28.58 USD a month. db.m5.large with standby, 100 GiB and two
 * replicas: (2 + 2) × (0.178 × 730 + 100 × 0.115) = 565.76 USD. A week of Performance Insights is free.
 *
 * ```ts
 * const database = new RdsDatabase('sv-sdk-prod-database', {
 *   region: 'us-east-1', vpcId: network.vpcId, subnetIds: network.dataSubnetIds, zones: network.zones,
 *   clientSecurityGroupIds: { services: clients.id }, ...plan.relationalDatabase,
 *   deletionProtection: true, finalSnapshot: true, recoveryDays: 30, logRetentionDays: 90, protect: true,
 * });
 * ```
 */
export class RdsDatabase extends pulumi.ComponentResource {
  readonly primary: aws.rds.Instance;
  /** By region; one without readers is not in it. */
  readonly readers: Record<string, Readers>;
  readonly proxy?: DatabaseProxy;
  /** Where clients write: the proxy where there is one. */
  readonly address: Address;
  readonly passwordSecret: SecretReference;
  /** URL of `address`. */
  readonly urlSecret: SecretReference;
  /** URL of a region's readers. */
  readonly readerSecrets: Record<string, SecretReference>;
  readonly securityGroup: aws.ec2.SecurityGroup;
  private readonly secrets: DatabaseSecrets;

  /** @throws Error that lists every fault of the arguments */
  constructor(name: string, args: RelationalArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseFaults('RdsDatabase', name, rdsFaults(args));
    super('stackladder:aws:RdsDatabase', name, {}, opts);
    const standing = standOn(name, args, args, this);
    this.securityGroup = standing.securityGroup;
    this.secrets = new DatabaseSecrets(name, args, { parent: this });
    const monitoring = monitoringRole(name, args, this);
    const parameters = this.parameterGroup(name, args.region, args);
    this.primary = this.createPrimary(name, args, { standing, monitoring, parameters });
    this.readers = this.createReaders(name, args, { standing, monitoring, parameters });
    this.proxy = args.proxy ? this.createProxy(name, args, standing) : undefined;
    this.address = this.proxy ?? { host: this.primary.address, port: this.primary.port };
    const { identifier, arn } = this.primary;
    const regions = Object.fromEntries(Object.entries(this.readers).map(([key, at]) => [`readers-${key}`, at]));
    const { password, urls } = this.secrets.connect(
      { primary: this.address, ...regions },
      { kind: 'instance', identifier, arn },
    );
    this.passwordSecret = password;
    this.urlSecret = urls.primary;
    this.readerSecrets = Object.fromEntries(
      Object.keys(this.readers).map((region) => [
        region,
        (urls as Record<string, SecretReference>)[`readers-${region}`]!,
      ]),
    );
    this.registerOutputs({ host: this.address.host, port: this.address.port });
  }

  private parameterGroup(name: string, region: string, { engine, engineVersion, blueGreen, tags }: RelationalArgs) {
    return new aws.rds.ParameterGroup(
      nameOf('aws:rds', name),
      {
        region,
        family: familyOf(engine, engineVersion),
        description: `TLS and logs of ${name}`,
        parameters: parametersOf(engine, blueGreen),
        tags,
      },
      { parent: this },
    );
  }

  private createPrimary(
    name: string,
    args: RelationalArgs,
    { standing, monitoring, parameters }: Parts,
  ): aws.rds.Instance {
    const own = ownSuffix(name, this);
    const logical = nameOf('aws:rds/instance', name);
    const identifier = args.adopted ? pulumi.output(args.adopted.id) : pulumi.interpolate`${logical}-${own}`;
    const logs = logsOf(args.engine);
    // An adopted database has log groups already, if it sends its logs at all.
    const groups = args.adopted
      ? []
      : logGroups(name, pulumi.interpolate`/aws/rds/instance/${identifier}`, logs, args, this);
    const inputs: aws.rds.InstanceArgs = {
      ...instanceShape(args, monitoring),
      region: args.region,
      identifier,
      engine: args.engine,
      engineVersion: args.engineVersion,
      dbName: args.name,
      username: args.user,
      password: this.secrets.password,
      port: args.port,
      allocatedStorage: args.storage.initialGb,
      multiAz: args.standby,
      // Readers stand in the other zones. With a standby RDS chooses, and after a failover it is another one.
      availabilityZone: args.standby ? undefined : args.zones[0],
      dbSubnetGroupName: standing.subnetGroup.name,
      vpcSecurityGroupIds: [standing.securityGroup.id],
      parameterGroupName: parameters.name,
      enabledCloudwatchLogsExports: logs,
      backupRetentionPeriod: args.backup.retentionDays,
      backupWindow: backupWindow(args.backup.startsAt),
      deleteAutomatedBackups: !args.finalSnapshot,
      blueGreenUpdate: { enabled: args.blueGreen && !hasReaders(args) },
      deletionProtection: args.deletionProtection,
      skipFinalSnapshot: !args.finalSnapshot,
      finalSnapshotIdentifier: args.finalSnapshot ? pulumi.interpolate`${logical}-final-${own}` : undefined,
      tags: args.tags,
    };
    const { ignoreChanges, ...adopting } = adoption(args.adopted, inputs, fixedForLife);
    return new aws.rds.Instance(logical, inputs, {
      parent: this,
      protect: args.protect,
      ...adopting,
      ignoreChanges: [
        ...new Set([...ignoreChanges, 'availabilityZone', ...(this.secrets.rotates ? ['password'] : [])]),
      ],
      dependsOn: [...groups, ...(monitoring ? [monitoring.attachment] : [])],
      // A new class, a standby and more storage come one after the other; a blue/green deployment copies everything.
      customTimeouts: { create: '2h', update: '6h', delete: '2h' },
    });
  }

  private createReaders(
    name: string,
    args: RelationalArgs,
    { standing, monitoring, parameters }: Parts,
  ): Record<string, Readers> {
    const home = {
      ...args,
      code: undefined,
      count: args.replicas.min,
      source: this.primary.identifier,
      parameterGroupName: parameters.name,
      securityGroupId: standing.securityGroup.id,
    };
    const further = (args.replicas.perFurtherRegion > 0 ? (args.further ?? []) : []).map((ground) => ({
      ...ground,
      count: args.replicas.perFurtherRegion,
      source: this.primary.arn,
      ...this.groundOf(name, ground, args),
    }));
    const regions = [...(home.count > 0 ? [home] : []), ...further];
    return Object.fromEntries(
      regions.map((at) => [
        at.region,
        new Readers(
          [name, 'readers', ...(at.code ? [at.code] : [])].join('-'),
          { ...at, database: args, monitoring },
          { parent: this },
        ),
      ]),
    );
  }

  /** What readers in another region stand on. An encrypted copy needs a key of its own region. */
  private groundOf(name: string, ground: ReaderGround, args: RelationalArgs) {
    const part = `${name}-${ground.code}`;
    const { subnetGroup, securityGroup } = standOn(part, ground, args, this);
    const key = new aws.kms.Key(
      nameOf('aws:kms', part),
      {
        region: ground.region,
        description: `Readers of ${name} in ${ground.region}`,
        enableKeyRotation: true,
        deletionWindowInDays: 7,
        tags: args.tags,
      },
      { parent: this },
    );
    return {
      subnetGroupName: subnetGroup.name,
      securityGroupId: securityGroup.id,
      parameterGroupName: this.parameterGroup(part, ground.region, args).name,
      kmsKeyId: key.arn,
    };
  }

  private createProxy(name: string, args: RelationalArgs, { securityGroup }: Standing): DatabaseProxy {
    const login = this.secrets.proxyLogin();
    const database = { securityGroup, target: { dbInstanceIdentifier: this.primary.identifier } };
    return new DatabaseProxy(`${name}-proxy`, { ...args, login, database }, { parent: this });
  }
}

interface Parts {
  standing: Standing;
  monitoring?: MonitoringRole;
  parameters: aws.rds.ParameterGroup;
}

function hasReaders({ replicas, further = [] }: RelationalArgs): boolean {
  return replicas.min > 0 || (replicas.perFurtherRegion > 0 && further.length > 0);
}
