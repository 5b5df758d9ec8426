import * as pulumi from '@pulumi/pulumi';
import type { AlertPlan, PanelPlan } from '../../plan/types';
import { alarmsOf } from '../alarms';
import type { Watched } from './alerts/panel-queries';
import { ServiceDashboard } from './alerts/service-dashboard';
import { StoreAlarms } from './alerts/store-alarms';
import { type StoreAlarm, storeKinds } from './alerts/store-shapes';
import { queueMetricTypes } from './queue-metrics/series';
import type { GcpRegion } from './region';
import type { GcpStack } from './stack';

/** What tells the instances of a service or worker, in all regions, from those of every other stack of the project. */
export function workloadLabel({ plan }: GcpStack, name: string): string {
  return `${plan.prefix}-${name}`.toLowerCase().slice(0, 63);
}

/** Alerts shared out: what Cloud Monitoring sees of the stores, and what somebody else has to see to. */
interface Shared {
  alarms: StoreAlarm[];
  left: AlertPlan[];
}

/**
 * Which alerts are on stores of the cloud's own. A database of another host says itself whether it is up; queues that
 * pods measure are not written to Cloud Monitoring.
 */
export function sharedOut({ plan, cloudSql }: GcpStack, alerts: AlertPlan[]): Shared {
  const queues = plan.compute === 'instances' && plan.broker !== undefined;
  const seen = alerts.filter(({ kind }) => {
    if (kind === 'cache-memory') return plan.cache !== undefined;
    return kind === 'queue-depth' ? queues : cloudSql !== undefined;
  });
  const alarms = alarmsOf(seen, storeKinds);
  const names = new Set(alarms.map(({ name }) => name));
  return { alarms, left: alerts.filter(({ name }) => !names.has(name)) };
}

/** Watches the stores of all regions. Called at home alone. */
export function watchStores(region: GcpRegion, alarms: StoreAlarm[]): void {
  if (alarms.length === 0) return;
  const { stack, labels } = region;
  const { prefix } = stack.plan;
  const queues = alarms.some(({ kind }) => kind === 'queue-depth') ? stack.queueMetrics : undefined;
  new StoreAlarms(
    `${prefix}-stores-alarms`,
    {
      projectId: stack.projectId,
      prefix,
      databases: stack.cloudSql?.instanceNames,
      caches: cachesOf(stack),
      queues,
      channelIds: stack.channels.ids,
      alarms,
      labels,
    },
    region.options,
  );
}

/** A page of panels; none where there is nothing to show. */
export function openDashboard(
  region: GcpRegion,
  name: string,
  panels: PanelPlan[],
  service: { backend: pulumi.Input<string>; workload: string } = { backend: '', workload: '' },
): pulumi.Output<string> | undefined {
  const { stack } = region;
  // Of a database of another host there is nothing to show here.
  const shown = panels.filter(({ kind }) => stack.cloudSql || !/^(database-|replication-)/.test(kind));
  if (shown.length === 0) return undefined;
  const { prefix, relationalDatabase } = stack.plan;
  const watched = pulumi
    .all([service.backend, pulumi.all(stack.cloudSql?.instanceNames ?? [])])
    .apply(([backend, databases]): Watched => ({
      projectId: stack.projectId,
      databases,
      caches: cachesOf(stack),
      queues: { depth: queueMetricTypes(prefix).depth, prefix },
      backend,
      workload: service.workload,
      engine: relationalDatabase?.engine ?? 'postgres',
    }));
  return new ServiceDashboard(name, { projectId: stack.projectId, watched, panels: shown }, region.options).url;
}

/** What the ids of the caches of all regions begin with. */
function cachesOf({ plan }: GcpStack): string {
  return `${plan.prefix}-cache-`;
}
