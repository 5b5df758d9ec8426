import type { Plan, QueuePlan, ServicePlan, WorkerPlan } from '../../plan/types';
import type { Compute } from '../../plan/vocabulary';
import { relationalNextBests } from './relational/next-bests';
import { managedClusterNextBests, privateControlPlane } from '../kubernetes/next-bests';

/** What AWS does in place of something that a guide asks for and AWS does not have. One sentence each. */
export function nextBests(plan: Plan): string[] {
  return [...byCompute[plan.compute](plan), ...relationalNextBests(plan), ...oneDoor(plan)];
}

/** A cluster has an edge of its own in front: nginx, and no firewall of AWS's. */
const byCompute: Record<Compute, (plan: Plan) => string[]> = {
  instances: (plan) => [
    ...limits(plan),
    ...plan.services.flatMap(affinity),
    ...plan.services.flatMap(inFlight),
    ...plan.workers.flatMap(onSpot),
  ],
  kubernetes: (plan) => [
    ...managedClusterNextBests(plan, plan.accounts.aws.hostedZoneId !== undefined),
    ...privateControlPlane('aws.controlPlaneCidrs', plan.accounts.aws.controlPlaneCidrs),
  ],
};

function limits(plan: Plan): string[] {
  return plan.services.flatMap(({ name, rateLimit }) => {
    if (!rateLimit) return [];
    const { requests, windowSeconds, burst, status } = rateLimit;
    return [
      `${name}: at most ${requests} requests per ${windowSeconds} s and client address, answered with ${status} above it. ` +
        `The guide's burst of ${burst} is nginx's alone: AWS WAF counts in windows and has none.`,
    ];
  });
}

function affinity({ name, routing }: ServicePlan): string[] {
  if (routing?.affinitySeconds === undefined) return [];
  return [
    `${name}: a client is kept at its instance for ${routing.affinitySeconds} s by a cookie of the balancer's. ` +
      'An Application Load Balancer has no affinity by source address, and many clients share one.',
  ];
}

function inFlight({ name, scalingRules }: ServicePlan): string[] {
  if (![...(scalingRules?.out ?? []), ...(scalingRules?.in ?? [])].some(inQueue)) return [];
  return [
    `${name}: requests that wait are worked out as requests a second times mean response time (Little's law): ` +
      'the balancer counts none, and has no queue of its own.',
  ];
}

function onSpot({ name, spot, queue }: WorkerPlan): string[] {
  if (!spot) return [];
  return [
    `${name}: spot capacity is taken back with two minutes of notice, and a job that takes longer is cut. ${comesBack[queue.library]}`,
  ];
}

/** What becomes of a job that is cut short (Celery: task_acks_late, visibility timeout; BullMQ: stalled jobs). */
const comesBack: Record<QueuePlan['library'], string> = {
  celery:
    'Celery runs it again where the application acknowledges late (task_acks_late), after the visibility timeout of an ' +
    'hour; by default it is lost.',
  bullmq: 'BullMQ finds it stalled, and gives it to another worker.',
};

const inQueue = ({ signal }: { signal: string }): boolean => signal === 'requests-in-flight';

function oneDoor({ frontDoor, regions }: Plan): string[] {
  if (!frontDoor || regions.filter(({ serves }) => serves).length < 2) return [];
  return [
    "Cloudflare leads to the home region alone: the nearest of several is Route 53's to find, or Cloudflare's Load Balancing.",
  ];
}
