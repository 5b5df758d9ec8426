import type { AlertPlan } from '../../../plan/types';

/** What a monitor alert watches, and above what value it goes off. */
export interface AlertShape {
  type: string;
  value: number;
  window: Window;
  description: string;
  /** Keeps two alerts of one type apart: a warning and a critical one. */
  severity?: 'warning' | 'critical';
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
  if (alert.kind === 'error-rate') {
    return shapeOf(alert, 'v1/insights/lbaas/increase_in_http_error_rate_percentage_5xx', alert.percent);
  }
  if (alert.kind === 'latency') {
    const percentile = percentiles.find((known) => known >= alert.percentile) ?? 99;
    return shapeOf(alert, `v1/insights/lbaas/high_http_request_response_time_${percentile}p`, alert.seconds);
  }
  return undefined;
}

/** One alert of the plan as a watch on one type. */
export function shapeOf({ name, summary, minutes, severity }: AlertPlan, type: string, value: number): AlertShape {
  const shape = { type, value, window: windowOf(minutes), description: `${name}: ${summary}` };
  return severity ? { ...shape, severity } : shape;
}

/** Percent of a droplet's or a node's means at which somebody should look. */
export const FULL_PERCENT = 90;

/** What tells that droplets are not enough, or not well: as the plan says it, and the usual for the rest. */
export function dropletAlerts(name: string, machine: string, planned: AlertPlan[] = []): AlertShape[] {
  const vcpus = Number(/(\d+)vcpu/.exec(machine)?.[1] ?? 1);
  const usual = (type: string, value: number, what: string): AlertShape => ({
    type: dropletType(type),
    value,
    window: '10m',
    description: `${name}: ${what}`,
  });
  const own = planned.flatMap((alert) => {
    if (alert.kind === 'cpu') return [shapeOf(alert, dropletType('cpu'), alert.percent)];
    if (alert.kind === 'memory') return [shapeOf(alert, dropletType('memory_utilization_percent'), alert.percent)];
    if (alert.kind === 'disk-free')
      return [shapeOf(alert, dropletType('disk_utilization_percent'), 100 - alert.percent)];
    return [];
  });
  return withUsual(own, [
    usual('cpu', FULL_PERCENT, `CPU of its droplets above ${FULL_PERCENT} %`),
    usual('memory_utilization_percent', FULL_PERCENT, `memory of its droplets above ${FULL_PERCENT} %`),
    usual('disk_utilization_percent', FULL_PERCENT, `disk of its droplets above ${FULL_PERCENT} %`),
    usual('load_5', 2 * vcpus, `load of its droplets above ${2 * vcpus}, twice their CPUs`),
  ]);
}

/** What is planned, and the usual alerts of the types that no plan speaks of. */
export function withUsual(planned: AlertShape[], usual: AlertShape[]): AlertShape[] {
  const types = new Set(planned.map(({ type }) => type));
  return [...planned, ...usual.filter(({ type }) => !types.has(type))];
}

function dropletType(name: string): string {
  return `v1/insights/droplet/${name}`;
}
