import type * as pulumi from '@pulumi/pulumi';
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
import type { Environment } from '../../../plan/vocabulary';
import { plannedIssuer, type Issuer } from '../../kubernetes/cluster-addons/cert-manager';
import { withIssuer } from '../../kubernetes/cluster-addons/issuing';
import { equipCluster } from '../../kubernetes/cluster-addons/providers';
import { KubernetesHost } from '../../kubernetes/host';
import type { EdgeSurroundings } from '../../kubernetes/surroundings';
import type { Alerts, ConfigurationSecrets, Connection, IndexJob, RelationalDatabase, Wiring } from '../../platform';
import { balancerNodes } from '../balancer-nodes';
import type { DigitalOceanHost, EntryTarget, TrustedSource } from '../host';
import type { DigitalOceanRegion } from '../region';
import { DoksCluster } from './cluster';

/** Where the loss of the control plane for some minutes is worth 40 USD a month: services run on, but nothing scales. */
const highlyAvailable: Record<Environment, boolean> = { dev: false, staging: false, prod: true };

/** Services of a region as pods on DOKS, behind an nginx edge and a balancer of DigitalOcean's. Stores stay beside it. */
export class DoksHost implements DigitalOceanHost {
  readonly trustedSources: TrustedSource[];
  readonly podRanges: pulumi.Input<string>[];
  private readonly cluster: DoksCluster;
  private readonly pods: KubernetesHost;

  constructor(
    private readonly plan: Plan,
    regionPlan: RegionPlan,
    private readonly region: DigitalOceanRegion,
    secrets: ConfigurationSecrets,
  ) {
    const name = `${plan.prefix}-doks-${region.code}`;
    this.cluster = this.openCluster(name);
    this.trustedSources = [{ type: 'k8s', value: this.cluster.cluster.id }];
    this.podRanges = [this.cluster.cluster.clusterSubnet];
    const issuer = issuerOf(plan, secrets);
    const { provider, addOns } = equipCluster(
      name,
      { kubeconfig: this.cluster.kubeconfig, clusterIdentifier: this.cluster.cluster.id },
      // A default class of volumes is DOKS's own.
      { issuer, metricsServer: true, monitoring: plan.accounts.kubernetes.monitoring },
      { parent: this.cluster, ready: [this.cluster.cluster] },
    );
    this.pods = new KubernetesHost(withIssuer(plan, issuer), regionPlan, secrets, {
      name,
      provider,
      ready: addOns.ready,
      edge: this.balancer(),
      environment: {},
    });
  }

  loadBalancedService(service: ServicePlan, wiring: Wiring): void {
    this.pods.loadBalancedService(service, this.withKeys(service, wiring));
  }

  worker(worker: WorkerPlan, wiring: Wiring): void {
    this.pods.worker(worker, this.withKeys(worker, wiring));
  }

  scheduledSql(plan: ScheduledSqlPlan, database: RelationalDatabase): void {
    this.pods.scheduledSql(plan, database);
  }

  entryTarget(service: ServicePlan): EntryTarget {
    return { address: this.pods.edgeAddress(service).apply(({ ip }) => ip ?? '') };
  }

  indexJob(database: DocumentDatabasePlan, connection: Connection, service: ServicePlan): IndexJob {
    return this.pods.indexJob(database, connection, service);
  }

  alerts(alerts: AlertPlan[], dashboard: PanelPlan[]): Alerts {
    return this.pods.alerts(alerts, dashboard);
  }

  /** DigitalOcean's object store knows keys alone. */
  private withKeys(user: ServicePlan | WorkerPlan, wiring: Wiring): Wiring {
    const keys = this.region.storeAccess(user, wiring.stores);
    return { ...wiring, secrets: { ...wiring.secrets, ...keys } };
  }

  private openCluster(name: string): DoksCluster {
    const { plan, region } = this;
    const { cluster, accounts, environment } = plan;
    if (!cluster) throw new Error(`${plan.prefix} is planned without a cluster`);
    const { machine, min, max } = cluster.nodes;
    const made = new DoksCluster(
      name,
      {
        region: region.name,
        vpcId: region.network.vpcId,
        version: cluster.version,
        highAvailability: highlyAvailable[environment],
        controlPlaneCidrs: accounts.digitalocean.controlPlaneCidrs,
        nodes: { size: machine, min, max, tags: [region.clients.name] },
        tags: region.tags,
      },
      { ...region.options, dependsOn: region.ways },
    );
    region.shared.assign(name, made.cluster.clusterUrn);
    return made;
  }

  /**
   * It passes TCP on, for the edge to speak TLS, and tells the client's address by the PROXY protocol, which a network
   * balancer, the default from 1.33 on, does not speak. It has no name of ours: the controller of a new cluster takes over
   * any balancer of the account that has the name, the old cluster's too.
   */
  private balancer(): EdgeSurroundings {
    const annotation = (key: string): string => `service.beta.kubernetes.io/do-loadbalancer-${key}`;
    const annotations: Record<string, pulumi.Input<string>> = {
      [annotation('type')]: 'REGIONAL',
      [annotation('size-unit')]: String(balancerNodes[this.plan.environment]),
      [annotation('protocol')]: 'tcp',
      [annotation('enable-proxy-protocol')]: 'true',
    };
    return { annotations, proxyProtocol: true, trustedProxies: [this.region.network.cidr] };
  }
}

/** Undefined without a token that may write the domain's records: the user then puts an issuer or a certificate there. */
function issuerOf(plan: Plan, secrets: ConfigurationSecrets): Issuer | undefined {
  const solver = plan.given.dnsToken ? { digitalocean: { token: secrets.single('dnsToken') } } : undefined;
  return plannedIssuer(plan, solver);
}
