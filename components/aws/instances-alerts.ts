import * as pulumi from '@pulumi/pulumi';
import type { AlertPlan, PanelPlan, Plan } from '../../plan/types';
import { alarmsOf, severityOf } from '../alarms';
import type { Alerts } from '../platform';
import { AlertTopic } from './alerts/alert-topic';
import { QueueAlarms } from './alerts/queue-alarms';
import { ServiceAlarms } from './alerts/service-alarms';
import { ServiceDashboard } from './alerts/service-dashboard';
import { StoreAlarms } from './alerts/store-alarms';
import { watchedKinds } from './alerts/store-shapes';
import type { Topics } from './alerts/topics';
import type { LoadBalancedGroup } from './load-balanced-group/group';
import type { AwsRegion } from './region';
import { queueNamespace } from './scaling/queue-metrics';

/** Alarms and dashboards of a region whose services are instances. Warnings go to a topic of their own. */
export function openAlerts(
  plan: Plan,
  region: AwsRegion,
  critical: AlertTopic,
  groups: Map<string, LoadBalancedGroup>,
  alerts: AlertPlan[],
  dashboard: PanelPlan[],
): Alerts {
  const { prefix } = plan;
  const common = { region: region.name, tags: region.tags };
  const topics: Topics = { critical: critical.arn, warning: warnings(plan, region, alerts)?.arn };
  const namespace = queueNamespace(prefix);
  if (alarmsOf(alerts, ['queue-depth']).length > 0) {
    const name = `${prefix}-queue-alarms-${region.code}`;
    new QueueAlarms(name, { ...common, namespace, topics, alarms: alerts }, region.options);
  }
  watchStores(plan, region, topics, alerts);

  const urls = [...groups].map(([name, { loadBalancerSuffix, targetGroupSuffix, group }], at) => {
    const watched = { loadBalancerSuffix, targetGroupSuffix, groupName: group.name };
    const alarms = alerts.filter((alert) => !('service' in alert) || alert.service === name);
    new ServiceAlarms(
      `${prefix}-${name}-alarms-${region.code}`,
      { ...common, ...watched, topics, alarms },
      region.options,
    );
    // Stores and queues are shown once, beside the first service.
    const panels = dashboard.filter((panel) => ('service' in panel ? panel.service === name : at === 0));
    const sources = { ...watched, stores: region.stores, queueNamespace: namespace };
    const args = { region: region.name, panels, ...sources };
    return new ServiceDashboard(`${prefix}-${name}-${region.code}`, args, region.options).url;
  });
  return { dashboardUrl: urls[0] };
}

/** A topic for warnings, where there are some. */
function warnings({ prefix, alertEmails: emails }: Plan, region: AwsRegion, alerts: AlertPlan[]) {
  if (!alerts.some((alert) => severityOf(alert) === 'warning')) return undefined;
  const args = { region: region.name, emails, tags: region.tags };
  return new AlertTopic(`${prefix}-warnings-${region.code}`, args, region.options);
}

function watchStores({ prefix }: Plan, region: AwsRegion, topics: Topics, alerts: AlertPlan[]): void {
  const ofStores = alarmsOf(alerts, watchedKinds);
  if (region.stores.length === 0) return;
  for (const [severity, topicArn] of [
    ['critical', topics.critical],
    ['warning', topics.warning ?? topics.critical],
  ] satisfies [string, pulumi.Input<string>][]) {
    const alarms = ofStores.filter((alarm) => severityOf(alarm) === severity);
    if (alarms.length === 0) continue;
    new StoreAlarms(
      `${prefix}-store-${severity}-${region.code}`,
      { region: region.name, tags: region.tags, topicArn, stores: region.stores, alarms },
      region.options,
    );
  }
}
