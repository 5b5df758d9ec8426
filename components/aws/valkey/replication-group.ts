import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import * as random from '@pulumi/random';
import { nameOf } from '../../naming';
import { majorVersion, type ValkeyArgs } from './arguments';

/** Wherein a cache and a broker differ. */
export interface Shape extends Pick<
  aws.elasticache.ReplicationGroupArgs,
  | 'description'
  | 'clusterMode'
  | 'numNodeGroups'
  | 'replicasPerNodeGroup'
  | 'numCacheClusters'
  | 'automaticFailoverEnabled'
  | 'multiAzEnabled'
  | 'kmsKeyId'
  | 'logDeliveryConfigurations'
> {
  /** Engine parameters, and what they are for. */
  parameters: { description: string; values: { name: string; value: string }[] };
}

/** A Valkey of ElastiCache that takes TLS and a token alone, both of which ElastiCache fixes at creation. */
export function valkeyReplicationGroup(
  name: string,
  args: ValkeyArgs,
  { parameters, ...shape }: Shape,
  closed: { securityGroup: aws.ec2.SecurityGroup; token: random.RandomPassword },
  parent: pulumi.Resource,
): aws.elasticache.ReplicationGroup {
  const { region, tags } = args;
  const subnetGroup = new aws.elasticache.SubnetGroup(
    nameOf('aws:elasticache/subnetGroup', name),
    { region, subnetIds: args.subnetIds, description: `Subnets of ${name}`, tags },
    { parent },
  );
  const parameterGroup = new aws.elasticache.ParameterGroup(
    nameOf('aws:elasticache/parameterGroup', name),
    {
      region,
      family: `valkey${majorVersion(args.engineVersion)}`,
      description: parameters.description,
      parameters: parameters.values,
      tags,
    },
    { parent },
  );
  return new aws.elasticache.ReplicationGroup(
    nameOf('aws:elasticache/replicationGroup', name),
    {
      ...shape,
      region,
      engine: 'valkey',
      engineVersion: args.engineVersion,
      nodeType: args.nodeType,
      port: args.port,
      subnetGroupName: subnetGroup.name,
      parameterGroupName: parameterGroup.name,
      securityGroupIds: [closed.securityGroup.id],
      transitEncryptionEnabled: true,
      transitEncryptionMode: 'required',
      atRestEncryptionEnabled: true,
      authToken: closed.token.result,
      authTokenUpdateStrategy: 'ROTATE',
      snapshotRetentionLimit: args.snapshotRetentionDays,
      snapshotWindow: '03:00-04:00', // UTC; must not meet the maintenance window
      maintenanceWindow: 'sun:05:00-sun:06:00',
      finalSnapshotIdentifier: args.finalSnapshot ? finalSnapshotName(name, parent) : undefined,
      // The version has one owner, the program. After a minor upgrade by AWS the stated version would be a step down,
      // and the provider replaces a store for that.
      autoMinorVersionUpgrade: false,
      applyImmediately: true, // a promotion that waits for Sunday would not be one
      tags,
    },
    // One promotion may add shards, replicas and bigger nodes, one after the other; each alone may take 40 minutes.
    { parent, protect: args.protect, customTimeouts: { create: '60m', update: '2h' } },
  );
}

/** Different after each re-creation of the stack, or the second deletion would meet the first one's snapshot. */
function finalSnapshotName(name: string, parent: pulumi.Resource): pulumi.Output<string> {
  const suffix = new random.RandomId(nameOf('random', name, 'final'), { byteLength: 4 }, { parent });
  return pulumi.interpolate`${nameOf('aws:elasticache/replicationGroup', name)}-final-${suffix.hex}`;
}
