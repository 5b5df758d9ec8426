import { packages, Store, typeOf } from '../../sandbox';
import type { Bag } from '../../sandbox/model/values';
import { Provider } from '../../sandbox/server/provider';
import { changes, Lab, type Run } from '../engine/lab';
import { lostStores } from '../engine/stores';

const CLUSTER = 'digitalocean:index/databaseCluster:DatabaseCluster';
const digest = 'sha256:ebcbe8a7b0605e19aa3303cf6d1784ad41b25cc28a39a7412b2c6297545e75b4';

/** A cluster that somebody made by hand, in a network of its own, becomes the stack's. */
let lab: Lab;
let id: string;

beforeAll(() => {
  // Without the policies: what somebody made by hand keeps none of them until the second update.
  lab = new Lab('prod', 'stacks/main.js');
  const { id: vpc } = byHand('Vpc', { name: 'old', region: 'nyc3', ipRange: '10.200.0.0/16' });
  ({ id } = byHand('DatabaseCluster', {
    name: 'old-shop',
    engine: 'pg',
    version: '16',
    region: 'nyc3',
    privateNetworkUuid: vpc,
    size: 'db-s-1vcpu-2gb',
    nodeCount: 1,
    tags: ['by-hand'],
  }));
});
afterAll(() => lab.close());

function byHand(kind: string, inputs: Bag): { id: string } {
  const type = `digitalocean:index/${kind.charAt(0).toLowerCase()}${kind.slice(1)}:${kind}`;
  const cloud = packages.find(({ name }) => name === 'digitalocean')!;
  const provider = new Provider(cloud, new Store(lab.store), typeOf);
  const urn = `urn:pulumi:hand::hand::${type}::old`;
  const subject = { config: { values: {} }, type, name: 'old', urn };
  const checked = provider.check(subject, {}, inputs, Buffer.from('old'));
  expect(checked.problems).toEqual([]);
  return provider.create(subject, checked.inputs);
}

function configure(phase: string): void {
  lab.configure('prod', {
    system: 'sv-sdk',
    cloud: 'digitalocean',
    phase,
    images: { app: `ghcr.io/example/app:1@${digest}`, worker: `ghcr.io/example/worker:1@${digest}` },
    digitalocean: { dnsDomain: 'pulse.example.com', adoptDatabase: id },
  });
}

const old = () => lab.cloud().find((record) => record.type === CLUSTER && record.id === id);
const ofCluster = (run: Run) => run.operations.filter(({ type, name }) => type === CLUSTER && name.includes('svsdk'));
const succeeded = (run: Run): Run => {
  if (run.code !== 0) throw new Error(`the engine ended with ${run.code}:\n${run.output}`);
  return run;
};

test('the first update imports it and changes nothing of it', () => {
  const before = old();
  configure('small');
  const run = succeeded(lab.up());
  expect(ofCluster(run).map(({ op }) => op)).toEqual(['import']);
  expect(old()).toMatchObject({ inputs: before?.inputs, state: before?.state });
});

test('the second one changes it in place, the third nothing', () => {
  const run = succeeded(lab.up());
  expect(lostStores(run)).toEqual([]);
  expect(ofCluster(run).map(({ op }) => op)).toEqual(['update']);
  expect(old()?.inputs).toMatchObject({ name: 'old-shop', version: '17', size: 'db-s-2vcpu-4gb' });
  expect(changes(succeeded(lab.again()))).toEqual([]);
});

test('and it climbs the ladder as one that the stack made', () => {
  configure('large');
  expect(lostStores(succeeded(lab.up()))).toEqual([]);
  expect(old()?.inputs).toMatchObject({ name: 'old-shop', size: 'db-s-4vcpu-8gb', region: 'nyc3' });
});
