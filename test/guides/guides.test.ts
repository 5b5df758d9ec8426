import { combinations, wordsOf } from '../manifests/combinations';
import { sharedPlan } from '../manifests/plans';
import { guideRows } from './rows';
import { concerns, unlike, valueAt, type Row } from './row';

/** The first and the last combination that a row is about, and what is planned for them. */
async function plansOf(system: string, row: Row) {
  const about = combinations.filter((each) => each.system === system && concerns(row, each));
  if (about.length === 0) throw new Error(`no combination of ${system} is what "${row.line}" is about`);
  const ends = [...new Set([about[0]!, about.at(-1)!])];
  const plans = [];
  // One after the other: Pulumi's runtime is one in a process.
  for (const flags of ends) plans.push({ flags, resources: (await sharedPlan(flags)).resources });
  return plans;
}

describe.each(Object.entries(guideRows))('the guide of %s', (system, rows) => {
  afterAll(() => process.stdout.write(`${rows.length} rows of the guide of ${system} were looked up in its plans\n`));

  test.each(rows.map((row, at) => [`${at + 1}. ${row.line}: ${row.path}`, row] as const))('%s', async (_, row) => {
    const plans = await plansOf(system, row);
    for (const { flags, resources } of plans) {
      expect([wordsOf(flags), unlike(row, resources)]).toEqual([wordsOf(flags), []]);
    }

    // What would be said if it were not there: a row that cannot fail is no row.
    const without = structuredClone(plans[0]!.resources);
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
