import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Rule } from './rule';
import { concerns } from './rules';

/** Where the table lies; between its two marks the README is written by this file. */
const readme = join(__dirname, 'README.md');
const start = '<!-- table of rules: npx tsx policies/readme-table.ts -->';
const end = '<!-- end of the table -->';

/** The README with its table made anew from the rules. */
export function withTable(text: string): string {
  const [before, rest] = text.split(start);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined)
    throw new Error('policies/README.md has lost the marks of its table');
  return `${before}${start}\n<!-- prettier-ignore-start -->\n\n${table()}\n\n<!-- prettier-ignore-end -->\n${end}${after}`;
}

function table(): string {
  const head = ['| rule | what must hold | where | severity | controls |', '| --- | --- | --- | --- | --- |'];
  const sections = Object.entries(concerns).flatMap(([concern, rules]) => [
    `| **[${concern}](rules/${concern}.ts)** | | | | |`,
    ...rules.map(row),
  ]);
  return [...head, ...sections].join('\n');
}

function row(rule: Rule): string {
  const cells = [
    `\`${rule.id}\``,
    rule.title,
    rule.where?.says ?? 'everywhere',
    rule.severity,
    rule.controls.join(', ') || '-',
  ];
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

if (require.main === module) writeFileSync(readme, withTable(readFileSync(readme, 'utf8')));
