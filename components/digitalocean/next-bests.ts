import type { Plan, ServicePlan } from '../../plan/types';
import { managedClusterNextBests } from '../kubernetes/next-bests';
import { canHaveStandby } from './database/valkey';
import { alertGaps, dashboardGaps } from './gaps/alerts';
import { brokerGaps, relationalGaps } from './gaps/relational';
import { offHoursGaps, routingGaps, scalingGaps, spotGaps, workerGaps } from './gaps/work';
import { keepsRateLimit } from './rate-limit';

/** What DigitalOcean does in place of something that a plan asks for and DigitalOcean does not have. One sentence each. */
export function nextBests(plan: Plan): string[] {
  const droplets = plan.compute === 'instances';
  return [
    ...(droplets ? [secretsOnDroplets, logsOnDroplets] : []),
    ...(droplets ? [] : managedClusterNextBests(plan, plan.given.dnsToken)),
    ...(droplets ? plan.services.flatMap((service) => onDroplets(plan, service)) : []),
    ...(droplets ? plan.workers.flatMap((worker) => [...start(worker), ...workerGaps(worker)]) : []),
    ...spotGaps(plan),
    ...entry(plan, droplets),
    ...cache(plan),
    ...brokerGaps(plan),
    ...relationalGaps(plan),
    ...documents(plan),
    ...objects(plan),
    ...content(plan),
    ...offHoursGaps(plan, droplets),
    ...alertGaps(plan),
    ...dashboardGaps(plan),
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

function onDroplets(plan: Plan, service: ServicePlan): string[] {
  return [...rateLimit(plan, service), ...start(service), ...scalingGaps(service), ...routingGaps(service)];
}

function rateLimit(plan: Plan, { name, rateLimit: limit }: ServicePlan): string[] {
  if (!limit) return [];
  const { requests, windowSeconds, burst, status } = limit;
  const asked = `${requests} requests per ${windowSeconds} s and client address`;
  if (!keepsRateLimit(plan)) {
    return [
      `${name}: the limit of ${asked} is off. The global load balancer in front hides clients from the nginx on each ` +
        'droplet. Cloudflare in front of it can keep a limit of its own.',
    ];
  }
  return [
    `${name}: DigitalOcean's load balancer has no rate limit. nginx on each droplet keeps ${asked} with a burst of ` +
      `${burst}, answered with ${status} above it; over the pool that is so many times as many.`,
  ];
}

function start({ name, capacity }: Pick<ServicePlan, 'name' | 'capacity'>): string[] {
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
