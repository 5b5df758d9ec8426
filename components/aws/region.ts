import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import type { BrokerPlan, CachePlan, Plan, RegionPlan, ServicePlan } from '../../plan/types';
import type { Compute } from '../../plan/vocabulary';
import { nameOf } from '../naming';
import type { Broker, Cache, ConfigurationSecrets, Region, ServiceHost } from '../platform';
import { AccessLogBucket } from './access-logs/access-log-bucket';
import type { WatchedStore } from './alerts/store-alarms';
import { BrokerReplicationGroup } from './broker/broker';
import { CacheReplicationGroup } from './cache/replication-group';
import type { Certificates } from './dns/certificates';
import { EksHost } from './eks/host';
import { InstancesHost } from './instances-host';
import { RestingBalancer } from './load-balanced-group/resting-balancer';
import { Network } from './network/network';
import { ownSecret } from './secrets/reference';

/** What runs services on AWS also leads clients to them, from its own region's record. */
export interface AwsHost extends ServiceHost {
  /** The name of the balancer. */
  entry(service: ServicePlan): pulumi.Output<string>;
}

/** One AWS region of a plan: a network, and what is made inside it. */
export class AwsRegion implements Region {
  readonly name: string;
  readonly code: string;
  readonly home: boolean;
  /** False where the region only keeps stores. */
  readonly serves: boolean;
  readonly network: Network;
  /** Worn by everything that runs services; stores let this group in and nobody else. */
  readonly clients: aws.ec2.SecurityGroup;
  readonly accessLogs: AccessLogBucket;
  /** The stack's tags, and whether the region is home: the policies are stricter there. */
  readonly tags: Record<string, string>;
  readonly options: pulumi.ComponentResourceOptions;
  /** What was made here that alarms can watch. */
  readonly stores: WatchedStore[] = [];
  /** Undefined until something asks for it: a region that only keeps stores has none. */
  serving?: AwsHost;

  constructor(
    private readonly plan: Plan,
    private readonly regionPlan: RegionPlan,
    readonly provider: aws.Provider,
    readonly certificates: Certificates,
    private readonly secrets: ConfigurationSecrets,
  ) {
    this.options = { providers: [provider] };
    this.name = regionPlan.name;
    this.code = regionPlan.code;
    this.home = regionPlan.home;
    this.serves = regionPlan.serves;
    this.tags = { ...plan.tags, RegionRole: regionPlan.home ? 'home' : 'further' };
    this.network = this.openNetwork();
    this.clients = new aws.ec2.SecurityGroup(
      nameOf('aws:ec2/securityGroup', plan.prefix, 'clients', this.code),
      {
        region: this.name,
        vpcId: this.network.vpcId,
        description: 'Worn by the instances of services; stores let this group in',
        tags: this.tags,
      },
      { parent: this.network },
    );
    this.accessLogs = this.openAccessLogs();
    if (plan.resting && this.home) this.restBalancers();
  }

  cache(plan: CachePlan): Cache {
    const { prefix, safety } = this.plan;
    const cache = new CacheReplicationGroup(
      `${prefix}-cache-${this.code}`,
      {
        region: this.name,
        vpcId: this.network.vpcId,
        subnetIds: this.network.dataSubnetIds,
        clientSecurityGroupIds: { services: this.clients.id },
        ...plan,
        finalSnapshot: safety.finalSnapshot,
        recoveryDays: safety.secretRecoveryDays,
        protect: safety.protectStores,
        tags: this.tags,
      },
      this.options,
    );
    const { memberClusters: members } = cache.replicationGroup;
    this.stores.push({ kind: 'cache', name: 'cache', members, nodes: plan.shards * (1 + plan.replicasPerShard) });
    return { connection: { host: cache.host, port: plan.port, secret: ownSecret(cache.secret) } };
  }

  broker(plan: BrokerPlan): Broker {
    const { prefix, safety } = this.plan;
    const { engineVersion, nodeType, replicas, port, snapshotRetentionDays } = plan;
    const broker = new BrokerReplicationGroup(
      `${prefix}-broker-${this.code}`,
      {
        region: this.name,
        vpcId: this.network.vpcId,
        subnetIds: this.network.dataSubnetIds,
        clientSecurityGroupIds: { services: this.clients.id },
        ...{ engineVersion, nodeType, replicas, port, snapshotRetentionDays },
        finalSnapshot: safety.finalSnapshot,
        recoveryDays: safety.secretRecoveryDays,
        protect: safety.protectStores,
        tags: this.tags,
      },
      this.options,
    );
    const { memberClusters: members } = broker.replicationGroup;
    this.stores.push({ kind: 'cache', name: 'broker', members, nodes: 1 + replicas });
    return { plan, connection: { host: broker.host, port, secret: ownSecret(broker.secret) } };
  }

  host(): AwsHost {
    return (this.serving ??= hosts[this.plan.compute](this.plan, this.regionPlan, this, this.secrets));
  }

  private openNetwork(): Network {
    const { prefix, network, accounts } = this.plan;
    const { name, zones, cidr, home, code } = this.regionPlan;
    const existing = home ? accounts.aws.network : undefined;
    return new Network(
      `${prefix}-network-${code}`,
      { region: name, zones, cidr, existing, ...network, tags: this.tags },
      this.options,
    );
  }

  /** Kept with the stores: a region that no longer serves keeps the logs of when it did. */
  private openAccessLogs(): AccessLogBucket {
    const { prefix, logs, safety } = this.plan;
    return new AccessLogBucket(
      `${prefix}-access-logs-${this.code}`,
      {
        region: this.name,
        accountId: this.clients.ownerId,
        retentionDays: logs.retentionDays,
        keep: safety.protectStores,
        tags: this.tags,
      },
      this.options,
    );
  }

  /** Only home's balancers were protected; those of further regions go at once. */
  private restBalancers(): void {
    for (const service of this.plan.services) {
      new RestingBalancer(
        `${this.plan.prefix}-${service.name}-${this.code}`,
        {
          region: this.name,
          vpcId: this.network.vpcId,
          publicSubnetIds: this.network.publicSubnetIds,
          idleTimeoutSeconds: service.idleTimeoutSeconds,
          accessLogs: this.accessLogs,
          tags: { ...this.tags, RegionRole: 'left' },
        },
        this.options,
      );
    }
  }
}

/** What runs services, by the plan's kind of compute. */
const hosts: Record<
  Compute,
  (plan: Plan, regionPlan: RegionPlan, region: AwsRegion, secrets: ConfigurationSecrets) => AwsHost
> = {
  instances: (plan, _, region) => new InstancesHost(plan, region),
  kubernetes: (plan, regionPlan, region, secrets) => new EksHost(plan, regionPlan, region, secrets),
};
