import { changes, Lab, type Run } from '../engine/lab';
import { isStore, lostStores } from '../engine/stores';

const canary = 'canary-7d20c4b8e51f';
const clusterType = 'digitalocean:index/databaseCluster:DatabaseCluster';

/** Pulse on droplets, on the engine: up the ladder, with a secret of the user's own followed all the way. */
describe('DigitalOcean', () => {
  let lab: Lab;

  beforeAll(() => {
    lab = new Lab('prod');
  });
  afterAll(() => lab.close());

  test.each(['small', 'medium', 'large', 'enterprise', 'large'])('up at %s keeps every store', (phase) => {
    lab.configure('prod', { cloud: 'digitalocean', phase });
    lab.must('config', 'set', '--secret', '--path', 'stackladder:secrets.PAYMENT_KEY', canary, '--stack', lab.stack);
    const run = succeeded(lab.up());
    expect(lostStores(run)).toEqual([]);
    expect(changes(succeeded(lab.again()))).toEqual([]);
    expect(changes(succeeded(lab.again('--refresh')))).toEqual([]);
  });

  test('stores kept the shape of enterprise and are protected, in both regions', () => {
    const clusters = lab.resources().filter(({ type }) => type === clusterType);
    const shapes = clusters.map(
      ({ inputs }) => `${String(inputs.engine)} ${String(inputs.region)} ${String(inputs.nodeCount)}`,
    );
    expect(shapes.sort()).toEqual(['mongodb nyc3 3', 'valkey nyc3 2', 'valkey sfo3 2']);
    const stores = lab.resources().filter(({ type }) => isStore(type));
    expect(stores.length).toBeGreaterThan(8);
    expect(stores.filter(({ protect }) => !protect)).toEqual([]);
  });

  test('the canary is in no state, output or user data in plain; it lies in the vault', () => {
    for (const text of [lab.exportState(), JSON.stringify(lab.outputs()), lab.preview('--diff').output]) {
      expect(text.includes(canary)).toBe(false);
    }
    const pools = lab.resources().filter(({ type }) => type === 'digitalocean:index/dropletAutoscale:DropletAutoscale');
    for (const { inputs } of pools) {
      const { userData } = inputs.dropletTemplate as { userData: string };
      expect(userData).toContain("fetch 'PAYMENT_KEY' 'https://");
      expect(userData).not.toMatch(/AVNS_|rediss:|mongodb\+srv:/);
    }
    const objects = lab
      .cloud()
      .filter(({ type }) => type === 'digitalocean:index/spacesBucketObject:SpacesBucketObject');
    const mine = objects.filter(({ inputs }) => String(inputs.key).endsWith('/payment-key'));
    expect(mine.map(({ inputs }) => inputs.content)).toEqual([canary]);
    const dump = lab.ladder('sandbox', 'list', '--store', lab.store);
    expect(dump.includes(canary)).toBe(false);
  });

  test('protected stores refuse to be destroyed; with the protection lifted all goes', () => {
    expect(lab.destroy().code).not.toBe(0);
    lab.must('state', 'unprotect', '--all', '--yes', '--stack', lab.stack);
    succeeded(lab.destroy());
    expect(lab.cloud()).toEqual([]);
  });
});

function succeeded(run: Run): Run {
  if (run.code !== 0) throw new Error(run.output);
  return run;
}
