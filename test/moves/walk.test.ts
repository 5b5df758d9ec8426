import fc from 'fast-check';
import { edited } from './edits';
import { startOf, type Start } from './keys';
import { lostIn, update, walk, type Stood } from './walk';

const seed = fc.readConfigureGlobal().seed ?? Date.now() % 1_000_000;

/** Few steps each: `SEED=random` looks elsewhere. */
const STEPS = 24;

const starts: Start[] = [
  { system: 'pulse', cloud: 'aws', phase: 'large', environment: 'prod' },
  { system: 'sv-sdk', cloud: 'gcp', phase: 'small', environment: 'prod' },
  { system: 'mercenary', cloud: 'digitalocean', phase: 'medium', environment: 'prod' },
  { system: 'pulse', cloud: 'kubernetes', phase: 'small', environment: 'staging' },
];

test.each(starts)(
  'whatever is changed of $system on $cloud in $environment, stores stay',
  async (start) => {
    const { problems, accepted, refused } = await walk(startOf(start), STEPS, seed);
    expect(problems).toEqual([]);
    expect(accepted).toBeGreaterThan(3);
    expect(refused).toBeLessThan(STEPS);
  },
  60_000,
);

/** Takes a stack through changes of its file, one update each. */
async function through(start: Start, ...changes: Record<string, unknown>[]): Promise<[before: Stood, after: Stood]> {
  const keys = startOf(start);
  let before = await update({ keys, memory: {}, resources: [] }, keys);
  let after = before;
  for (const change of changes) {
    before = after;
    const next = Object.entries(change).reduce(
      (now, [name, value]) => edited(now, { path: name.split('.'), value }),
      before.keys,
    );
    after = await update(before, next);
  }
  return [before, after];
}

const enterprise = { system: 'sv-sdk', cloud: 'aws', phase: 'enterprise', environment: 'prod' } as const;

test.each([
  ['on the way down', { phase: 'small' }],
  ['on the way to another cloud', { cloud: 'gcp', keep: ['aws'] }],
])('readers of a second region, and the secrets that lead to them, stay %s', async (_, change) => {
  const [before, after] = await through(enterprise, change);
  expect(before.resources.some(({ name }) => name.includes('readers-us-west-2-url'))).toBe(true);
  expect(lostIn(before, after)).toEqual([]);
});

test('what is lost is seen: a store that goes, and one that is made anew', async () => {
  const [before, after] = await through({ ...enterprise, system: 'pulse', phase: 'small' }, { reached: 'small' });
  const gone = after.resources.filter(({ type }) => type !== 'aws:elasticache/replicationGroup:ReplicationGroup');
  const keys = { ...after.keys, reached: undefined };
  expect(lostIn(before, { ...after, keys, resources: gone })).toEqual([
    expect.stringMatching(/^aws:elasticache\/replicationGroup:ReplicationGroup \S+ is gone, and protected$/),
  ]);
  const anew = after.resources.map((one) =>
    one.type === 'aws:ec2/vpc:Vpc' ? { ...one, inputs: { ...one.inputs, cidrBlock: '10.9.0.0/16' } } : one,
  );
  expect(lostIn(before, { ...after, keys, resources: anew })).toEqual([
    expect.stringContaining('is replaced: cidrBlock'),
  ]);
});
