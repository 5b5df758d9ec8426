import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { k6Command } from '../../cli/commands/k6';
import { k6Script } from '../../loadtest/script';
import { systems } from '../../systems';

let printed = '';
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'k6-'));
  printed = '';
  const note = (text: unknown) => {
    printed += `${String(text)}\n`;
    return true;
  };
  jest.spyOn(process.stdout, 'write').mockImplementation(note);
  jest.spyOn(console, 'log').mockImplementation(note);
});
afterEach(() => {
  jest.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

async function run(...flags: string[]): Promise<void> {
  await k6Command()
    .exitOverride()
    .configureOutput({ writeErr: (text) => void (printed += text) })
    .parseAsync(flags, { from: 'user' });
}

test('one profile goes to standard output', async () => {
  await run('--system', 'sv-sdk', '--profile', 'load');
  expect(printed.trimEnd()).toBe(k6Script(systems['sv-sdk']!, 'load').trimEnd());
});

test('all of them go into a folder, with the lines that run them', async () => {
  const out = join(folder, 'scripts');
  await run('--system', 'mercenary', '--out', out, '--faster', '10', '--smaller', '100', '--path', '/a', '/b');
  expect(readdirSync(out).sort()).toEqual(
    ['load', 'smoke', 'soak', 'spike', 'stress'].map((profile) => `mercenary-${profile}.js`),
  );
  expect(printed).toContain(`k6 run -e BASE_URL=https://… ${join(out, 'mercenary-stress.js')}`);
  const stress = readFileSync(join(out, 'mercenary-stress.js'), 'utf8');
  expect(stress).toContain('"target": 100\n');
  expect(stress).toContain('"duration": "60s"');
  expect(stress).toContain('["/a","/b"]');
});

test('with an address nothing is left to say', async () => {
  await run('--system', 'pulse', '--profile', 'smoke', '--out', folder, '--base-url', 'https://api.example.com');
  expect(printed.trim()).toBe(`k6 run ${join(folder, 'pulse-smoke.js')}`);
  expect(readFileSync(join(folder, 'pulse-smoke.js'), 'utf8')).toContain('"https://api.example.com"');
});

test.each([
  ['neither a profile nor a folder', [], /name a --profile/],
  ['an unknown profile', ['--profile', 'heavy'], /Allowed choices are smoke, load, stress, soak, spike/],
  ['an address that is none', ['--profile', 'load', '--base-url', 'api.example.com'], /begins with https/],
  ['a path that is none', ['--profile', 'load', '--path', 'users'], /a path begins with/],
  ['no time at all', ['--profile', 'load', '--faster', '0'], /a number from 1 on/],
  ['a word for a number', ['--profile', 'load', '--smaller', 'much'], /a number from 1 on/],
])('refuses %s', async (_what, flags, says) => {
  await expect(run('--system', 'pulse', ...flags)).rejects.toThrow();
  expect(printed).toMatch(says);
});
