import type { AlertPlan } from '../../../plan/types';

/** What a monitor alert watches, and above what value it goes off. */
export interface AlertShape {
  type: string;
  value: number;
  window: Window;
  description: string;
}

type Window = '5m' | '10m' | '30m' | '1h';

const windows: [minutes: number, window: Window][] = [
  [5, '5m'],
  [10, '10m'],
  [30, '30m'],
  [60, '1h'],
];

/** The shortest window that DigitalOcean has and that is as long; an hour where none is. */
export function windowOf(minutes: number): Window {
  return windows.find(([length]) => length >= minutes)?.[1] ?? '1h';
}

/** Percentiles of the response time that a load balancer is watched by. */
const percentiles = [50, 95, 99];

/**
 * What a load balancer can be watched for. Undefined for an alert that no balancer knows of: that a database is down is
 * seen by the uptime check, which asks the service's health.
 */
export function balancerAlert(alert: AlertPlan): AlertShape | undefined {
  const { name, summary } = alert;
  if (alert.kind === 'error-rate') {
    return {
      type: 'v1/insights/lbaas/increase_in_http_error_rate_percentage_5xx',
      value: alert.percent,
      window: windowOf(alert.minutes),
      description: `${name}: ${summary}`,
    };
  }
  if (alert.kind === 'latency') {
    const percentile = percentiles.find((known) => known >= alert.percentile) ?? 99;
    return {
      type: `v1/insights/lbaas/high_http_request_response_time_${percentile}p`,
      value: alert.seconds,
      window: windowOf(alert.minutes),
      description: `${name}: ${summary}`,
    };
  }
  return undefined;
}

/** Percent of a droplet's or a node's means at which somebody should look. */
const FULL_PERCENT = 90;

/** What tells that droplets are not enough, or not well. */
export function dropletAlerts(service: string, machine: string): AlertShape[] {
  const vcpus = Number(/(\d+)vcpu/.exec(machine)?.[1] ?? 1);
  const shape = (type: string, value: number, what: string): AlertShape => ({
    type: `v1/insights/droplet/${type}`,
    value,
    window: '10m',
    description: `${service}: ${what}`,
  });
  return [
    shape('cpu', FULL_PERCENT, `CPU of its droplets above ${FULL_PERCENT} %`),
    shape('memory_utilization_percent', FULL_PERCENT, `memory of its droplets above ${FULL_PERCENT} %`),
    shape('disk_utilization_percent', FULL_PERCENT, `disk of its droplets above ${FULL_PERCENT} %`),
    shape('load_5', 2 * vcpus, `load of its droplets above ${2 * vcpus}, twice their CPUs`),
  ];
}

/** What tells that a managed database is not enough. DigitalOcean has no alert for one that is down. */
export function databaseAlerts(database: string): AlertShape[] {
  const shape = (type: string, what: string): AlertShape => ({
    type: `v1/dbaas/alerts/${type}`,
    value: FULL_PERCENT,
    window: '5m',
    description: `${database}: ${what} above ${FULL_PERCENT} %`,
  });
  return [
    shape('cpu_alerts', 'CPU'),
    shape('memory_utilization_alerts', 'memory'),
    shape('disk_utilization_alerts', 'disk'),
  ];
}
