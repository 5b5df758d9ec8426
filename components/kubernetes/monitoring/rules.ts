import type { AlertPlan } from '../../../plan/types';
import { severityOf } from '../../alarms';
import { cpu, databaseDown, diskFree, errorRatio, latency, memory, type Watched } from './metrics';
import {
  cacheMemory,
  queueDepth,
  relationalCpu,
  relationalDiskFree,
  relationalDown,
  replicationLag,
  type WatchedStores,
} from './store-metrics';

/** One alert as Prometheus reads it. */
export interface AlertRule {
  alert: string;
  expr: string;
  for: string;
  labels: Record<string, string>;
  annotations: { summary: string; description: string };
}

export interface RuleGroups {
  groups: { name: string; rules: AlertRule[] }[];
}

/** What an alert looks at, and what it says. */
interface Said {
  expr: string;
  description: string;
}

/** The alerts of one service, in the form of a rules file, which is also that of a PrometheusRule's `spec`. Pure. */
export function alertRules(alerts: AlertPlan[], watched: Watched): RuleGroups {
  const { system, service, namespace } = watched;
  // `service` and `namespace` are for routes; sums have lost them.
  return groupOf(`${system}_alerts`, alerts, { system, service, namespace }, (alert) => ofService(alert, watched));
}

/** The alerts of the stores that a system has for itself. Pure. */
export function storeAlertRules(alerts: AlertPlan[], stores: WatchedStores): RuleGroups {
  const { system, namespace } = stores;
  return groupOf(`${system}_stores`, alerts, { system, namespace }, (alert) => ofStore(alert, stores));
}

function groupOf(
  name: string,
  alerts: AlertPlan[],
  labels: Record<string, string>,
  say: (alert: AlertPlan) => Said | undefined,
): RuleGroups {
  const rules = alerts.flatMap((alert) => {
    const said = say(alert);
    if (!said) return [];
    return {
      alert: alert.name,
      expr: said.expr,
      for: `${alert.minutes}m`,
      labels: { severity: severityOf(alert), ...labels },
      annotations: { summary: alert.summary, description: said.description },
    };
  });
  return { groups: [{ name, rules }] };
}

function ofService(alert: AlertPlan, watched: Watched): Said | undefined {
  switch (alert.kind) {
    case 'error-rate':
      return {
        expr: `${errorRatio(watched)} > ${alert.percent / 100}`,
        description: '{{ $value | humanizePercentage }} of requests end in an error of the service',
      };
    case 'latency':
      return {
        expr: `${latency(watched, alert.percentile)} > ${alert.seconds}`,
        description: `P${alert.percentile} latency is {{ $value | humanizeDuration }}`,
      };
    case 'cpu':
      return {
        expr: `${cpu(watched)} > ${alert.percent}`,
        description: 'Pods take {{ $value | humanize }} % of the CPU that they may',
      };
    case 'memory':
      return {
        expr: `${memory(watched)} > ${alert.percent}`,
        description: 'Pods take {{ $value | humanize }} % of the memory that they may',
      };
    case 'disk-free':
      return {
        expr: `${diskFree()} < ${alert.percent}`,
        description: 'The fullest node has {{ $value | humanize }} % of its disk left',
      };
    case 'database-down':
      return {
        expr: databaseDown(watched),
        description: 'The database has not answered, or nobody is there to ask it',
      };
    default:
      return undefined;
  }
}

function ofStore(alert: AlertPlan, stores: WatchedStores): Said | undefined {
  const { relational, cache, queues } = stores;
  switch (alert.kind) {
    case 'database-down':
      return (
        relational && {
          expr: relationalDown(stores, relational),
          description: 'No instance of the database answers, or none tells how it is',
        }
      );
    case 'database-cpu':
      return (
        relational && {
          expr: `${relationalCpu(stores, relational)} > ${alert.percent}`,
          description: 'The busiest instance takes {{ $value | humanize }} % of its CPU',
        }
      );
    case 'database-disk-free':
      return (
        relational && {
          expr: `${relationalDiskFree(stores, relational)} < ${alert.percent}`,
          description: 'The fullest volume of the database has {{ $value | humanize }} % left',
        }
      );
    case 'replication-lag':
      return (
        relational && {
          expr: `${replicationLag(stores, relational)} > ${alert.millis}`,
          description: 'A copy of the database is {{ $value | humanize }} ms behind',
        }
      );
    case 'cache-memory':
      return (
        cache && {
          expr: `${cacheMemory(stores, cache.exporter)} > ${alert.percent}`,
          description: 'The fullest node of the cache takes {{ $value | humanize }} % of its memory',
        }
      );
    case 'queue-depth':
      return (
        queues && {
          expr: `${queueDepth(stores, queues.exporter, alert.queue)} > ${alert.jobs}`,
          description: `{{ $value | humanize }} jobs wait in ${alert.queue}`,
        }
      );
    default:
      return undefined;
  }
}
