import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import * as random from '@pulumi/random';
import { type Fault, must, refuseFaults, wholeNumber } from '../../faults';
import { nameOf } from '../../naming';
import { majorVersion } from '../cache/arguments';
import { closedGroup } from '../closed-group';
import { StoredSecret } from '../secrets/stored-secret';

export interface BrokerReplicationGroupArgs {
  /** AWS region, e.g. `us-east-1`. A change replaces the broker, and the jobs in it are lost. */
  region: string;
  /** Network of the broker. */
  vpcId: pulumi.Input<string>;
  /** Private subnets, in two zones at least where there is a replica. */
  subnetIds: pulumi.Input<string>[];
  /** Security groups that may connect, by a name of the caller's own that stays the same. Nobody else can. */
  clientSecurityGroupIds: Record<string, pulumi.Input<string>>;
  /** Valkey version as major.minor, e.g. `8.0`. A higher one is applied in place; there is no way back down. */
  engineVersion: string;
  /** Size of every node, e.g. `cache.t3.small`. Changed in place. */
  nodeType: string;
  /** Copies that take over: 0 or 1. Changed in place. */
  replicas: number;
  /** TCP port. **A change replaces the broker, and the jobs in it are lost.** */
  port: number;
  /** Days that a daily snapshot is kept, 0 (none) to 35. */
  snapshotRetentionDays: number;
  /** Whether a last snapshot is made when the broker is deleted. */
  finalSnapshot: boolean;
  /** Days in which the deleted connection secret can be restored: 7 to 30, or 0 to remove it at once. */
  recoveryDays: number;
  /** Pulumi's `protect` on the broker and its secret. */
  protect: boolean;
  tags?: Record<string, string>;
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
    refuseFaults('BrokerReplicationGroup', name, faultsOf(args));
    super('stackladder:aws:BrokerReplicationGroup', name, {}, opts);
    this.port = args.port;
    this.securityGroup = closedGroup(name, { ...args, description: 'Broker: its clients alone' }, this);
    const token = new random.RandomPassword(
      nameOf('random', name, 'token'),
      { length: 64, special: false },
      { parent: this },
    );
    this.replicationGroup = this.createGroup(name, args, token);
    this.host = this.replicationGroup.primaryEndpointAddress;
    this.secret = this.connectionSecret(name, args, token);
    this.registerOutputs({ host: this.host, port: this.port, secretArn: this.secret.arn });
  }

  private createGroup(name: string, args: BrokerReplicationGroupArgs, token: random.RandomPassword) {
    const { region, tags } = args;
    const subnetGroup = new aws.elasticache.SubnetGroup(
      nameOf('aws:elasticache/subnetGroup', name),
      { region, subnetIds: args.subnetIds, description: `Subnets of ${name}`, tags },
      { parent: this },
    );
    return new aws.elasticache.ReplicationGroup(
      nameOf('aws:elasticache/replicationGroup', name),
      {
        region,
        description: `Broker of ${name}`,
        engine: 'valkey',
        engineVersion: args.engineVersion,
        nodeType: args.nodeType,
        port: args.port,
        clusterMode: 'disabled',
        numCacheClusters: 1 + args.replicas,
        automaticFailoverEnabled: args.replicas > 0, // refused without a replica, and so is the next one
        multiAzEnabled: args.replicas > 0,
        subnetGroupName: subnetGroup.name,
        parameterGroupName: this.parameterGroup(name, args).name,
        securityGroupIds: [this.securityGroup.id],
        transitEncryptionEnabled: true,
        transitEncryptionMode: 'required',
        atRestEncryptionEnabled: true,
        authToken: token.result,
        authTokenUpdateStrategy: 'ROTATE',
        snapshotRetentionLimit: args.snapshotRetentionDays,
        snapshotWindow: '03:00-04:00', // UTC; must not meet the maintenance window
        maintenanceWindow: 'sun:05:00-sun:06:00',
        finalSnapshotIdentifier: args.finalSnapshot ? this.finalSnapshotName(name) : undefined,
        autoMinorVersionUpgrade: false, // as in the cache: the version has one owner, the program
        applyImmediately: true,
        tags,
      },
      { parent: this, protect: args.protect, customTimeouts: { create: '60m', update: '2h' } },
    );
  }

  private parameterGroup(name: string, { region, engineVersion, tags }: BrokerReplicationGroupArgs) {
    return new aws.elasticache.ParameterGroup(
      nameOf('aws:elasticache/parameterGroup', name),
      {
        region,
        family: `valkey${majorVersion(engineVersion)}`,
        description: `Nothing is dropped from ${name}`,
        parameters: [{ name: 'maxmemory-policy', value: 'noeviction' }],
        tags,
      },
      { parent: this },
    );
  }

  /** Different after each re-creation of the stack, or the second deletion would meet the first one's snapshot. */
  private finalSnapshotName(name: string): pulumi.Output<string> {
    const suffix = new random.RandomId(nameOf('random', name, 'final'), { byteLength: 4 }, { parent: this });
    return pulumi.interpolate`${nameOf('aws:elasticache/replicationGroup', name)}-final-${suffix.hex}`;
  }

  private connectionSecret(name: string, args: BrokerReplicationGroupArgs, token: random.RandomPassword): StoredSecret {
    return new StoredSecret(
      `${name}-url`,
      {
        region: args.region,
        value: pulumi.interpolate`rediss://:${token.result}@${this.host}:${args.port}`,
        description: `URL of the broker ${name}, token included`,
        recoveryDays: args.recoveryDays,
        protect: args.protect,
        tags: args.tags,
      },
      { parent: this },
    );
  }
}

function faultsOf(args: BrokerReplicationGroupArgs): Fault[] {
  const days = args.recoveryDays;
  return [
    must(
      /^(7\.2|[89]\.\d+)$/.test(args.engineVersion),
      'engineVersion',
      `"${args.engineVersion}" must be a Valkey version that ElastiCache has, e.g. 8.0`,
    ),
    must(
      /^cache\.[a-z0-9]+\.[a-z0-9]+$/.test(args.nodeType),
      'nodeType',
      `"${args.nodeType}" must look like cache.t3.small`,
    ),
    wholeNumber('replicas', args.replicas, 0, 1),
    wholeNumber('port', args.port, 1024, 65_535),
    wholeNumber('snapshotRetentionDays', args.snapshotRetentionDays, 0, 35),
    must(
      days === 0 || (Number.isInteger(days) && days >= 7 && days <= 30),
      'recoveryDays',
      `${days} must be 0 or a whole number from 7 to 30`,
    ),
    must(args.subnetIds.length > args.replicas, 'subnetIds', 'one subnet is needed, and with a replica two'),
    must(
      Object.keys(args.clientSecurityGroupIds).length > 0,
      'clientSecurityGroupIds',
      'a broker that nobody may reach is of no use',
    ),
  ];
}
