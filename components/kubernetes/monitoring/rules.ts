import type { AlertPlan } from '../../../plan/types';
import { databaseDown, errorRatio, latency, type Watched } from './metrics';

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

/** The alerts of one service, in the form of a rules file, which is also that of a PrometheusRule's `spec`. Pure. */
export function alertRules(alerts: AlertPlan[], watched: Watched): RuleGroups {
  const { system, service, namespace } = watched;
  const rules = alerts.map((alert) => ({
    alert: alert.name,
    expr: expressionOf(alert, watched),
    for: `${alert.minutes}m`,
    // `service` and `namespace` are for routes; sums have lost them.
    labels: { severity: 'critical', system, service, namespace },
    annotations: { summary: alert.summary, description: descriptionOf(alert) },
  }));
  return { groups: [{ name: `${system}_alerts`, rules }] };
}

function expressionOf(alert: AlertPlan, watched: Watched): string {
  switch (alert.kind) {
    case 'error-rate':
      return `${errorRatio(watched)} > ${alert.percent / 100}`;
    case 'latency':
      return `${latency(watched, alert.percentile)} > ${alert.seconds}`;
    case 'database-down':
      return databaseDown(watched);
  }
}

function descriptionOf(alert: AlertPlan): string {
  switch (alert.kind) {
    case 'error-rate':
      return '{{ $value | humanizePercentage }} of requests end in an error of the service';
    case 'latency':
      return `P${alert.percentile} latency is {{ $value | humanizeDuration }}`;
    case 'database-down':
      return 'The database has not answered, or nobody is there to ask it';
  }
}
