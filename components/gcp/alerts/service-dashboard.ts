import * as gcp from '@pulumi/gcp';
import * as pulumi from '@pulumi/pulumi';
import { must, noTwice, refuseFaults } from '../../faults';
import { nameOf } from '../../naming';
import { dashboardBody, type Panel } from './dashboard-body';
import type { Watched } from './panel-queries';

export type { Panel };

export interface ServiceDashboardArgs {
  /** Id of the project. */
  projectId: string;
  /** What is shown, three in a row. Titles are unique. */
  panels: Panel[];
  /** What they are over. */
  watched: pulumi.Input<Watched>;
}

/**
 * A dashboard of what the balancer sees of a service and the agent of its instances, and of the stack's stores, over all
 * regions.
 *
 * Cost: nothing.
 *
 * ```ts
 * const dashboard = new ServiceDashboard('pulse-prod-api', {
 *   projectId: 'example-project-123', watched: { backend: entry.backend.name, workload: 'pulse-prod-api', ... },
 *   panels: [{ title: 'Request Rate', kind: 'request-rate' }],
 * });
 * ```
 */
export class ServiceDashboard extends pulumi.ComponentResource {
  readonly dashboard: gcp.monitoring.Dashboard;
  /** Where to look at it, in the console. */
  readonly url: pulumi.Output<string>;

  /** @throws Error that lists every fault of the arguments */
  constructor(name: string, args: ServiceDashboardArgs, opts?: pulumi.ComponentResourceOptions) {
    const { projectId, panels } = args;
    refuseFaults('ServiceDashboard', name, [
      must(panels.length > 0, 'panels', 'a dashboard must show something'),
      ...noTwice(
        'panels',
        panels.map(({ title }) => title),
      ),
    ]);
    super('stackladder:gcp:ServiceDashboard', name, {}, opts);
    this.dashboard = new gcp.monitoring.Dashboard(
      nameOf('gcp', name),
      {
        dashboardJson: pulumi
          .output(args.watched)
          .apply((watched) => JSON.stringify(dashboardBody(name, watched, panels))),
      },
      { parent: this },
    );
    this.url = this.dashboard.id.apply(
      (id) =>
        `https://console.cloud.google.com/monitoring/dashboards/builder/${id.split('/').pop()}?project=${projectId}`,
    );
    this.registerOutputs({ url: this.url });
  }
}
