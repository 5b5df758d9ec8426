import type { Plan, ServicePlan } from '../../plan/types';
import { managedClusterNextBests } from '../kubernetes/next-bests';
import { canHaveStandby } from './database/valkey';
import { keepsRateLimit } from './rate-limit';

/** What DigitalOcean does in place of something that a plan asks for and DigitalOcean does not have. One sentence each. */
export function nextBests(plan: Plan): string[] {
  const droplets = plan.compute === 'instances';
  return [
    ...(droplets ? [secretsOnDroplets, logsOnDroplets] : []),
    ...(droplets ? [] : managedClusterNextBests(plan, plan.given.dnsToken)),
    ...plan.services.flatMap((service) => (droplets ? [...rateLimit(plan, service), ...start(service)] : [])),
    ...entry(plan, droplets),
    ...cache(plan),
    ...documents(plan),
    ...objects(plan),
    ...content(plan),
    ...alerts(plan),
    `Budget: DigitalOcean has none that a program can set. Set a billing alert of ${plan.budget.monthlyUsd} USD by hand, under Billing.`,
    ...(plan.safety.deletionProtection
      ? ['Deletion protection: DigitalOcean has none; what keeps stores is `protect` in the stack.']
      : []),
  ];
}

const secretsOnDroplets =
  'Secrets: DigitalOcean has no secret manager and a droplet no identity. They lie in a private Spaces bucket that ' +
  "answers the network's own NAT address alone, at paths that nobody can guess; user data holds the paths, and no secret.";
const logsOnDroplets = "Logs: DigitalOcean keeps none. The containers' are in each droplet's journal and go with it.";

function rateLimit(plan: Plan, { name, rateLimit: limit }: ServicePlan): string[] {
  if (!limit) return [];
  const { requests, windowSeconds, burst, status } = limit;
  const asked = `${requests} requests per ${windowSeconds} s and client address`;
  if (!keepsRateLimit(plan)) {
    return [
      `${name}: the limit of ${asked} is off. A global load balancer has none, and hides clients from the nginx on each ` +
        'droplet. A proxy in front of it, Cloudflare for one, can keep it.',
    ];
  }
  return [
    `${name}: DigitalOcean's load balancer has no rate limit. nginx on each droplet keeps ${asked} with a burst of ` +
      `${burst}, answered with ${status} above it; over the pool that is so many times as many.`,
  ];
}

function start({ name, capacity }: ServicePlan): string[] {
  if (capacity.desired === capacity.min) return [];
  return [
    `${name}: a droplet pool has no count to start from. It starts with ${capacity.min}, not ${capacity.desired}.`,
  ];
}

function entry({ regions, compute }: Plan, droplets: boolean): string[] {
  if (regions.filter(({ serves }) => serves).length < 2 || droplets) return [];
  return [
    `Nearest region: a global load balancer cannot be put over balancers that clusters (${compute}) make by themselves. ` +
      "DNS answers with every region's address in turn, and asks nobody's health.",
  ];
}

function cache({ cache: plan }: Plan): string[] {
  if (!plan) return [];
  const standby = plan.replicasPerShard > 0 && canHaveStandby(plan.nodeType);
  const nodes = standby ? `${plan.nodeType} and a standby` : `one ${plan.nodeType}`;
  const asked = `${plan.shards} ${plan.shards === 1 ? 'shard' : 'shards'} with ${plan.replicasPerShard} replicas`;
  return [
    ...(plan.shards > 1 || plan.replicasPerShard > (standby ? 1 : 0)
      ? [`Cache: DigitalOcean does not shard Valkey and gives one standby, from 2 GB. In place of ${asked}: ${nodes}.`]
      : []),
    ...(plan.snapshotRetentionDays > 0
      ? ['Cache: Valkey is written to disk every ten minutes and has no snapshots to go back to.']
      : []),
  ];
}

function documents({ documentDatabase: plan, regions, safety }: Plan): string[] {
  if (!plan || plan.existing) return [];
  return [
    ...(regions.filter(({ serves }) => serves).length > 1
      ? ['Documents: a managed MongoDB stands in one region; the others read and write it there, through the peering.']
      : []),
    ...(safety.finalSnapshot
      ? ['Documents: backups of seven days go with the cluster; there is no last snapshot when it is deleted.']
      : []),
  ];
}

function objects({ objectStores }: Plan): string[] {
  return objectStores
    .filter(({ infrequentAccessAfterDays }) => infrequentAccessAfterDays !== undefined)
    .map(({ name }) => `${name}: Spaces moves no objects to a cheaper class; they stay where they are.`);
}

function content({ contentDelivery }: Plan): string[] {
  const [first, ...rest] = contentDelivery?.origins ?? [];
  if (!first) return [];
  return [
    `Content: the CDN serves what is public in the ${first.store} store: an uploader marks each object public-read.`,
    ...rest.map(
      ({ pathPattern, store }) =>
        `${pathPattern} is not on the CDN, which serves one store and has no paths. The ${store} store stays private; ` +
        'the application can sign its own URLs to it.',
    ),
  ];
}

function alerts({ alerts: plans, alertEmails, compute }: Plan): string[] {
  if (plans.length === 0) return [];
  if (alertEmails.length === 0) return ['Alerts: DigitalOcean has none without an address; set alertEmails.'];
  const told = "DigitalOcean writes to verified addresses of the team alone: alertEmails must be the team's.";
  if (compute === 'kubernetes') return [told];
  return plans
    .flatMap((alert) => {
      if (alert.kind === 'error-rate') {
        return [
          `${alert.name}: the load balancer tells of an increase of 5xx answers by ${alert.percent} percent over 5 minutes, ` +
            'not of their share.',
        ];
      }
      if (alert.kind === 'latency') return [];
      return [
        `${alert.name}: no alert knows that a managed database is down. The uptime check asks the service's health from ` +
          'four parts of the world and tells after 2 minutes.',
      ];
    })
    .concat(told);
}
