import { changes, Lab, type Run } from './lab';
import { isStore, lostStores } from './stores';

/** Up the ladder and one rung down again. */
const walk = ['small', 'medium', 'large', 'enterprise', 'large'] as const;

/** Walks one environment's example up the ladder and down again, on the engine. */
export function walkTheLadder(environment: 'dev' | 'prod'): void {
  let lab: Lab;

  beforeAll(() => {
    lab = new Lab(environment);
  });
  afterAll(() => lab.close());

  test.each(walk.map((phase, step) => [step + 1, phase] as const))(
    'step %i: up at %s keeps every store',
    (step, phase) => {
      const before = shapes(lab);
      lab.configure(environment, { phase });
      const run = succeeded(lab.up());
      expect(lostStores(run)).toEqual([]);
      if (step > 1) expect(changes(run).length).toBeGreaterThan(0);

      const after = shapes(lab);
      for (const [urn, shape] of Object.entries(before)) expect([urn, after[urn]]).toEqual([urn, noSmallerThan(shape)]);

      // Without drift a second up is empty.
      expect(changes(succeeded(lab.again()))).toEqual([]);

      // What the autoscalers did in the meantime is theirs: nothing reverts it.
      const calm = things(lab);
      for (const change of drift(environment, step)) lab.ladder('sandbox', 'drift', '--store', lab.store, ...change);
      const drifted = things(lab);
      expect(drifted).not.toEqual(calm);
      expect(changes(succeeded(lab.again('--refresh')))).toEqual([]);
      expect(things(lab)).toEqual(drifted);
    },
  );

  test('the last step down kept storage, shards and replicas', () => {
    const cache = lab.resources().find(({ type }) => type === 'aws:elasticache/replicationGroup:ReplicationGroup');
    expect(cache?.inputs).toMatchObject({ numNodeGroups: 3, replicasPerNodeGroup: 2 });
    expect(lab.outputs()).toMatchObject({ phase: 'large', reached: 'enterprise' });
  });

  test('prod protects every store', () => {
    const stores = lab.resources().filter(({ type }) => isStore(type) && !/databaseUser|randomPassword/.test(type));
    expect(stores.length).toBeGreaterThan(4);
    for (const { urn, protect } of stores) expect([urn, Boolean(protect)]).toEqual([urn, environment === 'prod']);
  });
}

/** What autoscaling does: the group runs 7 instances (6 at every second step, so that each finds something new), the database cluster is an M40, its disk is a fifth larger. */
function drift(environment: string, step: number): string[][] {
  const group = ['autoscaling/group', '--set', `desiredCapacity=${step % 2 === 1 ? 7 : 6}`];
  // A free tenant has no autoscaling and no disk of its own.
  if (environment === 'dev') return [group];
  return [group, ['advancedCluster', '--atlas-tier', 'M40', '--atlas-disk', '20']];
}

/** Everything in the cloud with what it really is, autoscaled sizes included. */
function things(lab: Lab): string[] {
  return lab.cloud().map((thing) => JSON.stringify(thing));
}

/** The numbers of each store that must never go down, by URN. */
function shapes(lab: Lab): Record<string, Record<string, number>> {
  return Object.fromEntries(
    lab
      .resources()
      .filter(({ type }) => isStore(type))
      .map(({ urn, inputs }) => [
        urn,
        Object.fromEntries(
          ['numNodeGroups', 'replicasPerNodeGroup'].flatMap((key) =>
            typeof inputs[key] === 'number' ? [[key, inputs[key]]] : [],
          ),
        ) as Record<string, number>,
      ]),
  );
}

function noSmallerThan(shape: Record<string, number>): unknown {
  return {
    asymmetricMatch: (other: Record<string, number> | undefined) =>
      other !== undefined && Object.entries(shape).every(([key, value]) => (other[key] ?? -1) >= value),
    toString: () => `noSmallerThan(${JSON.stringify(shape)})`,
  };
}

function succeeded(run: Run): Run {
  if (run.code !== 0) throw new Error(`the engine ended with ${run.code}:\n${run.output}`);
  return run;
}
