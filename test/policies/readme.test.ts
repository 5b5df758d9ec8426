import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { withTable } from '../../policies/readme-table';
import { rules } from '../../policies/rules';

const text = readFileSync(join(__dirname, '../../policies/README.md'), 'utf8');

test('the table of rules in the README is current (npx tsx policies/readme-table.ts)', () => {
  expect(withTable(text)).toBe(text);
});

test('every rule is in the table', () => {
  for (const rule of rules) expect(text).toContain(`| \`${rule.id}\` |`);
});

test('a README that has lost its marks is an error, not an empty table', () => {
  expect(() => withTable('# Policies\n')).toThrow('has lost the marks');
});
