import type { Plan, ServicePlan } from '../../plan/types';
import { routedHosts } from './edge/routing';
import { measuredOf } from './metrics/measured';
import { signals } from './metrics/names';
import { unseen } from './monitoring/open';

/** What any cluster does for scaling, routing and hours in place of something that a plan asks for. One sentence each. */
export function scalingNextBests(plan: Plan, cacheByIdentity = false): string[] {
  return [
    ...externalMetrics(plan),
    ...spot(plan),
    ...plan.services.flatMap((service) => routing(service, plan)),
    ...offHours(plan),
    ...unseenAlerts(plan, cacheByIdentity),
  ];
}

function externalMetrics(plan: Plan): string[] {
  const measured = measuredOf(plan);
  if (!measured) return [];
  const { externalMetrics: who, monitoring } = plan.accounts.kubernetes;
  if (who === 'ours') {
    return [
      'A cluster has external.metrics.k8s.io once, and this stack serves it, with cert-manager for the certificate: a second ' +
        'stack on the same cluster needs kubernetes.externalMetrics: present, and an adapter that serves both.',
    ];
  }
  const asked = [
    ...(measured.queues.length > 0 ? [`${signals.depth}{queue}`] : []),
    ...(measured.services.length > 0 ? [`${signals.service}{service}`] : []),
    ...(measured.workers.length > 0 ? [`${signals.worker}{worker}`] : []),
  ];
  const recorded = monitoring
    ? "rules of the Prometheus operator record them, and the cluster's adapter must serve them from there."
    : 'nothing here records them: set kubernetes.monitoring, and rules of the Prometheus operator do.';
  return [`Autoscalers ask for ${asked.join(', ')} in the namespace ${measured.namespace}: ${recorded}`];
}

function spot({ workers }: Plan): string[] {
  const names = workers.filter((worker) => worker.spot).map(({ name }) => name);
  if (names.length === 0) return [];
  return [
    `${names.join(', ')}: the cluster has no nodes of spare capacity, so ${names.length > 1 ? 'they run' : 'it runs'} ` +
      'on the same nodes as the services.',
  ];
}

function routing({ name, routing: plan }: ServicePlan, { domain: { name: domain }, frontDoor }: Plan): string[] {
  const said: string[] = [];
  if (plan?.affinitySeconds !== undefined) {
    said.push(
      `${name}: a client comes back to its pod by a cookie, for ${plan.affinitySeconds} s, and not by its address; the pod ` +
        'is chosen by hash, whatever others have to do.',
    );
  }
  const hosts = routedHosts(plan, domain).filter((host) => !frontDoor?.furtherHosts.includes(host));
  if (hosts.length > 0)
    said.push(
      `The records of ${hosts.join(', ')} are yours to make: they lead to where ${domain} does. Its certificate is for all of ` +
        'these names, so an issuer that proves each of them over HTTP gives none before they are there.',
    );
  return said;
}

function offHours({ offHours: hours }: Plan): string[] {
  if (!hours) return [];
  return ['Out of hours the pods of services and workers go, and nodes where they follow; what else is there stays.'];
}

/** Databases of a cloud are not asked from inside the cluster, nor are caches that want to know an identity. */
function unseenAlerts(plan: Plan, cacheByIdentity: boolean): string[] {
  if (!plan.accounts.kubernetes.monitoring) return [];
  const names = plan.alerts.filter((alert) => unseen(plan, alert, cacheByIdentity)).map(({ name }) => name);
  if (names.length === 0) return [];
  return [
    `Prometheus in the cluster cannot look at stores of the cloud: ${names.join(', ')} and their panels are not there. ` +
      "The cloud's own pages have these numbers.",
  ];
}
