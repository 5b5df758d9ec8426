import * as k8s from '@pulumi/kubernetes';
import * as pulumi from '@pulumi/pulumi';
import type { AlertPlan, PanelPlan, PodSize } from '../../../plan/types';
import { type Fault, must, noTwice, refuseFaults } from '../../faults';
import { nameOf } from '../../naming';
import { type Identity, metadataOf, selectorOf } from '../labels';
import type { Authority } from '../surroundings';
import { dashboard } from './dashboard';
import { dashboardMap } from './dashboard-map';
import { DatabaseExporter } from './exporter';
import type { Watched } from './metrics';
import { alertRules } from './rules';

export interface MonitoringArgs {
  /** Begins the names of the service's metrics, e.g. `pulse` of `pulse_http_requests_total`. */
  system: string;
  /** Of the dashboard, with the service's name behind it. */
  title: string;
  /** The watched service. */
  identity: Identity;
  namespace: pulumi.Input<string>;
  /** The most that one of its pods may take. */
  limits: PodSize;
  /** Alerts of this service, and of its database. */
  alerts: AlertPlan[];
  panels: PanelPlan[];
  /** URL of the document database, for the exporter that an alert about it needs. Default: no such alert. */
  databaseUrl?: pulumi.Input<string>;
  /** Ports that the database may answer on. */
  ports: number[];
  /** Certificate authorities of stores inside the cluster. Default: none. */
  authorities?: Record<string, Authority>;
}

/**
 * What Prometheus and Grafana need to watch a service: a ServiceMonitor, a PrometheusRule with its alerts, a dashboard
 * as a ConfigMap that Grafana's sidecar finds by its label, and an exporter that asks the database. The Prometheus
 * operator's kinds must be on the cluster, and its Prometheus must look into this namespace for them (in
 * kube-prometheus-stack `serviceMonitorSelectorNilUsesHelmValues: false`, and the same for rules). Who is told of an alert
 * is Alertmanager's to say.
 *
 * Cost: none beyond the exporter's.
 *
 * ```ts
 * new Monitoring('pulse-prod-api-monitoring', {
 *   system: 'pulse', title: 'Pulse Control Plane', identity: api.identity, namespace: namespace.name, limits: pod.limits,
 *   alerts: plan.alerts, panels: plan.dashboard, databaseUrl: database.url, ports: [27017],
 * });
 * ```
 */
export class Monitoring extends pulumi.ComponentResource {
  /** @throws Error that lists every fault of the arguments */
  constructor(name: string, args: MonitoringArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseFaults('Monitoring', name, faultsOf(args));
    super('stackladder:kubernetes:Monitoring', name, {}, opts);
    const metadata = metadataOf(args);
    this.scrape(name, args, metadata);
    this.rules(name, args, metadata);
    this.panels(name, args);
    if (args.databaseUrl !== undefined) this.exporter(name, args, args.databaseUrl);
    this.registerOutputs({});
  }

  private scrape(name: string, args: MonitoringArgs, metadata: object): void {
    new k8s.apiextensions.CustomResource(
      nameOf('kubernetes', name, 'scrape'),
      {
        apiVersion: 'monitoring.coreos.com/v1',
        kind: 'ServiceMonitor',
        metadata,
        spec: {
          selector: { matchLabels: selectorOf(args.identity) },
          endpoints: [{ port: 'http', path: '/metrics', interval: '15s' }],
        },
      },
      { parent: this },
    );
  }

  private rules(name: string, args: MonitoringArgs, metadata: object): void {
    new k8s.apiextensions.CustomResource(
      nameOf('kubernetes', name, 'rules'),
      {
        apiVersion: 'monitoring.coreos.com/v1',
        kind: 'PrometheusRule',
        metadata,
        spec: pulumi.output(args.namespace).apply((namespace) => alertRules(args.alerts, watched(args, namespace))),
      },
      { parent: this },
    );
  }

  private panels(name: string, args: MonitoringArgs): void {
    const json = pulumi
      .output(args.namespace)
      .apply((namespace) => dashboard(args.title, args.panels, watched(args, namespace)));
    dashboardMap(name, args, json, { parent: this });
  }

  private exporter(name: string, args: MonitoringArgs, url: pulumi.Input<string>): void {
    const { identity, namespace, ports, authorities } = args;
    new DatabaseExporter(
      `${name}-mongodb`,
      {
        identity: { ...identity, name: nameOf('kubernetes', identity.name, 'mongodb') },
        namespace,
        url,
        ports,
        authorities,
      },
      { parent: this },
    );
  }
}

function watched({ system, identity, limits }: MonitoringArgs, namespace: string): Watched {
  return { system, namespace, service: identity.name, limits };
}

function faultsOf(args: MonitoringArgs): Fault[] {
  return [
    must(/^[a-z][a-z0-9_]*$/.test(args.system), 'system', `"${args.system}" cannot begin the name of a metric`),
    ...args.alerts.map((alert, at) =>
      must(
        alert.kind !== 'database-down' || args.databaseUrl !== undefined,
        `alerts[${at}]`,
        `${alert.name} watches a database, and databaseUrl is not given`,
      ),
    ),
    ...noTwice(
      'alerts',
      args.alerts.map((alert) => alert.name),
    ),
  ];
}
