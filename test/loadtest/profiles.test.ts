import * as fc from 'fast-check';
import { profiles, shapeOf, shrunk } from '../../loadtest/profiles';
import { scenarioOf, thresholdsOf } from '../../loadtest/scenario';
import { k6Script } from '../../loadtest/script';
import { systems } from '../../systems';
import { mercenary } from '../../systems/mercenary';
import { pulse } from '../../systems/pulse';
import { svSdk } from '../../systems/sv-sdk';

const minutes = (system: typeof pulse, profile: (typeof profiles)[number]) =>
  shapeOf(profile, system.loadTest).stages.map(({ seconds, target }) => [seconds / 60, target]);

test('courses are those of k6’s documentation, loads the system’s', () => {
  expect(Object.fromEntries(profiles.map((profile) => [profile, minutes(mercenary, profile)]))).toEqual({
    smoke: [[1, 3]],
    load: [
      [5, 5_000],
      [30, 5_000],
      [5, 0],
    ],
    stress: [
      [10, 10_000],
      [30, 10_000],
      [5, 0],
    ],
    soak: [
      [5, 5_000],
      [480, 5_000],
      [5, 0],
    ],
    spike: [
      [2, 10_000],
      [1, 0],
    ],
  });
  // the script of SV-SDK's guide
  expect(shapeOf('load', svSdk.loadTest)).toEqual({
    unit: 'users',
    start: 100,
    stages: [{ seconds: 300, target: 100 }],
  });
});

test('every profile is another course, and all but the smoke test come to the load that they are for', () => {
  for (const { loadTest } of Object.values(systems)) {
    const courses = profiles.map((profile) => JSON.stringify(shapeOf(profile, loadTest)));
    expect(new Set(courses).size).toBe(profiles.length);
    const peak = (profile: (typeof profiles)[number]) =>
      Math.max(...shapeOf(profile, loadTest).stages.map(({ target }) => target));
    expect([peak('load'), peak('stress'), peak('soak'), peak('spike')]).toEqual([
      loadTest.usual,
      loadTest.stress,
      loadTest.usual,
      loadTest.spike,
    ]);
  }
});

test('users are a course of users; a rate has as many as slow answers keep busy', () => {
  expect(scenarioOf(shapeOf('load', svSdk.loadTest), svSdk.loadTest)).toEqual({
    executor: 'constant-vus',
    vus: 100,
    duration: '300s',
  });
  expect(scenarioOf(shapeOf('spike', svSdk.loadTest), svSdk.loadTest)).toMatchObject({
    executor: 'ramping-vus',
    startVUs: 0,
    stages: [
      { duration: '120s', target: 2_000 },
      { duration: '60s', target: 0 },
    ],
  });
  // 10,000 a second that take a second each: 10,000 at once
  expect(scenarioOf(shapeOf('stress', mercenary.loadTest), mercenary.loadTest)).toMatchObject({
    executor: 'ramping-arrival-rate',
    timeUnit: '1s',
    preAllocatedVUs: 2_000,
    maxVUs: 10_000,
  });
  const steady = { ...mercenary.loadTest, steadyMinutes: 2, usual: 7 };
  expect(scenarioOf(shapeOf('load', steady), steady)).toMatchObject({
    executor: 'constant-arrival-rate',
    rate: 7,
    duration: '120s',
    maxVUs: 7,
  });
  // a rate has its smoke test with users too: three of them
  expect(scenarioOf(shapeOf('smoke', mercenary.loadTest), mercenary.loadTest)).toMatchObject({ vus: 3 });
});

test('what fails a run is what the guides expect', () => {
  expect(thresholdsOf(mercenary.loadTest)).toMatchObject({
    http_req_duration: ['p(99)<1000'],
    http_req_failed: ['rate<0.001'],
  });
  expect(thresholdsOf(svSdk.loadTest)).toMatchObject({
    'checks{check:status is 200}': ['rate>=0.99'],
    'checks{check:response time < 200ms}': ['rate>=0.95'],
  });
  expect(thresholdsOf(pulse.loadTest)).toMatchObject({
    http_req_duration: ['p(95)<1000'],
    http_req_failed: ['rate<0.05'],
    'checks{check:status is 200 or 429}': ['rate>=0.95'],
  });
});

test('shrinking keeps a course a course: no stage without time, no load without anybody, zero stays zero', () => {
  const times = fc.double({ min: 1, max: 1e6, noNaN: true });
  fc.assert(
    fc.property(fc.constantFrom(...profiles), times, times, (profile, faster, smaller) => {
      const whole = shapeOf(profile, mercenary.loadTest);
      const little = shrunk(whole, { faster, smaller });
      expect(little.stages).toHaveLength(whole.stages.length);
      little.stages.forEach(({ seconds, target }, at) => {
        const before = whole.stages[at]!;
        expect(seconds).toBeGreaterThanOrEqual(1);
        expect(seconds).toBeLessThanOrEqual(before.seconds);
        expect(target === 0).toBe(before.target === 0);
        expect(target).toBeLessThanOrEqual(before.target);
      });
    }),
  );
  expect(shrunk(shapeOf('soak', svSdk.loadTest), { faster: 60, smaller: 10 }).stages).toEqual([
    { seconds: 5, target: 10 },
    { seconds: 480, target: 10 },
    { seconds: 5, target: 0 },
  ]);
});

test('a script rests only where users do, and takes paths and an address of one’s own', () => {
  const script = k6Script(svSdk, 'load', { baseUrl: 'https://api.example.com', paths: ['/a', '/b'] });
  expect(script).toContain('sleep(1);');
  expect(script).toContain('const paths = ["/a","/b"];');
  expect(script).toContain('__ENV.BASE_URL || "https://api.example.com"');
  expect(k6Script(mercenary, 'load')).not.toContain('sleep');
  // A text of configuration can say nothing but a text.
  expect(k6Script(svSdk, 'load', { paths: ['/"; evil()'] })).toContain('const paths = ["/\\"; evil()"];');
});
