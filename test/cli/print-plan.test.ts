import { printPlan } from '../../cli/commands/print-plan';
import { makePlan } from '../../plan/make';
import { parseSettings } from '../settings';
import { systems } from '../../systems';
import { exampleWith } from '../stacks/config/helpers';

function linesOf(stack: string, changes: Record<string, unknown> = {}, secretKeys: string[] = []): string[] {
  const settings = parseSettings(exampleWith(stack, changes, secretKeys), systems);
  return printPlan(makePlan(systems[settings.system]!, settings), []).split('\n');
}

test('tables, their pooler and the sums of connections, jobs and who takes them, Cloudflare', () => {
  const lines = linesOf('mercenary-prod');
  expect(lines).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^workers {3}celery: 5-10 x r5\.large, starts at 5, queue celery, ghcr\.io/),
      'database  aurora postgres 17, db.r5.large, 2-4 replicas, standby: yes, 100-500 GiB',
      'pooler    PgBouncer on 6432',
      expect.stringMatching(/^sums {6}api 20 x 20 = 400, celery 10 x 5 = 50; together 450, and applications may have /),
      'broker    cache.m5.large, 1 replicas',
      'in front  Cloudflare, mercenary.example.com',
    ]),
  );
  expect(lines.filter((line) => line.startsWith('work '))).toEqual([]);
});

test('spare capacity and hours of work, where there are some', () => {
  const lines = linesOf('mercenary-dev');
  expect(lines).toContain('work      08:00-19:00 Europe/Berlin, days 1, 2, 3, 4, 5');
  expect(lines.find((line) => line.startsWith('workers'))).toContain('2-3 x r5.large (spot)');
  expect(lines.some((line) => line.startsWith('in front'))).toBe(false);
});

test('a database of somebody else’s has no sizes, and no sums', () => {
  const databaseUrl = 'postgres://sdk:canary@db.example.com/sdk';
  const lines = linesOf('sv-sdk-prod', { databaseUrl, overrides: undefined }, ['databaseUrl']);
  expect(lines).toContain('database  postgres, there already');
  expect(lines.some((line) => /^(sums|pooler)/.test(line))).toBe(false);
  expect(lines.join('\n')).not.toContain('canary');
});

test('a system without any of it has none of these lines', () => {
  const kinds = linesOf('prod').map((line) => line.split(' ')[0]);
  expect(kinds.filter((kind) => ['workers', 'pooler', 'broker', 'in', 'work'].includes(kind ?? ''))).toEqual([]);
});
