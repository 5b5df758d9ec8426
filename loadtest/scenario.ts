import type { LoadTestNeeds } from '../systems/system';
import type { Shape } from './profiles';

/** A scenario as k6 takes it. */
export type Scenario = Record<string, unknown> & { executor: string };

/**
 * The executor that runs a course: users that come and go, or requests that arrive at a rate of their own. Requests in
 * flight are rate times response time (Little's law): with answers as slow as the system may be, that many of k6's users
 * are busy, and above it the test has failed anyway.
 */
export function scenarioOf({ unit, start, stages }: Shape, { expects }: LoadTestNeeds): Scenario {
  const [first] = stages;
  const constant = stages.length === 1 && first?.target === start;
  const course = stages.map(({ seconds, target }) => ({ duration: `${seconds}s`, target }));
  if (unit === 'users') {
    return constant
      ? { executor: 'constant-vus', vus: start, duration: `${first.seconds}s` }
      : { executor: 'ramping-vus', startVUs: start, stages: course, gracefulRampDown: '10s' };
  }
  const most = Math.max(start, ...stages.map(({ target }) => target));
  const busy = Math.max(1, Math.ceil((most * expects.latency.millis) / 1_000));
  // A fifth is ready from the start: to make one takes k6 a moment, and one that is never used some memory.
  const users = { timeUnit: '1s', preAllocatedVUs: Math.ceil(busy / 5), maxVUs: busy };
  return constant
    ? { executor: 'constant-arrival-rate', rate: start, duration: `${first.seconds}s`, ...users }
    : { executor: 'ramping-arrival-rate', startRate: start, stages: course, ...users };
}

/** What k6 fails a run for. */
export function thresholdsOf({ expects, statuses }: LoadTestNeeds): Record<string, string[]> {
  const { latency, errorPercent } = expects;
  const good = 1 - errorPercent / 100;
  return {
    http_req_duration: [`p(${latency.percentile})<${latency.millis}`],
    http_req_failed: [`rate<${rounded(errorPercent / 100)}`],
    [`checks{check:${statusCheck(statuses)}}`]: [`rate>=${rounded(good)}`],
    // As many as the percentile says are below it.
    [`checks{check:${timeCheck(latency.millis)}}`]: [`rate>=${rounded(latency.percentile / 100)}`],
  };
}

export const statusCheck = (statuses: number[]): string => `status is ${statuses.join(' or ')}`;
export const timeCheck = (millis: number): string => `response time < ${millis}ms`;

/** Without the tail of binary fractions. */
function rounded(value: number): number {
  return Number(value.toFixed(6));
}
