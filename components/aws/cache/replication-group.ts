import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import * as random from '@pulumi/random';
import { refuseFaults } from '../../faults';
import { nameOf } from '../../naming';
import { StoredSecret } from '../secrets/stored-secret';
import { type CacheReplicationGroupArgs, faultsOf, majorVersion } from './arguments';

export type { CacheReplicationGroupArgs };

/**
 * A Valkey cache on ElastiCache, in cluster mode from the first node, so that it grows from one small node to a sharded
 * cluster in place: `nodeType`, `shards` and `replicasPerShard` change online, and no promotion replaces it. Cluster
 * mode demands automatic failover even with no replica; several zones come with the first replica.
 *
 * TLS and a token are required of every client and cannot be turned off: ElastiCache fixes both at creation. The token
 * is generated and lives in a secret as the whole URL. To change it, replace the password alone
 * (`pulumi up --target-replace <its URN>` with `--target-dependents`); the old token is valid next to the new one.
 * Clients must speak the cluster protocol. ElastiCache has no append-only file: a store that must survive the loss of
 * all its nodes is no cache.
 *
 * Cost, us-east-1 on demand: nodes × price × 730 hours, with nodes = shards × (1 + replicas). One cache.t3.micro:
 * 1 × 0.0136 × 730 = 9.93 USD a month. Three shards with two replicas of cache.r6g.large: 9 × 0.1648 × 730 =
 * 1,082.74 USD. The secret: 0.40. Snapshots beyond the first: 0.085 per GB-month.
 *
 * ```ts
 * const cache = new CacheReplicationGroup('pulse-prod-cache', {
 *   vpcId: network.vpcId, subnetIds: network.dataSubnetIds, clientSecurityGroupIds: { api: api.securityGroup.id },
 *   engineVersion: '8.0', nodeType: 'cache.t3.micro', shards: 1, replicasPerShard: 0, port: 6379,
 *   evictionPolicy: 'allkeys-lru', snapshotRetentionDays: 7, finalSnapshot: true, recoveryDays: 30, protect: true,
 * });
 * ```
 */
export class CacheReplicationGroup extends pulumi.ComponentResource {
  /** The configuration endpoint: clients ask it where each key lives. */
  readonly host: pulumi.Output<string>;
  readonly port: number;
  /** ARN of the secret that holds `rediss://:token@host:port`. */
  readonly secretArn: pulumi.Output<string>;
  readonly replicationGroup: aws.elasticache.ReplicationGroup;
  /** Closed but for the client groups. */
  readonly securityGroup: aws.ec2.SecurityGroup;
  readonly secret: StoredSecret;

  /** @throws Error that lists every fault of the arguments */
  constructor(name: string, args: CacheReplicationGroupArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseFaults('CacheReplicationGroup', name, faultsOf(args));
    super('stackladder:aws:CacheReplicationGroup', name, {}, opts);
    this.port = args.port;
    this.securityGroup = this.closedSecurityGroup(name, args);
    const token = this.generatedToken(name);
    this.replicationGroup = this.createGroup(name, args, token);
    this.host = this.replicationGroup.configurationEndpointAddress;
    this.secret = this.connectionSecret(name, args, token);
    this.secretArn = this.secret.arn;
    this.registerOutputs({ host: this.host, port: this.port, secretArn: this.secretArn });
  }

  private closedSecurityGroup(name: string, args: CacheReplicationGroupArgs): aws.ec2.SecurityGroup {
    const group = new aws.ec2.SecurityGroup(
      nameOf('aws:ec2/securityGroup', name),
      { region: args.region, vpcId: args.vpcId, description: 'Cache: its clients alone', tags: args.tags },
      { parent: this },
    );
    for (const [client, securityGroupId] of Object.entries(args.clientSecurityGroupIds)) {
      new aws.vpc.SecurityGroupIngressRule(
        nameOf('aws:ec2', name, 'from', client),
        {
          region: args.region,
          securityGroupId: group.id,
          referencedSecurityGroupId: securityGroupId,
          ipProtocol: 'tcp',
          fromPort: args.port,
          toPort: args.port,
          description: `From ${client}`,
          tags: args.tags,
        },
        { parent: this },
      );
    }
    return group;
  }

  /** ElastiCache takes 16 to 128 characters; letters and digits alone need no escaping in a URL. */
  private generatedToken(name: string): random.RandomPassword {
    return new random.RandomPassword(nameOf('random', name, 'token'), { length: 64, special: false }, { parent: this });
  }

  private createGroup(name: string, args: CacheReplicationGroupArgs, token: random.RandomPassword) {
    return new aws.elasticache.ReplicationGroup(
      nameOf('aws:elasticache/replicationGroup', name),
      {
        region: args.region,
        description: `Cache of ${name}`,
        engine: 'valkey',
        engineVersion: args.engineVersion,
        nodeType: args.nodeType,
        port: args.port,
        clusterMode: 'enabled',
        numNodeGroups: args.shards,
        replicasPerNodeGroup: args.replicasPerShard,
        automaticFailoverEnabled: true, // cluster mode refuses anything else
        multiAzEnabled: args.replicasPerShard > 0, // and this one is refused without a replica
        subnetGroupName: this.subnetGroup(name, args).name,
        parameterGroupName: this.parameterGroup(name, args).name,
        securityGroupIds: [this.securityGroup.id],
        transitEncryptionEnabled: true,
        transitEncryptionMode: 'required',
        atRestEncryptionEnabled: true,
        kmsKeyId: args.kmsKeyId,
        authToken: token.result,
        authTokenUpdateStrategy: 'ROTATE',
        snapshotRetentionLimit: args.snapshotRetentionDays,
        snapshotWindow: '03:00-04:00', // UTC; must not meet the maintenance window
        maintenanceWindow: 'sun:05:00-sun:06:00',
        finalSnapshotIdentifier: args.finalSnapshot ? this.finalSnapshotName(name) : undefined,
        logDeliveryConfigurations: this.logDelivery(name, args),
        // The version has one owner, the program. After a minor upgrade by AWS the stated version would be a step down,
        // and the provider replaces a cache for that.
        autoMinorVersionUpgrade: false,
        applyImmediately: true, // a promotion that waits for Sunday would not be one
        tags: args.tags,
      },
      // One promotion may add shards, replicas and bigger nodes, one after the other; each alone may take 40 minutes.
      { parent: this, protect: args.protect, customTimeouts: { create: '60m', update: '2h' } },
    );
  }

  private subnetGroup(name: string, args: CacheReplicationGroupArgs): aws.elasticache.SubnetGroup {
    return new aws.elasticache.SubnetGroup(
      nameOf('aws:elasticache/subnetGroup', name),
      { region: args.region, subnetIds: args.subnetIds, description: `Subnets of ${name}`, tags: args.tags },
      { parent: this },
    );
  }

  private parameterGroup(name: string, args: CacheReplicationGroupArgs): aws.elasticache.ParameterGroup {
    return new aws.elasticache.ParameterGroup(
      nameOf('aws:elasticache/parameterGroup', name),
      {
        region: args.region,
        family: `valkey${majorVersion(args.engineVersion)}`,
        description: `Cluster mode and eviction of ${name}`,
        parameters: [
          { name: 'cluster-enabled', value: 'yes' },
          { name: 'maxmemory-policy', value: args.evictionPolicy },
        ],
        tags: args.tags,
      },
      { parent: this },
    );
  }

  /** Different after each re-creation of the stack, or the second deletion would meet the first one's snapshot. */
  private finalSnapshotName(name: string): pulumi.Output<string> {
    const suffix = new random.RandomId(nameOf('random', name, 'final'), { byteLength: 4 }, { parent: this });
    return pulumi.interpolate`${nameOf('aws:elasticache/replicationGroup', name)}-final-${suffix.hex}`;
  }

  private logDelivery(name: string, args: CacheReplicationGroupArgs) {
    if (args.logRetentionDays === undefined) return undefined;
    const group = new aws.cloudwatch.LogGroup(
      nameOf('aws:cloudwatch/logGroup', name),
      { region: args.region, retentionInDays: args.logRetentionDays, tags: args.tags },
      { parent: this },
    );
    return ['slow-log', 'engine-log'].map((logType) => ({
      logType,
      logFormat: 'json',
      destinationType: 'cloudwatch-logs',
      destination: group.name,
    }));
  }

  private connectionSecret(name: string, args: CacheReplicationGroupArgs, token: random.RandomPassword): StoredSecret {
    return new StoredSecret(
      `${name}-url`,
      {
        region: args.region,
        value: pulumi.interpolate`rediss://:${token.result}@${this.host}:${args.port}`,
        description: `URL of the cache ${name}, token included`,
        recoveryDays: args.recoveryDays,
        replicaRegions: args.replicaRegions,
        protect: args.protect,
        tags: args.tags,
      },
      { parent: this },
    );
  }
}
