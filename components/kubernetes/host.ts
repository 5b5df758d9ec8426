import * as pulumi from '@pulumi/pulumi';
import { edge } from '../../plan/nodes/workloads';
import type { AlertPlan, DocumentDatabasePlan, PanelPlan, Plan, RegionPlan, ServicePlan } from '../../plan/types';
import { indexScript } from '../atlas/indexes/script';
import { nameOf } from '../naming';
import type { Alerts, ConfigurationSecrets, Connection, IndexJob, ServiceHost, Wiring } from '../platform';
import { IndexRun } from './index-job/index-run';
import { Edge } from './edge/edge';
import type { Identity } from './labels';
import { Monitoring } from './monitoring/monitoring';
import { ClusterNamespace } from './namespace/namespace';
import type { BalancerAddress, ClusterSurroundings } from './surroundings';
import { Workload } from './workload/workload';

/** What one service has become on the cluster. */
interface Served {
  plan: ServicePlan;
  wiring: Wiring;
  workload: Workload;
  edge: Edge;
}

/** The name of a service's ServiceAccount: what a cloud binds its own roles to, in the namespace of the plan. */
export function serviceAccountOf(service: string): string {
  return nameOf('kubernetes', service);
}

/** The namespace that a plan's cluster has, whether it is there yet or not. */
export function namespaceOf(plan: Plan): string {
  if (!plan.cluster) throw new Error(`${plan.prefix} is planned without a cluster`);
  return plan.cluster.namespace;
}

/** What a namespace is for. */
export interface NamespaceUse {
  /** Whether volumes of stores are inside. Default: none are. */
  keepsStores?: boolean;
  /** What controllers of the cloud look for on it. Default: nothing. */
  labels?: Record<string, string>;
}

/** A new namespace of a plan. */
export function openNamespace(
  plan: Plan,
  region: RegionPlan,
  name: string,
  secrets: ConfigurationSecrets,
  { keepsStores = false, labels }: NamespaceUse,
  opts: pulumi.ComponentResourceOptions,
): ClusterNamespace {
  return new ClusterNamespace(
    name,
    {
      name: namespaceOf(plan),
      loadBalancers: plan.services.length,
      registryCredentials: plan.given.registryCredentials ? secrets.single('registryCredentials') : undefined,
      protect: keepsStores && plan.safety.protectStores,
      labels,
      tags: { ...plan.tags, RegionRole: region.home ? 'home' : 'further' },
    },
    opts,
  );
}

/**
 * Services as pods behind an nginx edge, on any cluster: a plain one, EKS, GKE or DOKS. Translates the plan to the
 * arguments of components, and decides nothing; all that differs between clusters is in the surroundings.
 */
export class KubernetesHost implements ServiceHost {
  private readonly namespace: ClusterNamespace;
  private readonly options: pulumi.ComponentResourceOptions;
  private readonly served = new Map<string, Served>();

  constructor(
    private readonly plan: Plan,
    region: RegionPlan,
    secrets: ConfigurationSecrets,
    private readonly around: ClusterSurroundings,
  ) {
    this.options = { providers: [around.provider], dependsOn: around.ready };
    this.namespace = around.namespace ?? openNamespace(plan, region, around.name, secrets, {}, this.options);
  }

  loadBalancedService(service: ServicePlan, wiring: Wiring): void {
    const { around, plan, namespace, options } = this;
    const { monitoring } = plan.accounts.kubernetes;
    const edgeName = nameOf('kubernetes', service.name, 'edge');
    const workload = new Workload(
      `${around.name}-${service.name}`,
      {
        ...service,
        identity: this.identityOf(serviceAccountOf(service.name)),
        namespace: namespace.name,
        pullSecretName: namespace.pullSecretName,
        environment: { ...service.environment, ...around.environment, ...wiring.environment },
        secrets: Object.fromEntries(Object.entries(wiring.secrets).map(([key, secret]) => [key, secret.value()])),
        edgeName,
        monitored: monitoring,
        ports: [...wiring.ports, ...(around.ports ?? [])],
        credentialEndpoints: wiring.stores.some((store) => store.endpoint === undefined)
          ? around.credentialEndpoints
          : undefined,
        authorities: around.authorities,
      },
      options,
    );
    const balanced = new Edge(
      `${around.name}-${service.name}-edge`,
      {
        ...service,
        // nginx's own; the rest of what it treats is the service's.
        image: undefined,
        identity: this.identityOf(edgeName),
        namespace: namespace.name,
        domain: plan.domain.name,
        upstream: { identity: workload.identity, host: workload.host },
        capacity: edge.capacity,
        requests: edge.requests,
        certificateIssuer: plan.accounts.kubernetes.certificateIssuer,
        tlsSecretName: plan.accounts.kubernetes.tlsSecretName,
        balancer: around.edge,
      },
      options,
    );
    this.served.set(service.name, { plan: service, wiring, workload, edge: balanced });
  }

  /** Where the cloud's balancer in front of a service's edge is reached. Known when the balancer is. */
  edgeAddress(service: ServicePlan): pulumi.Output<BalancerAddress> {
    return this.find(service.name).edge.address;
  }

  indexJob(database: DocumentDatabasePlan, connection: Connection, service: ServicePlan): IndexJob {
    const { around, namespace, options } = this;
    return new IndexRun(
      `${around.name}-${database.name}-indexes`,
      {
        identity: this.identityOf(nameOf('kubernetes', database.name, 'indexes')),
        namespace: namespace.name,
        script: indexScript(database.name, database.indexes),
        url: connection.secret.value(),
        ports: [connection.port, ...this.find(service.name).wiring.ports],
        authorities: around.authorities,
      },
      options,
    );
  }

  alerts(alerts: AlertPlan[], dashboard: PanelPlan[]): Alerts {
    const { around, plan, namespace, options } = this;
    if (!plan.accounts.kubernetes.monitoring) return {};
    for (const { plan: service, wiring, workload } of this.served.values()) {
      const variable = service.connections.documentDatabase;
      new Monitoring(
        `${around.name}-${service.name}-monitoring`,
        {
          system: plan.system,
          title: plan.title,
          identity: workload.identity,
          namespace: namespace.name,
          alerts: alerts.filter((alert) =>
            'service' in alert ? alert.service === service.name : variable !== undefined,
          ),
          panels: dashboard.filter((panel) => panel.service === service.name),
          databaseUrl: variable === undefined ? undefined : wiring.secrets[variable]?.value(),
          ports: wiring.ports,
          authorities: around.authorities,
        },
        options,
      );
    }
    return {};
  }

  private identityOf(name: string): Identity {
    return { name, instance: this.plan.prefix, tags: this.plan.tags };
  }

  private find(service: string): Served {
    const served = this.served.get(service);
    if (!served) throw new Error(`${service} is not served on ${this.around.name}`);
    return served;
  }
}
