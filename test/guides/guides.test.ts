import { combinations, wordsOf } from '../manifests/combinations';
import { sharedPlan } from '../manifests/plans';
import { guideRows } from './rows';
import { concerns, unlike, valueAt, type Row } from './row';

/** The first combination that a row is about, and what is planned for it. */
async function planOf(system: string, row: Row) {
  const flags = combinations.find((each) => each.system === system && concerns(row, each));
  if (!flags) throw new Error(`no combination of ${system} is what "${row.line}" is about`);
  return { flags, resources: (await sharedPlan(flags)).resources };
}

describe.each(Object.entries(guideRows))('the guide of %s', (system, rows) => {
  afterAll(() => process.stdout.write(`${rows.length} rows of the guide of ${system} were looked up in its plans\n`));

  test.each(rows.map((row, at) => [`${at + 1}. ${row.line}: ${row.path}`, row] as const))('%s', async (_, row) => {
    const { flags, resources } = await planOf(system, row);
    expect([wordsOf(flags), unlike(row, resources)]).toEqual([wordsOf(flags), []]);

    // What would be said if it were not there: a row that cannot fail is no row.
    const without = structuredClone(resources);
    for (const one of without)
      if (one.type === row.type && (row.named?.test(one.name) ?? true)) remove(one.inputs, row.path);
    expect(unlike(row, without)).not.toEqual([]);
  });
});

function remove(inputs: unknown, path: string): void {
  const parts = path.split('.');
  const last = parts.pop()!;
  const parent = parts.length === 0 ? inputs : valueAt(inputs, parts.join('.'));
  if (typeof parent === 'object' && parent !== null) delete (parent as Record<string, unknown>)[last];
}
