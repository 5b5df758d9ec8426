import type { CloudName, Compute } from '../../plan/vocabulary';
import { changes, Lab, type Run } from './lab';
import { isStore, lostStores } from './stores';

/** Brings the dev example up on a cloud by its one line, takes it up the ladder, and takes it down for good. */
export function liveOn(cloud: CloudName, compute: Compute): void {
  describe(`${cloud}, ${compute}`, () => {
    let lab: Lab;

    beforeAll(() => {
      lab = new Lab('dev');
    });
    afterAll(() => lab.close());

    test('comes up by the one line, and again without a change', () => {
      lab.configure('dev', { cloud, compute });
      succeeded(lab.up());
      expect(lab.outputs()).toMatchObject({ cloud, compute, url: 'https://api.pulse-dev.example.com' });
      expect(changes(succeeded(lab.again()))).toEqual([]);
    });

    test('goes from small to enterprise without losing a store', () => {
      const stores = storesIn(lab);
      expect(Object.keys(stores).length).toBeGreaterThan(1);
      lab.configure('dev', { cloud, compute, phase: 'enterprise' });
      const run = succeeded(lab.up());
      expect(lostStores(run)).toEqual([]);
      expect(changes(run).length).toBeGreaterThan(0);
      expect(storesIn(lab)).toMatchObject(stores);
      expect(changes(succeeded(lab.again()))).toEqual([]);
    });

    test('goes down to nothing', () => {
      succeeded(lab.destroy());
      expect(lab.cloud().map(({ type, id }) => `${type} ${id}`)).toEqual([]);
    });
  });
}

function storesIn(lab: Lab): Record<string, string | undefined> {
  const stores = lab.resources().filter(({ type }) => isStore(type));
  return Object.fromEntries(stores.map(({ urn, id }) => [urn, id]));
}

function succeeded(run: Run): Run {
  if (run.code !== 0) throw new Error(`the engine ended with ${run.code}:\n${run.output}`);
  return run;
}
