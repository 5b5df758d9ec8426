import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { nameOf } from '../../naming';
import { adoption } from './adoption';
import type { RelationalArgs } from './arguments';
import { familyOf, logsOf, parametersOf } from './engine';
import { logGroups, type MonitoringRole, ownSuffix, type Standing } from './ground';
import { instanceShape } from './instance-shape';
import { backupWindow } from './windows';

/** What instances of one region need before they are made. */
export interface RdsParts {
  standing: Standing;
  monitoring?: MonitoringRole;
  parameters: aws.rds.ParameterGroup;
}

/** What would make another database of this one. An adopted one keeps what it has of them. */
const fixedForLife = [
  'identifier',
  'availabilityZone',
  'dbName',
  'dbSubnetGroupName',
  'engine',
  'kmsKeyId',
  'region',
  'storageEncrypted',
  'username',
];

export function parameterGroup(
  name: string,
  region: string,
  { engine, engineVersion, blueGreen, tags }: RelationalArgs,
  parent: pulumi.Resource,
): aws.rds.ParameterGroup {
  return new aws.rds.ParameterGroup(
    nameOf('aws:rds', name),
    {
      region,
      family: familyOf(engine, engineVersion),
      description: `TLS and logs of ${name}`,
      parameters: parametersOf(engine, blueGreen),
      tags,
    },
    { parent },
  );
}

/**
 * No `blueGreenUpdate`: any change would go through it, and it deletes the instance that was there without a last snapshot
 * and with its backups, leaves deletion protection off, and gives a new class the default parameters
 * (terraform-provider-aws #42354, #37775, #29887, #49132).
 *
 * @param login the password that the instance is made with, and whether a rotation owns it from then on */
export function createPrimary(
  name: string,
  args: RelationalArgs,
  { standing, monitoring, parameters }: RdsParts,
  login: { password: pulumi.Output<string>; rotates: boolean },
  parent: pulumi.Resource,
): aws.rds.Instance {
  const own = ownSuffix(name, parent);
  const logical = nameOf('aws:rds/instance', name);
  const identifier = args.adopted ? pulumi.output(args.adopted.id) : pulumi.interpolate`${logical}-${own}`;
  const logs = logsOf(args.engine);
  // An adopted database has log groups already, if it sends its logs at all.
  const folder = pulumi.interpolate`/aws/rds/instance/${identifier}`;
  const groups = args.adopted ? [] : logGroups(name, folder, logs, args, parent);
  const inputs: aws.rds.InstanceArgs = {
    ...instanceShape(args, monitoring),
    region: args.region,
    identifier,
    engine: args.engine,
    engineVersion: args.engineVersion,
    dbName: args.name,
    username: args.user,
    password: login.password,
    port: args.port,
    allocatedStorage: args.storage.initialGb,
    ...(args.adopted ? {} : striped(args.storage.initialGb)),
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
    deletionProtection: args.deletionProtection,
    skipFinalSnapshot: !args.finalSnapshot,
    finalSnapshotIdentifier: args.finalSnapshot ? pulumi.interpolate`${logical}-final-${own}` : undefined,
    tags: args.tags,
  };
  const { ignoreChanges, ...adopting } = adoption(args.adopted, fixedForLife);
  const elsewhere = ['availabilityZone', ...(login.rotates ? ['password'] : [])];
  return new aws.rds.Instance(logical, inputs, {
    parent,
    protect: args.protect,
    ...adopting,
    ignoreChanges: [...new Set([...ignoreChanges, ...elsewhere])],
    dependsOn: [...groups, ...(monitoring ? [monitoring.attachment] : [])],
    // A new class, a standby, a higher version and more storage come one after the other.
    customTimeouts: { create: '2h', update: '6h', delete: '2h' },
  });
}

/** GiB from which RDS lays gp3 of PostgreSQL and MySQL over four volumes, and what that has by itself, at no price. */
const STRIPED = { fromGb: 400, iops: 12_000, storageThroughput: 500 };

/**
 * Said where RDS would choose the same: the provider sends the speed of the smaller storage along when storage grows
 * over the bound and none is said, and RDS refuses that (terraform-provider-aws #28382).
 */
function striped(gb: number): Pick<aws.rds.InstanceArgs, 'iops' | 'storageThroughput'> {
  const { fromGb, ...speed } = STRIPED;
  return gb >= fromGb ? speed : {};
}
