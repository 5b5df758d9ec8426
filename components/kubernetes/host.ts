import * as pulumi from '@pulumi/pulumi';
import { edge } from '../../plan/nodes/workloads';
import type {
  AlertPlan,
  DocumentDatabasePlan,
  PanelPlan,
  Plan,
  RegionPlan,
  ScheduledSqlPlan,
  ServicePlan,
  WorkerPlan,
} from '../../plan/types';
import { indexScript } from '../atlas/indexes/script';
import { lockedSql } from '../instances/scheduled-sql';
import { nameOf } from '../naming';
import type {
  Alerts,
  ConfigurationSecrets,
  Connection,
  IndexJob,
  RelationalDatabase,
  ServiceHost,
  Wiring,
} from '../platform';
import { IndexRun } from './index-job/index-run';
import { Edge } from './edge/edge';
import { type Identity, selectorOf } from './labels';
import { parts } from './metrics/names';
import { openQueueExporter, openScalingMetrics } from './metrics/open';
import { metricPrefix } from './monitoring/metrics';
import { Monitoring } from './monitoring/monitoring';
import { openStoreMonitoring } from './monitoring/open';
import { ClusterNamespace } from './namespace/namespace';
import { scheduleNameOf, serviceAccountOf } from './names';
import { openOffHours } from './off-hours/open';
import { Poolers } from './pooler/poolers';
import { ScheduledSql } from './scheduled-sql/scheduled-sql';
import type { BalancerAddress, ClusterSurroundings } from './surroundings';
import { whileImporting } from './unawaited';
import { Worker } from './worker/worker';
import { Workload } from './workload/workload';

/** What one service has become on the cluster. */
interface Served {
  plan: ServicePlan;
  wiring: Wiring;
  workload: Workload;
  edge: Edge;
}

export { serviceAccountOf };

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
  private readonly poolers: Poolers;
  /** Whether external metrics are measured and served here. */
  private readonly measures: boolean;
  /** Whether the depth of queues is told already: workers share a broker. */
  private countsQueues = false;

  constructor(
    private readonly plan: Plan,
    region: RegionPlan,
    secrets: ConfigurationSecrets,
    private readonly around: ClusterSurroundings,
  ) {
    this.options = { providers: [around.provider], dependsOn: around.ready };
    this.namespace = around.namespace ?? openNamespace(plan, region, around.name, secrets, {}, this.options);
    const place = { name: around.name, namespace: this.namespace.name };
    this.poolers = new Poolers(plan, place, this.options);
    this.measures = openScalingMetrics(plan, place, this.options);
    openOffHours(plan, place, this.options);
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
        secrets: this.secretsOf(wiring),
        edgeName,
        monitored: monitoring,
        measuredBy: this.measures && service.scalingRules ? selectorOf(this.identityOf(parts.prometheus)) : undefined,
        ports: this.portsOf(wiring),
        credentialEndpoints: this.credentialsFor(wiring),
        authorities: around.authorities,
      },
      whileImporting(plan, options),
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

  worker(worker: WorkerPlan, wiring: Wiring): void {
    const { around, plan, namespace, options } = this;
    new Worker(
      `${around.name}-${worker.name}`,
      {
        ...worker,
        identity: this.identityOf(serviceAccountOf(worker.name)),
        namespace: namespace.name,
        pullSecretName: namespace.pullSecretName,
        queue: worker.queue.name,
        environment: { ...worker.environment, ...around.environment, ...wiring.environment },
        secrets: this.secretsOf(wiring),
        ports: this.portsOf(wiring),
        credentialEndpoints: this.credentialsFor(wiring),
        authorities: around.authorities,
      },
      whileImporting(plan, options),
    );
    if (!wiring.broker || this.countsQueues) return;
    this.countsQueues = true;
    const { name, authorities } = around;
    openQueueExporter(plan, { name, namespace: namespace.name, authorities }, wiring.broker, options);
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
          system: metricPrefix(plan.system),
          title: plan.title,
          identity: workload.identity,
          namespace: namespace.name,
          limits: service.pod.limits,
          alerts: alerts.filter((alert) =>
            'service' in alert ? alert.service === service.name : variable && alert.kind === 'database-down',
          ),
          panels: dashboard.filter((panel) => 'service' in panel && panel.service === service.name),
          databaseUrl: variable === undefined ? undefined : wiring.secrets[variable]?.value(),
          ports: wiring.ports,
          authorities: around.authorities,
        },
        options,
      );
    }
    this.watchStores(alerts, dashboard);
    return {};
  }

  scheduledSql(plan: ScheduledSqlPlan, { primary }: RelationalDatabase): void {
    const { around, namespace, options } = this;
    new ScheduledSql(
      `${around.name}-${plan.name}`,
      {
        identity: this.identityOf(scheduleNameOf(plan.name)),
        namespace: namespace.name,
        schedule: plan.schedule,
        // What runs twice at once, by hand or for a late start, waits for the first and finds nothing left to do.
        sql: lockedSql(plan),
        url: primary.secret.value(),
        port: primary.port,
        authorities: around.authorities,
      },
      options,
    );
  }

  /** Alerts and panels that are of no service. That the document database is there is asked beside its service. */
  private watchStores(alerts: AlertPlan[], dashboard: PanelPlan[]): void {
    const { around, plan, namespace, options } = this;
    const users = [...this.served.values()].filter(({ plan: { connections } }) => connections.cache !== undefined);
    const variable = users[0]?.plan.connections.cache;
    openStoreMonitoring(
      plan,
      {
        alerts: alerts.filter(
          (alert) => !('service' in alert) && !(plan.documentDatabase && alert.kind === 'database-down'),
        ),
        panels: dashboard.filter((panel) => !('service' in panel)),
        cacheUrl: variable === undefined ? undefined : users[0]?.wiring.secrets[variable],
        ports: users[0]?.wiring.ports ?? [],
      },
      { ...around, namespace: namespace.name },
      options,
    );
  }

  /** Secret variables of a service or worker: those of its stores, and the poolers' URLs where poolers stand before them. */
  private secretsOf({ secrets, pooled }: Wiring): Record<string, pulumi.Output<string>> {
    const own = Object.entries(secrets).map(([key, secret]) => [key, secret.value()]);
    return { ...Object.fromEntries(own), ...this.poolers.urls(pooled) };
  }

  /** Ports that a service or worker connects to. */
  private portsOf({ ports, pooled }: Wiring): number[] {
    return [...ports, ...pooled.map(({ pooler }) => pooler.port), ...(this.around.ports ?? [])];
  }

  /** Only what uses object stores of the cloud's own fetches credentials. */
  private credentialsFor({ stores }: Wiring): ClusterSurroundings['credentialEndpoints'] {
    return stores.some((store) => store.endpoint === undefined) ? this.around.credentialEndpoints : undefined;
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
