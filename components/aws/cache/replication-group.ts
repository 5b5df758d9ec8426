import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { refuseFaults } from '../../faults';
import { nameOf } from '../../naming';
import { closedGroup } from '../closed-group';
import type { StoredSecret } from '../secrets/stored-secret';
import { connectionSecret, generatedToken } from '../valkey/connection';
import { type Shape, valkeyReplicationGroup } from '../valkey/replication-group';
import { type CacheReplicationGroupArgs, faultsOf } from './arguments';

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
    this.securityGroup = closedGroup(name, { ...args, description: 'Cache: its clients alone' }, this);
    const token = generatedToken(name, this);
    const closed = { securityGroup: this.securityGroup, token };
    this.replicationGroup = valkeyReplicationGroup(name, args, this.shape(name, args), closed, this);
    this.host = this.replicationGroup.configurationEndpointAddress;
    this.secret = connectionSecret(name, args, { what: 'cache', host: this.host, token }, this);
    this.secretArn = this.secret.arn;
    this.registerOutputs({ host: this.host, port: this.port, secretArn: this.secretArn });
  }

  private shape(name: string, args: CacheReplicationGroupArgs): Shape {
    return {
      description: `Cache of ${name}`,
      clusterMode: 'enabled',
      numNodeGroups: args.shards,
      replicasPerNodeGroup: args.replicasPerShard,
      automaticFailoverEnabled: true, // cluster mode refuses anything else
      multiAzEnabled: args.replicasPerShard > 0, // and this one is refused without a replica
      kmsKeyId: args.kmsKeyId,
      logDeliveryConfigurations: this.logDelivery(name, args),
      parameters: {
        description: `Cluster mode and eviction of ${name}`,
        values: [
          { name: 'cluster-enabled', value: 'yes' },
          { name: 'maxmemory-policy', value: args.evictionPolicy },
        ],
      },
    };
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
}
