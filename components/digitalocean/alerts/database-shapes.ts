import type { AlertPlan } from '../../../plan/types';
import { FULL_PERCENT, shapeOf, withUsual, type AlertShape } from './shapes';

/** What a managed database holds: decides which alerts of the plan are about it. */
export type DatabaseKind = 'documents' | 'relational' | 'valkey';

const kinds: Record<DatabaseKind, AlertPlan['kind'][]> = {
  documents: [],
  relational: ['database-cpu', 'database-disk-free'],
  valkey: ['cache-memory'],
};

/** Alerts of the plan that are about databases of this kind. The broker is told of like the cache: its memory is finite too. */
export function plannedFor(kind: DatabaseKind, alerts: AlertPlan[]): AlertPlan[] {
  return alerts.filter((alert) => kinds[kind].includes(alert.kind));
}

/**
 * What tells that a managed database is not enough: as the plan says it, and the usual for the rest. DigitalOcean has no
 * alert for one that is down, nor for how far a reader is behind.
 */
export function databaseAlerts(database: string, planned: AlertPlan[] = []): AlertShape[] {
  const usual = (type: string, what: string): AlertShape => ({
    type: typeOf(type),
    value: FULL_PERCENT,
    window: '5m',
    description: `${database}: ${what} above ${FULL_PERCENT} %`,
  });
  const own = planned.flatMap((alert) => {
    if (alert.kind === 'database-cpu') return [shapeOf(alert, typeOf('cpu'), alert.percent)];
    if (alert.kind === 'database-disk-free') return [shapeOf(alert, typeOf('disk_utilization'), 100 - alert.percent)];
    if (alert.kind === 'cache-memory') return [shapeOf(alert, typeOf('memory_utilization'), alert.percent)];
    return [];
  });
  return withUsual(own, [
    usual('cpu', 'CPU'),
    usual('memory_utilization', 'memory'),
    usual('disk_utilization', 'disk'),
  ]);
}

function typeOf(name: string): string {
  return `v1/dbaas/alerts/${name}_alerts`;
}
