import { changes, Lab, type Resource, type Run } from '../engine/lab';
import { isStore, lostStores } from '../engine/stores';
import { upWhole } from '../engine/whole';

const account = {
  projectId: 'pulse-engine-test',
  dnsZone: 'pulse-example-com',
  billingAccountId: '012345-6789AB-CDEF01',
};

function succeeded(run: Run): Run {
  if (run.code !== 0) throw new Error(`the engine ended with ${run.code}:\n${run.output}`);
  return run;
}

describe('Pulse on Google Cloud, in prod', () => {
  let lab: Lab;
  const configure = (phase: string, other: Partial<typeof account> = {}) =>
    lab.configure('prod', { cloud: 'gcp', phase, gcp: { ...account, ...other } });
  const kept = (): Resource[] => lab.resources().filter(({ type }) => isStore(type));

  beforeAll(() => {
    lab = new Lab('prod');
  });
  afterAll(() => lab.close());

  test('comes up under the policies, in the project of its configuration, and a second up changes nothing', () => {
    configure('small');
    succeeded(lab.up());
    expect(changes(succeeded(lab.again()))).toEqual([]);
    const ids = lab
      .cloud()
      .filter(({ type }) => type.startsWith('gcp:compute/'))
      .map(({ id }) => id);
    expect(ids.length).toBeGreaterThan(20);
    expect(ids.filter((id) => !id.includes('pulse-engine-test'))).toEqual([]);
    // What opens a store can be made again; the store cannot.
    const stores = kept().filter(({ type }) => !/databaseUser|randomPassword/.test(type));
    expect(stores.length).toBeGreaterThan(5);
    expect(stores.filter(({ protect }) => !protect).map(({ urn }) => urn)).toEqual([]);
  });

  test('what the autoscaler did is its own, what somebody did by hand is found and mended', () => {
    lab.ladder('sandbox', 'drift', '--store', lab.store, 'regionInstanceGroupManager', '--set', 'targetSize=7');
    expect(changes(succeeded(lab.again('--refresh')))).toEqual([]);
    lab.ladder('sandbox', 'drift', '--store', lab.store, 'compute/firewall', '--set', 'sourceRanges=["0.0.0.0/0"]');
    const mended = succeeded(lab.up('--refresh'));
    const types = changes(mended).map(({ op, type }) => `${op} ${type}`);
    expect(types).toEqual(['update gcp:compute/firewall:Firewall']);
  });

  test('the promotion to large grows the cache where it is, and replaces no store', () => {
    const before = Object.fromEntries(kept().map(({ urn, id }) => [urn, id]));
    configure('large');
    const runs = upWhole(lab).map(succeeded);
    expect(runs.flatMap(lostStores)).toEqual([]);
    // Memorystore takes one change in an update: bigger nodes, then shards, then replicas.
    const ofCache = runs.map((run) => changes(run).filter(({ type }) => type === 'gcp:memorystore/instance:Instance'));
    expect(ofCache.map((found) => found.flatMap(({ diffs }) => diffs))).toEqual([
      ['nodeType'],
      ['shardCount'],
      ['replicaCount'],
    ]);
    const after = Object.fromEntries(kept().map(({ urn, id }) => [urn, id]));
    expect(after).toEqual(before);
    const cache = kept().find(({ type }) => type === 'gcp:memorystore/instance:Instance');
    expect(cache?.inputs.shardCount).toBeGreaterThan(1);
    const [template] = lab.cloud().filter(({ type }) => type.endsWith('RegionInstanceTemplate'));
    expect(template?.inputs.machineType).toBe('n1-standard-2');
    expect(changes(succeeded(lab.again()))).toEqual([]);
  });

  test('a zone that is taken away and given again: the proxies are made anew, and nobody is without a certificate', () => {
    const proxies = (run: Run) => changes(run).filter(({ type }) => type.endsWith('TargetHttpsProxy'));
    for (const dnsZone of [undefined, account.dnsZone]) {
      configure('large', { dnsZone });
      const made = proxies(succeeded(lab.up())).filter(({ op }) => op === 'create-replacement');
      expect(made).toHaveLength(2);
      expect(changes(succeeded(lab.again()))).toEqual([]);
    }
  });
});
