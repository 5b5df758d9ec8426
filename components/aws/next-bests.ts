import type { Plan } from '../../plan/types';
import type { Compute } from '../../plan/vocabulary';
import { relationalNextBests } from './relational/next-bests';
import { managedClusterNextBests, privateControlPlane } from '../kubernetes/next-bests';

/** What AWS does in place of something that a guide asks for and AWS does not have. One sentence each. */
export function nextBests(plan: Plan): string[] {
  return [...byCompute[plan.compute](plan), ...relationalNextBests(plan)];
}

/** A cluster has an edge of its own in front: nginx, and no firewall of AWS's. */
const byCompute: Record<Compute, (plan: Plan) => string[]> = {
  instances: limits,
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
