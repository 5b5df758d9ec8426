import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { combinations, wordsOf } from './combinations';
import { manifestOf, reviewed } from './manifests';

describe('reviewed manifests (after a change that is meant: npm run manifests, and read the difference)', () => {
  test.each(combinations.map((flags) => [wordsOf(flags), flags] as const))('%s', async (_, flags) => {
    expect(await manifestOf(flags)).toBe(reviewed(flags));
  });

  test('no manifest is left of a combination that is gone', () => {
    const expected = combinations.map((flags) => `${wordsOf(flags)}.yaml`).sort();
    const systems = [...new Set(combinations.map(({ system }) => system))];
    expect(systems.flatMap((system) => readdirSync(join(__dirname, system))).sort()).toEqual(expected);
  });
});
