import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { must, noTwice, oneOf, refuseFaults } from '../../faults';
import { nameOf } from '../../naming';
import { dashboardBody, panelKinds, type Panel } from './dashboard-body';
import { sourcesOf } from './store-rows';
import type { WatchedStore } from './store-shapes';

export type { Panel };

export interface ServiceDashboardArgs {
  /** AWS region of the load balancer, e.g. `us-east-1`. */
  region: string;
  /** What is shown, three in a row. Titles are unique. */
  panels: Panel[];
  /** `app/name/id`, the end of the load balancer's ARN. */
  loadBalancerSuffix: pulumi.Input<string>;
  /** `targetgroup/name/id`, the end of the target group's ARN. */
  targetGroupSuffix: pulumi.Input<string>;
  /** Name of the service's scaling group. */
  groupName: pulumi.Input<string>;
  /** Stores of the region, for panels about them. Default: none. */
  stores?: WatchedStore[];
  /** Where queues are measured to. Default: no queues. */
  queueNamespace?: string;
}

/**
 * A CloudWatch dashboard of a service: what its load balancer sees, its instances, and the stores and queues around it. CloudWatch gives dashboards no generated names, so
 * it has the component's: two stacks in one account need names of their own.
 *
 * Cost: 3.00 USD a month; the first three dashboards of an account are free.
 *
 * ```ts
 * const dashboard = new ServiceDashboard('pulse-prod-api', {
 *   region: 'us-east-1', loadBalancerSuffix: api.loadBalancerSuffix, targetGroupSuffix: api.targetGroupSuffix,
 *   groupName: api.group.name, panels: [{ title: 'Request Rate', kind: 'request-rate' }],
 * });
 * ```
 */
export class ServiceDashboard extends pulumi.ComponentResource {
  readonly dashboard: aws.cloudwatch.Dashboard;
  /** Where to look at it, for who is signed in to the account. */
  readonly url: pulumi.Output<string>;

  /** @throws Error that lists every fault of the arguments */
  constructor(name: string, args: ServiceDashboardArgs, opts?: pulumi.ComponentResourceOptions) {
    const { region, panels } = args;
    const titles = panels.map((panel) => panel.title);
    refuseFaults('ServiceDashboard', name, [
      must(/^[a-z]{2}(-[a-z]+)+-\d+$/.test(region), 'region', `"${region}" is not a region of AWS`),
      must(panels.length > 0, 'panels', 'one panel is needed at least'),
      ...panels.map(({ kind }, at) => oneOf(`panels[${at}].kind`, kind, panelKinds)),
      ...noTwice('panels', titles),
    ]);
    super('stackladder:aws:ServiceDashboard', name, {}, opts);
    const dashboardName = nameOf('aws:cloudwatch/dashboard', name);
    this.dashboard = new aws.cloudwatch.Dashboard(
      dashboardName,
      {
        region,
        dashboardName,
        dashboardBody: pulumi
          .all([args.loadBalancerSuffix, args.targetGroupSuffix, args.groupName, sourcesOf(args.stores ?? [])])
          .apply(([loadBalancer, targetGroup, groupName, stores]) => {
            const { queueNamespace } = args;
            const sources = { loadBalancer, targetGroup, groupName, stores, queueNamespace };
            return JSON.stringify(dashboardBody(region, sources, panels));
          }),
      },
      { parent: this },
    );
    const console = `https://${region}.console.aws.amazon.com/cloudwatch/home?region=${region}`;
    this.url = pulumi.interpolate`${console}#dashboards/dashboard/${this.dashboard.dashboardName}`;
    this.registerOutputs({ url: this.url });
  }
}
