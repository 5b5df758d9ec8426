import * as gcp from '@pulumi/gcp';
import * as pulumi from '@pulumi/pulumi';
import type {
  AlertPlan,
  DocumentDatabasePlan,
  PanelPlan,
  Plan,
  RegionPlan,
  ScheduledSqlPlan,
  ServicePlan,
  WorkerPlan,
} from '../../../plan/types';
import { certManagerAccount, plannedIssuer, type Issuer } from '../../kubernetes/cluster-addons/cert-manager';
import { withIssuer } from '../../kubernetes/cluster-addons/issuing';
import { equipCluster, type EquippedCluster } from '../../kubernetes/cluster-addons/providers';
import { keepAuthority, letOutToStores } from '../../kubernetes/cluster-addons/store-access';
import { AUTHORITIES } from '../../kubernetes/authorities';
import { KubernetesHost, namespaceOf, openNamespace, serviceAccountOf } from '../../kubernetes/host';
import type { ClusterNamespace } from '../../kubernetes/namespace/namespace';
import type { Authority } from '../../kubernetes/surroundings';
import { nameOf } from '../../naming';
import type {
  Alerts,
  ConfigurationSecrets,
  Connection,
  IndexJob,
  RelationalDatabase,
  ServiceHost,
  Wiring,
} from '../../platform';
import { rangesOf } from '../network/ranges';
import { clusterRanges, type RegionalNetwork } from '../network/regional-network';
import { ServiceIdentity } from '../service-identity/service-identity';
import { GkeCluster } from './cluster';
import { PodIdentity } from './pod-identity';

/** GiB of a node's disk: the system's and the services' images, with their logs. */
const NODE_DISK = 50;

/** Where pods fetch the credentials of workload identity, on Dataplane V2: the node's own metadata server. */
const metadataServer = { cidr: '169.254.169.254/32', port: 80 };

/** What a cluster has to know of the region that it stands in. */
export interface GkePlace {
  /** E.g. `us-central1`. */
  name: string;
  /** E.g. `usc1`. */
  code: string;
  zones: string[];
  /** Id of the network that the region's part belongs to. */
  networkId: pulumi.Input<string>;
  network: RegionalNetwork;
  projectId: string;
  projectNumber: pulumi.Input<string>;
  labels: Record<string, string>;
  /** Certificates (PEM) that clients of the region's cache must trust. Default: there is none. */
  authority?: pulumi.Input<string>;
  /** With the provider of the project. */
  options: pulumi.ComponentResourceOptions;
}

/** Services of a region as pods on GKE, behind an nginx edge and a network balancer. Stores stay beside it. */
export class GkeHost implements ServiceHost {
  private readonly cluster: GkeCluster;
  private readonly pods: KubernetesHost;
  private readonly reserved: gcp.compute.Address;
  private readonly namespace: ClusterNamespace;
  private readonly onCluster: pulumi.CustomResourceOptions;
  private readonly home: boolean;

  constructor(
    private readonly plan: Plan,
    regionPlan: RegionPlan,
    private readonly place: GkePlace,
    secrets: ConfigurationSecrets,
  ) {
    this.home = regionPlan.home;
    const name = `${plan.prefix}-gke-${place.code}`;
    const identity = this.nodeIdentity(`${plan.prefix}-nodes-${place.code}`);
    this.cluster = this.openCluster(name, identity);
    this.reserved = new gcp.compute.Address(
      nameOf('gcp:compute', name, 'edge'),
      { project: place.projectId, region: place.name, addressType: 'EXTERNAL', labels: place.labels },
      { parent: this.cluster },
    );
    const { provider, addOns } = this.equip(name);
    this.onCluster = { provider, dependsOn: addOns.ready };
    const options = { providers: [provider], dependsOn: addOns.ready };
    this.namespace = openNamespace(plan, regionPlan, name, secrets, {}, options);
    const stores = { namespace: this.namespace.name, cidrs: storeRanges(plan) };
    letOutToStores(name, plan, stores, this.onCluster);
    this.pods = new KubernetesHost(withIssuer(plan, this.issuer()), regionPlan, secrets, {
      name,
      provider,
      ready: addOns.ready,
      namespace: this.namespace,
      // A balancer that passes packets on as they are, so the edge sees the client's own address.
      edge: {
        annotations: { 'cloud.google.com/l4-rbs': 'enabled' },
        address: this.reserved.address,
        proxyProtocol: false,
        trustedProxies: [],
      },
      environment: {
        GOOGLE_CLOUD_PROJECT: place.projectId,
        // Beside the public authorities of the image, where there is one of our own.
        ...(place.authority !== undefined && {
          SSL_CERT_DIR: `/etc/ssl/certs:${AUTHORITIES}`,
          // Node.js asks no folder.
          NODE_EXTRA_CA_CERTS: `${AUTHORITIES}/cache.crt`,
        }),
      },
      credentialEndpoints: [metadataServer],
      authorities: this.authorities(name),
      cacheByIdentity: true,
    });
  }

  /** Public address of the region's edge, for a record of the service's name. */
  address(service: ServicePlan): pulumi.Output<string> {
    return this.pods.edgeAddress(service).apply(({ ip }) => ip ?? '');
  }

  /** @param caches Memorystore's names of the caches that the service uses, by a name that stays the same */
  loadBalancedService(service: ServicePlan, wiring: Wiring, caches: Caches = {}): void {
    this.letUse(service.name, wiring, caches);
    this.pods.loadBalancedService(service, wiring);
  }

  /** @param caches as of a service */
  worker(worker: WorkerPlan, wiring: Wiring, caches: Caches = {}): void {
    this.letUse(worker.name, wiring, caches);
    this.pods.worker(worker, wiring);
  }

  scheduledSql(plan: ScheduledSqlPlan, database: RelationalDatabase): void {
    this.pods.scheduledSql(plan, database);
  }

  indexJob(database: DocumentDatabasePlan, connection: Connection, service: ServicePlan): IndexJob {
    return this.pods.indexJob(database, connection, service);
  }

  alerts(alerts: AlertPlan[], dashboard: PanelPlan[]): Alerts {
    return this.pods.alerts(alerts, dashboard);
  }

  /** What pods of a service or worker may do: use buckets and caches. */
  private letUse(of: string, wiring: Wiring, caches: Caches): void {
    const account = { namespace: namespaceOf(this.plan), serviceAccount: serviceAccountOf(of) };
    const pods = this.identityOf(`${this.plan.prefix}-${of}-pods-${this.place.code}`, account);
    // To Google the pods of an account are the same on every cluster of the project: home's grants are for all.
    if (this.home) for (const store of wiring.stores) pods.useBucket(store.name, store.bucket);
    for (const [key, cache] of Object.entries(caches)) pods.connect(key, cache, this.place.projectId);
  }

  /** What the nodes may do: run, write logs and metrics, and fetch the services' images. They start with all of it. */
  private nodeIdentity(name: string): Pick<ServiceIdentity, 'email' | 'grants'> {
    const { projectId: project, options } = this.place;
    const images = [...this.plan.services, ...this.plan.workers].map(({ image }) => image);
    const identity = new ServiceIdentity(
      name,
      { projectId: project, displayName: `Nodes of ${this.plan.title}`.slice(0, 100), images },
      options,
    );
    const role = 'roles/container.defaultNodeServiceAccount';
    const member = pulumi.interpolate`serviceAccount:${identity.email}`;
    const node = new gcp.projects.IAMMember(
      nameOf('gcp', name, 'node'),
      { project, role, member },
      { parent: identity },
    );
    return { email: identity.email, grants: [...identity.grants, node] };
  }

  private openCluster(name: string, identity: Pick<ServiceIdentity, 'email' | 'grants'>): GkeCluster {
    const { plan, place } = this;
    const { cluster, accounts } = plan;
    if (!cluster) throw new Error(`${plan.prefix} is planned without a cluster`);
    const { machine, min, max } = cluster.nodes;
    // GKE lets in nobody but the nodes' own subnet of its own accord: not a runner elsewhere in the network.
    const ranges = plan.regions.map(({ cidr }) => cidr);
    return new GkeCluster(
      name,
      {
        projectId: place.projectId,
        region: place.name,
        zones: place.zones,
        network: place.networkId,
        subnetwork: place.network.subnet.id,
        ranges: clusterRanges,
        version: cluster.version,
        controlPlaneCidrs: [...new Set([...ranges, ...accounts.gcp.controlPlaneCidrs])],
        nodes: { machine, min, max, diskGb: NODE_DISK, serviceAccount: identity.email },
        labels: place.labels,
      },
      { ...place.options, dependsOn: [...place.network.internetAccess, ...identity.grants] },
    );
  }

  private equip(name: string): EquippedCluster {
    const { cluster, plan, place } = this;
    const issuer = this.issuer();
    const { dnsZone } = plan.accounts.gcp;
    const certs = this.identityOf(`${name}-certs`, certManagerAccount);
    const proof = issuer && dnsZone && this.home ? [certs.proveDomain(dnsZone, place.projectId)] : [];
    return equipCluster(
      name,
      { kubeconfig: cluster.kubeconfig, clusterIdentifier: cluster.cluster.id },
      // Metrics and a default class of volumes are GKE's own.
      { issuer, metricsServer: false, monitoring: plan.accounts.kubernetes.monitoring },
      { parent: cluster, ready: [cluster.nodes, ...proof] },
    );
  }

  private authorities(name: string): Record<string, Authority> | undefined {
    const { authority: pem } = this.place;
    if (pem === undefined) return undefined;
    const args = {
      identity: { name: 'cache-authority', instance: this.plan.prefix },
      namespace: this.namespace.name,
      pem,
    };
    return { cache: keepAuthority(`${name}-cache-authority`, args, this.onCluster) };
  }

  private identityOf(name: string, account: { namespace: string; serviceAccount: string }): PodIdentity {
    const { projectId: id, projectNumber: number } = this.place;
    // The pool that identities come from is there when the cluster is.
    return new PodIdentity(name, { id, number }, account, { parent: this.cluster, dependsOn: [this.cluster.cluster] });
  }

  private issuer(): Issuer | undefined {
    const { dnsZone: hostedZoneName } = this.plan.accounts.gcp;
    const solver = hostedZoneName ? { cloudDNS: { project: this.place.projectId, hostedZoneName } } : undefined;
    return plannedIssuer(this.plan, solver);
  }
}

/** Memorystore's names of caches, by a name that stays the same. */
type Caches = Record<string, pulumi.Input<string>>;

/** Where stores have their addresses: the data subnets, and at home the range of what Google gives one, as Cloud SQL. */
function storeRanges({ regions, relationalDatabase, broker }: Plan): string[] {
  const data = regions.map(({ cidr }) => rangesOf(cidr).data);
  const given = relationalDatabase || broker ? [rangesOf(regions[0]!.cidr).managed] : [];
  return [...data, ...given];
}
