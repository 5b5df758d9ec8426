import type { Plan } from '../../plan/types';

/** What AWS does in place of something that a guide asks for and AWS does not have. One sentence each. */
export function nextBests(plan: Plan): string[] {
  return plan.services.flatMap(({ name, rateLimit }) => {
    if (!rateLimit) return [];
    const { requests, windowSeconds, burst, status } = rateLimit;
    return [
      `${name}: at most ${requests} requests per ${windowSeconds} s and client address, answered with ${status} above it. ` +
        `The guide's burst of ${burst} is nginx's alone: AWS WAF counts in windows and has none.`,
    ];
  });
}
