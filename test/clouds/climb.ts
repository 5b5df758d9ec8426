import type { CloudName, Compute, PhaseName } from '../../plan/vocabulary';
import { phases } from '../../plan/vocabulary';
import { changes, Lab, type Resource, type Run } from '../engine/lab';
import { isStore, lostStores } from '../engine/stores';
import { upWhole } from '../engine/whole';

/** What a store must look like at a phase: a resource of a type, by the values of its inputs. */
export interface Wanted {
  type: string;
  named?: RegExp;
  /** How many there are; default: at least one. */
  count?: number;
  inputs: Record<string, unknown>;
}

export interface Climb {
  system: string;
  cloud: CloudName;
  compute?: Compute;
  /** Further configuration. */
  keys: Record<string, unknown>;
  at: Record<PhaseName, Wanted[]>;
}

/** Takes a system up the whole ladder in prod on the engine: nothing that holds data is replaced or deleted. */
export function climbTheLadder({ system, cloud, compute, keys, at }: Climb): void {
  describe(`${system} on ${cloud}, in prod`, () => {
    let lab: Lab;

    beforeAll(() => {
      lab = new Lab('prod');
    });
    afterAll(() => lab.close());

    test.each(phases)('up at %s keeps every store, and a second up changes nothing', (phase) => {
      const before = storesIn(lab);
      lab.configure('prod', { system, cloud, compute, phase, atlasOrganizationId: undefined, ...keys });
      for (const run of upWhole(lab)) expect(lostStores(succeeded(run))).toEqual([]);
      expect(storesIn(lab)).toMatchObject(before);
      expect(Object.keys(storesIn(lab)).length).toBeGreaterThan(3);
      for (const wanted of at[phase]) {
        const found = lab
          .resources()
          .filter(({ type, urn }) => type === wanted.type && (wanted.named?.test(urn.split('::').pop()!) ?? true));
        if (wanted.count === undefined) expect(found.length).toBeGreaterThan(0);
        else expect([wanted.type, found.length]).toEqual([wanted.type, wanted.count]);
        for (const { inputs } of found) expect(inputs).toMatchObject(wanted.inputs);
      }
      expect(changes(succeeded(lab.again()))).toEqual([]);
    });

    test('every store is protected', () => {
      const open = lab
        .resources()
        .filter((one) => isStore(one.type) && !isKey(one.type) && !isCopy(one) && !one.protect);
      expect(open.map(({ urn }) => urn)).toEqual([]);
    });
  });
}

/** What opens a store can be made again; the store cannot. */
const isKey = (type: string): boolean => /databaseUser|randomPassword|sql\/user/.test(type);

/** A reader of RDS has nothing that its primary has not; there may be fewer of them one day. */
const isCopy = ({ inputs }: Resource): boolean => inputs.replicateSourceDb !== undefined;

function storesIn(lab: Lab): Record<string, string | undefined> {
  const stores = lab.resources().filter(({ type }: Resource) => isStore(type));
  return Object.fromEntries(stores.map(({ urn, id }) => [urn, id]));
}

function succeeded(run: Run): Run {
  if (run.code !== 0) throw new Error(`the engine ended with ${run.code}:\n${run.output}`);
  return run;
}
