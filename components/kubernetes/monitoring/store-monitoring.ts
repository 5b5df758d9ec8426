import * as k8s from '@pulumi/kubernetes';
import * as pulumi from '@pulumi/pulumi';
import type { AlertPlan, PanelPlan } from '../../../plan/types';
import { must, noTwice, refuseFaults } from '../../faults';
import { nameOf } from '../../naming';
import { type Identity, labelsOf, metadataOf, selectorOf } from '../labels';
import { storeDashboard } from './dashboard';
import { dashboardMap } from './dashboard-map';
import { storeAlertRules } from './rules';
import type { WatchedStores } from './store-metrics';

export interface StoreMonitoringArgs {
  /** What rules and dashboard are called, and the stack that they belong to. */
  identity: Identity;
  namespace: pulumi.Input<string>;
  /** Of the dashboard. */
  title: string;
  /** Alerts of stores. Those of a store that cannot be seen from here are left out. */
  alerts: AlertPlan[];
  panels: PanelPlan[];
  /** What can be seen. Its namespace is that of the rules. */
  stores: WatchedStores;
}

/**
 * What Prometheus and Grafana need to watch the stores of a system: rules with their alerts, a dashboard, and a
 * ServiceMonitor for what measures queues. The Prometheus operator's kinds must be on the cluster.
 *
 * Cost: none.
 *
 * ```ts
 * new StoreMonitoring('sv-sdk-prod-stores-monitoring', {
 *   identity: { name: 'stores', instance: 'sv-sdk-prod' }, namespace: namespace.name, title: 'SV-SDK',
 *   alerts: plan.alerts, panels: plan.dashboard,
 *   stores: { system: 'sv_sdk', namespace: 'sv-sdk-prod', queues: { exporter: 'metrics-queues' } },
 * });
 * ```
 */
export class StoreMonitoring extends pulumi.ComponentResource {
  /** @throws Error that lists every fault of the arguments */
  constructor(name: string, args: StoreMonitoringArgs, opts?: pulumi.ComponentResourceOptions) {
    const { identity, namespace, stores, alerts, panels } = args;
    refuseFaults('StoreMonitoring', name, [
      must(/^[a-z][a-z0-9_]*$/.test(stores.system), 'stores.system', `"${stores.system}" cannot begin a name of rules`),
      ...noTwice(
        'alerts',
        alerts.map((alert) => alert.name),
      ),
    ]);
    super('stackladder:kubernetes:StoreMonitoring', name, {}, opts);
    const metadata = metadataOf({ identity, namespace });
    new k8s.apiextensions.CustomResource(
      nameOf('kubernetes', name, 'rules'),
      {
        apiVersion: 'monitoring.coreos.com/v1',
        kind: 'PrometheusRule',
        metadata,
        spec: storeAlertRules(alerts, stores),
      },
      { parent: this },
    );
    dashboardMap(name, args, storeDashboard(args.title, panels, stores), { parent: this });
    if (stores.queues) this.scrapeQueues(name, args, stores.queues.exporter);
    this.registerOutputs({});
  }

  private scrapeQueues(name: string, { identity, namespace }: StoreMonitoringArgs, exporter: string): void {
    const own = { ...identity, name: exporter };
    new k8s.apiextensions.CustomResource(
      nameOf('kubernetes', name, 'queues'),
      {
        apiVersion: 'monitoring.coreos.com/v1',
        kind: 'ServiceMonitor',
        metadata: { name: exporter, namespace, labels: labelsOf(own) },
        spec: {
          selector: { matchLabels: selectorOf(own) },
          endpoints: [{ port: 'main', interval: '15s' }],
        },
      },
      { parent: this },
    );
  }
}
