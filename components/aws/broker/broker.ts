import type * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { refuseFaults, wholeNumber } from '../../faults';
import { closedGroup } from '../closed-group';
import type { StoredSecret } from '../secrets/stored-secret';
import { type ValkeyArgs, valkeyFaults } from '../valkey/arguments';
import { connectionSecret, generatedToken } from '../valkey/connection';
import { valkeyReplicationGroup } from '../valkey/replication-group';

export interface BrokerReplicationGroupArgs extends ValkeyArgs {
  /** Copies that take over: 0 or 1. Changed in place. */
  replicas: number;
}

/**
 * Where jobs wait: a Valkey of ElastiCache with one primary, never sharded (Celery does not work on a cluster,
 * celery#9436) and never dropping what it holds: when memory is full, a new job is refused. Cluster mode is off for life.
 * It grows by `nodeType` and gets a replica that takes over, both in place.
 *
 * TLS and a token are required of every client; the whole URL is in a secret. ElastiCache keeps no append-only file:
 * with a replica a lost node loses no job but those of its last moment; without one, those since the last snapshot.
 *
 * Cost, us-east-1 on demand: (1 + replicas) × price × 730 hours. One cache.t3.small: 0.0272 × 730 = 19.86 USD a month,
 * two: 39.71 USD. The secret: 0.40.
 *
 * ```ts
 * const broker = new BrokerReplicationGroup('sv-sdk-prod-broker-use1', {
 *   region: 'us-east-1', vpcId: network.vpcId, subnetIds: network.dataSubnetIds, clientSecurityGroupIds: { services: clients.id },
 *   engineVersion: '8.0', nodeType: 'cache.t3.small', replicas: 1, port: 6379, snapshotRetentionDays: 7,
 *   finalSnapshot: true, recoveryDays: 30, protect: true,
 * });
 * ```
 */
export class BrokerReplicationGroup extends pulumi.ComponentResource {
  /** Leads to whichever node is the primary. */
  readonly host: pulumi.Output<string>;
  readonly port: number;
  readonly replicationGroup: aws.elasticache.ReplicationGroup;
  /** Closed but for the client groups. */
  readonly securityGroup: aws.ec2.SecurityGroup;
  /** Holds `rediss://:token@host:port`. */
  readonly secret: StoredSecret;

  /** @throws Error that lists every fault of the arguments */
  constructor(name: string, args: BrokerReplicationGroupArgs, opts?: pulumi.ComponentResourceOptions) {
    const { port, replicas } = args;
    const faults = [...valkeyFaults(args, replicas), wholeNumber('replicas', replicas, 0, 1)];
    refuseFaults('BrokerReplicationGroup', name, faults);
    super('stackladder:aws:BrokerReplicationGroup', name, {}, opts);
    this.port = port;
    this.securityGroup = closedGroup(name, { ...args, description: 'Broker: its clients alone' }, this);
    const token = generatedToken(name, this);
    const shape = {
      description: `Broker of ${name}`,
      clusterMode: 'disabled',
      numCacheClusters: 1 + replicas,
      automaticFailoverEnabled: replicas > 0, // refused without a replica, and so is the next one
      multiAzEnabled: replicas > 0,
      parameters: {
        description: `Nothing is dropped from ${name}`,
        values: [{ name: 'maxmemory-policy', value: 'noeviction' }],
      },
    };
    const closed = { securityGroup: this.securityGroup, token };
    this.replicationGroup = valkeyReplicationGroup(name, args, shape, closed, this);
    this.host = this.replicationGroup.primaryEndpointAddress;
    this.secret = connectionSecret(name, args, { what: 'broker', host: this.host, token }, this);
    this.registerOutputs({ host: this.host, port, secretArn: this.secret.arn });
  }
}
