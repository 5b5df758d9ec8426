import type { AlertPlan, PanelPlan, Plan } from '../../../plan/types';
import { queuePath } from '../droplet-pool/queue-watch';
import { watchedQueues } from '../queues';

/** What DigitalOcean's monitoring tells in place of what a plan asks to be told. */
export function alertGaps(plan: Plan): string[] {
  const { alerts, alertEmails, compute } = plan;
  if (alerts.length === 0) return [];
  if (alertEmails.length === 0) return ['Alerts: DigitalOcean has none without an address; set alertEmails.'];
  const droplets = compute === 'instances';
  return [
    ...alerts.flatMap((alert) => gapOf(alert, droplets)),
    ...(droplets ? queues(plan) : []),
    ...(droplets && alerts.some(({ kind }) => kind === 'cpu' || kind === 'memory')
      ? ["Alerts: CPU and memory are watched of each droplet, not on the pool's average."]
      : []),
    "DigitalOcean writes to verified addresses of the team alone: alertEmails must be the team's.",
  ];
}

/** Which queues are told of, and how. */
function queues(plan: Plan): string[] {
  const watched = plan.services.flatMap((service) => watchedQueues(plan, service)?.watches ?? []);
  return plan.alerts.flatMap((alert) => {
    if (alert.kind !== 'queue-depth') return [];
    const watch = watched.find(({ queue, jobs }) => queue === alert.queue && jobs === alert.jobs);
    if (!watch)
      return [`${alert.name}: no service uses the broker whose droplets could tell of the queue; nobody is told.`];
    return [
      `${alert.name}: DigitalOcean takes no metrics of one's own. The droplets look at the queue once a minute, and an uptime ` +
        `check asks ${queuePath(watch)}, which answers 503 when more than ${alert.jobs} jobs have waited for ${alert.minutes} minutes.`,
    ];
  });
}

function gapOf(alert: AlertPlan, droplets: boolean): string[] {
  const { name } = alert;
  if (alert.kind === 'replication-lag') {
    const ask = 'select now() - pg_last_xact_replay_timestamp()';
    return [`${name}: DigitalOcean tells nobody how far a reader is behind; asked on the reader, "${ask}" says it.`];
  }
  // On a cluster the rest is told by its own monitoring.
  if (!droplets) return [];
  if (alert.kind === 'error-rate') {
    return [
      `${name}: the load balancer tells of an increase of 5xx answers by ${alert.percent} percent over 5 minutes, ` +
        'not of their share.',
    ];
  }
  if (alert.kind === 'database-down') {
    return [
      `${name}: no alert knows that a managed database is down. The uptime check asks the service's health from ` +
        'four parts of the world and tells after 2 minutes.',
    ];
  }
  return [];
}

/** What its own pages do not draw of the panels that a plan asks for. */
export function dashboardGaps({ dashboard, compute }: Plan): string[] {
  if (compute !== 'instances' || dashboard.length === 0) return [];
  const missing = dashboard.filter(({ kind }) => undrawn.has(kind)).map(({ title }) => title);
  return [
    'Dashboard: no panel can be made on DigitalOcean; its own pages show balancers, droplets and databases' +
      `${missing.length > 0 ? `, and not: ${missing.join(', ')}` : ''}.`,
  ];
}

/** Neither a balancer's graphs nor a database's have these. */
const undrawn = new Set<PanelPlan['kind']>(['latency-p90', 'queue-depth', 'replication-lag']);
