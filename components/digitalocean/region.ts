import * as digitalocean from '@pulumi/digitalocean';
import type * as pulumi from '@pulumi/pulumi';
import type { BrokerPlan, CachePlan, Plan, RegionPlan } from '../../plan/types';
import type { Compute } from '../../plan/vocabulary';
import { nameOf } from '../naming';
import type {
  Broker,
  Cache,
  ConfigurationSecrets,
  Connection,
  ObjectStore,
  Region,
  SecretReference,
} from '../platform';
import { MonitorAlerts } from './alerts/monitor-alerts';
import { databaseAlerts, plannedFor, type DatabaseKind } from './alerts/database-shapes';
import { canHaveStandby, ValkeyCluster } from './database/valkey';
import type { Certificates } from './dns/certificates';
import { DoksHost } from './doks/host';
import type { DigitalOceanHost, TrustedSource } from './host';
import { InstancesHost } from './instances-host';
import { Network } from './network/network';
import { StoreAccess } from './object-store/access';
import { tagList } from './tags';

/** What the regions of a platform share. */
export interface Shared {
  options: pulumi.ComponentResourceOptions;
  projectId: pulumi.Output<string>;
  certificates: Certificates;
  /** Keeps a secret where the services of every region may read it. */
  keep(name: string, value: pulumi.Input<string>): SecretReference;
  /** SSH keys of droplets: the user's own, or one that opens nothing. */
  sshKeys(): pulumi.Input<string>[];
  /** Puts what has a URN into the project. */
  assign(name: string, urn: pulumi.Input<string>): void;
}

/** One DigitalOcean region of a plan: a network, and what is made inside it. */
export class DigitalOceanRegion implements Region {
  readonly name: string;
  readonly code: string;
  readonly home: boolean;
  readonly serves: boolean;
  readonly network: Network;
  /** Worn by whatever runs services, and by nothing else: stores let it in. */
  readonly clients: digitalocean.Tag;
  readonly tags: string[];
  readonly options: pulumi.ComponentResourceOptions;
  /** To the home region; undefined there. */
  peering?: digitalocean.VpcPeering;
  private serving?: DigitalOceanHost;

  constructor(
    private readonly plan: Plan,
    private readonly regionPlan: RegionPlan,
    readonly shared: Shared,
    private readonly secrets: ConfigurationSecrets,
  ) {
    const { prefix, safety, compute } = plan;
    this.name = regionPlan.name;
    this.code = regionPlan.code;
    this.home = regionPlan.home;
    this.serves = regionPlan.serves;
    this.options = shared.options;
    this.tags = tagList({ ...plan.tags, RegionRole: regionPlan.home ? 'home' : 'further' });
    this.network = new Network(
      `${prefix}-network-${this.code}`,
      {
        region: this.name,
        cidr: regionPlan.cidr,
        // Droplets have no public address; a cluster's nodes bring their own way out.
        natGateway: this.serves && compute === 'instances',
        protect: safety.protectStores,
      },
      this.options,
    );
    this.clients = new digitalocean.Tag(
      nameOf('digitalocean', prefix, 'clients', this.code),
      {},
      { parent: this.network },
    );
  }

  /**
   * What must be there before droplets and nodes are: one that starts before there is a way out cannot fetch its image, and
   * one that is older than a peering has no route to the network behind it.
   */
  get ways(): pulumi.Resource[] {
    return [this.network.natGateway, this.peering].flatMap((way) => way ?? []);
  }

  cache(plan: CachePlan): Cache {
    const standby = plan.replicasPerShard > 0 && canHaveStandby(plan.nodeType);
    return { connection: this.valkey('cache', { ...plan, standby }) };
  }

  broker(plan: BrokerPlan): Broker {
    const standby = plan.replicas > 0 && canHaveStandby(plan.nodeType);
    return { plan, connection: this.valkey('broker', { ...plan, standby, evictionPolicy: 'noeviction' }) };
  }

  host(): DigitalOceanHost {
    return (this.serving ??= hosts[this.plan.compute](this.plan, this.regionPlan, this, this.secrets));
  }

  /** What runs services here, for stores in the same network. */
  ownSources(): TrustedSource[] {
    const tag: TrustedSource = { type: 'tag', value: this.clients.name };
    return this.serves ? [tag, ...this.host().trustedSources] : [tag];
  }

  /** The same for stores in another region's network, which know it by its ranges: it comes through the peering. */
  sourcesFromAfar(): TrustedSource[] {
    if (!this.serves) return [];
    return [this.network.cidr, ...this.host().podRanges].map((value) => ({ type: 'ip_addr', value }));
  }

  /** The keys that a service or worker opens its buckets with, by the variables that S3's clients read them from. */
  storeAccess(user: { name: string }, stores: ObjectStore[]): Record<string, SecretReference> {
    if (stores.length === 0) return {};
    const part = `${user.name}-spaces-${this.code}`;
    const buckets = Object.fromEntries(stores.map(({ name, bucket }) => [name, bucket]));
    const access = new StoreAccess(`${this.plan.prefix}-${part}`, { buckets }, this.options);
    return {
      AWS_ACCESS_KEY_ID: this.shared.keep(`${part}-id`, access.accessKey),
      AWS_SECRET_ACCESS_KEY: this.shared.keep(`${part}-secret`, access.secretKey),
    };
  }

  /** With what the plan watches of it, and the usual for the rest. */
  watchDatabase(name: string, clusterId: pulumi.Input<string>, kind: DatabaseKind = 'documents'): void {
    const { alerts, alertEmails: emails } = this.plan;
    if (emails.length === 0) return;
    const args = { alerts: databaseAlerts(name, plannedFor(kind, alerts)), entities: [clusterId], emails };
    new MonitorAlerts(`${name}-alerts`, args, this.options);
  }

  private valkey(
    part: 'cache' | 'broker',
    plan: Pick<CachePlan, 'engineVersion' | 'nodeType' | 'evictionPolicy'> & { standby: boolean },
  ): Connection {
    const { prefix, safety } = this.plan;
    const name = `${prefix}-${part}-${this.code}`;
    const store = new ValkeyCluster(
      name,
      {
        region: this.name,
        vpcId: this.network.vpcId,
        version: plan.engineVersion,
        size: plan.nodeType,
        standby: plan.standby,
        evictionPolicy: plan.evictionPolicy,
        trustedSources: this.ownSources(),
        protect: safety.protectStores,
        tags: this.tags,
      },
      this.options,
    );
    this.shared.assign(name, store.cluster.clusterUrn);
    this.watchDatabase(name, store.cluster.id, 'valkey');
    return { host: store.host, port: store.port, secret: this.shared.keep(`${part}-url-${this.code}`, store.url) };
  }
}

/** What runs services, by the plan's kind of compute. */
const hosts: Record<
  Compute,
  (plan: Plan, regionPlan: RegionPlan, region: DigitalOceanRegion, secrets: ConfigurationSecrets) => DigitalOceanHost
> = {
  instances: (plan, _regionPlan, region, secrets) => new InstancesHost(plan, region, secrets),
  kubernetes: (plan, regionPlan, region, secrets) => new DoksHost(plan, regionPlan, region, secrets),
};
