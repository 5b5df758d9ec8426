import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { combinations, wordsOf } from './combinations';

test('no manifest is left of a combination that is gone', () => {
  const expected = combinations.map((flags) => `${wordsOf(flags)}.yaml`).sort();
  const systems = [...new Set(combinations.map(({ system }) => system))];
  expect(systems.flatMap((system) => readdirSync(join(__dirname, system))).sort()).toEqual(expected);
});

test('every system is planned in every phase and environment, wherever it runs', () => {
  // 4 phases, 3 environments; instances and kubernetes on three clouds, and a plain cluster.
  expect(combinations.filter(({ system }) => system === 'pulse')).toHaveLength(4 * 3 * 7);
});
