import { progressSeconds, rolloutTimeouts } from '../../../components/kubernetes/rollout';

test.each([
  ['a service of twelve', 12, 30, 630, '23m'],
  ['fifty workers with jobs of ten minutes', 50, 600, 1_200, '70m'],
  ['one worker', 1, 0, 600, '11m'],
])('%s: an update waits as long as its pods take, one by one', (_, max, drainSeconds, seconds, wait) => {
  const rolled = { capacity: { max }, drainSeconds };
  expect(progressSeconds(rolled)).toBe(seconds);
  expect(rolloutTimeouts(rolled)).toEqual({ update: wait });
});
