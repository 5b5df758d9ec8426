import type * as gcp from '@pulumi/gcp';
import * as pulumi from '@pulumi/pulumi';
import type { BrokerPlan, CachePlan, RegionPlan, ServicePlan, WorkConnections } from '../../plan/types';
import type { Compute } from '../../plan/vocabulary';
import type { Broker, Cache, ConfigurationSecrets, Region, ServiceHost, Wiring } from '../platform';
import { gigabytesOf } from './broker/arguments';
import { brokerPort, RedisBroker } from './broker/redis-broker';
import { ClusterHost } from './cluster-host';
import { cachePort, ValkeyCache } from './cache/valkey-cache';
import { InstancesHost } from './instances-host';
import { RegionalNetwork } from './network/regional-network';
import { ownSecret } from './secrets/reference';
import type { ServiceIdentityArgs } from './service-identity/service-identity';
import type { GcpStack } from './stack';

/** Hours between two copies of a broker on disk: as often as Memorystore does it, for what waits is nowhere else. */
const SNAPSHOT_HOURS = 1;

/** What runs services on Google Cloud also says how clients are led to them. */
export interface GcpHost extends ServiceHost {
  /** Where this region answers for a service. */
  reach(service: ServicePlan): ServiceReach;
}

/** An instance group for the global balancer, or an address that an edge of its own answers at. */
export type ServiceReach =
  { kind: 'group'; instanceGroup: pulumi.Output<string> } | { kind: 'address'; address: pulumi.Output<string> };

/** One region of a plan on Google Cloud: its part of the network, and what is made inside it. */
export class GcpRegion implements Region {
  readonly name: string;
  readonly code: string;
  readonly home: boolean;
  readonly zones: string[];
  readonly labels: Record<string, string>;
  readonly options: pulumi.ComponentResourceOptions;
  readonly regionalNetwork: RegionalNetwork;
  /** Undefined until something asks for it: a region that only keeps stores has none. */
  serving?: GcpHost;
  private readonly caches = new Map<string, ValkeyCache>();
  private ownBroker?: RedisBroker;

  constructor(
    readonly stack: GcpStack,
    readonly plan: RegionPlan,
    private readonly secrets: ConfigurationSecrets,
  ) {
    const { prefix, network } = stack.plan;
    this.name = plan.name;
    this.code = plan.code;
    this.home = plan.home;
    this.zones = plan.zones;
    this.options = stack.options;
    // As on every cloud: the policies are stricter at home.
    this.labels = { ...stack.labels, 'region-role': plan.home ? 'home' : 'further' };
    this.regionalNetwork = new RegionalNetwork(
      `${prefix}-network-${plan.code}`,
      {
        network: stack.network,
        region: plan.name,
        zones: plan.zones,
        cidr: plan.cidr,
        natGateways: network.natGateways,
        labels: this.labels,
      },
      this.options,
    );
  }

  cache(plan: CachePlan): Cache {
    const { prefix, safety } = this.stack.plan;
    const cache = new ValkeyCache(
      `${prefix}-cache-${this.code}`,
      {
        projectId: this.stack.projectId,
        region: this.name,
        network: this.stack.network,
        regionalNetwork: this.regionalNetwork,
        engineVersion: plan.engineVersion,
        nodeType: plan.nodeType,
        shards: plan.shards,
        replicasPerShard: plan.replicasPerShard,
        evictionPolicy: plan.evictionPolicy,
        snapshotRetentionDays: plan.snapshotRetentionDays,
        deletionProtection: safety.deletionProtection,
        recoveryDays: safety.secretRecoveryDays,
        protect: safety.protectStores,
        labels: this.labels,
      },
      this.options,
    );
    this.caches.set('cache', cache);
    const connection = { host: cache.host, port: cachePort, secret: ownSecret(cache.secret) };
    // Of a cache that is there already a preview knows the URN, too.
    return { connection, shaped: cache.instance.urn };
  }

  broker(plan: BrokerPlan): Broker {
    const { prefix, safety } = this.stack.plan;
    const broker = new RedisBroker(
      `${prefix}-broker-${this.code}`,
      {
        region: this.name,
        zones: this.zones,
        network: this.stack.network,
        privateServices: this.stack.privateServices,
        memoryGb: gigabytesOf(plan.nodeType),
        snapshotHours: SNAPSHOT_HOURS,
        deletionProtection: safety.deletionProtection,
        recoveryDays: safety.secretRecoveryDays,
        protect: safety.protectStores,
        labels: this.labels,
      },
      this.options,
    );
    this.ownBroker = broker;
    return { plan, connection: { host: broker.host, port: brokerPort, secret: ownSecret(broker.secret) } };
  }

  host(): GcpHost {
    return (this.serving ??= hosts[this.stack.plan.compute](this, this.secrets));
  }

  get provider(): gcp.Provider {
    return this.stack.provider;
  }

  /** Certificates (PEM) that clients of this region's cache and broker must trust; undefined where there is neither. */
  get authority(): pulumi.Output<string> | undefined {
    const stores = [...this.caches.values(), ...(this.ownBroker ? [this.ownBroker] : [])];
    if (stores.length === 0) return undefined;
    return pulumi.all(stores.map(({ authority }) => authority)).apply((texts) => texts.join(''));
  }

  get cacheOfRegion(): ValkeyCache | undefined {
    return this.caches.get('cache');
  }

  /** What a service or a worker trusts beside the public authorities: those of the stores that it uses. */
  authorityFor({ cache, broker }: WorkConnections): pulumi.Output<string> | undefined {
    return cache !== undefined || broker !== undefined ? this.authority : undefined;
  }

  /** What a service's account may do: its own secrets and buckets, and the region's cache where it uses one. */
  grantsOf(
    service: { connections: WorkConnections },
    wiring: Wiring,
  ): Required<Pick<ServiceIdentityArgs, 'secrets' | 'buckets' | 'caches'>> {
    const caches = service.connections.cache ? [...this.caches] : [];
    return {
      secrets: Object.fromEntries(Object.entries(wiring.secrets).map(([key, secret]) => [key, secret.id])),
      buckets: Object.fromEntries(wiring.stores.map((store) => [store.name, store.bucket])),
      caches: Object.fromEntries(caches.map(([key, cache]) => [key, cache.instance.name])),
    };
  }

  /** A service's wiring with what only Google Cloud adds: who signs URLs of private content, and with which key. */
  completed(wiring: Wiring): Wiring {
    const { signing, projectId } = this.stack;
    const environment = {
      GOOGLE_CLOUD_PROJECT: projectId,
      GOOGLE_CLOUD_REGION: this.name,
      ...wiring.environment,
    };
    if (!signing) return { ...wiring, environment };
    return {
      ...wiring,
      environment: { ...environment, CONTENT_SIGNING_KEY_NAME: signing.keyName },
      secrets: { ...wiring.secrets, CONTENT_SIGNING_KEY: ownSecret(signing.secret) },
    };
  }
}

/** What runs services, by the plan's kind of compute. */
const hosts: Record<Compute, (region: GcpRegion, secrets: ConfigurationSecrets) => GcpHost> = {
  instances: (region) => new InstancesHost(region),
  kubernetes: (region, secrets) => new ClusterHost(region, secrets),
};
