// `make test`: every check that a change must pass, one after the other, and one closing line `N passed, N failed`.
// `node test/run.mjs unit` runs the steps whose name begins with one of the words given; `make test-clouds` and
// `make test-kubernetes` are the steps that run only then, and CI asks for them.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const scratch = mkdtempSync(join(tmpdir(), 'stackladder-test-'));
const wanted = process.argv.slice(2);
let passed = 0;
let failed = 0;
const times = [];

/** A command that passes or fails as one. */
const command = (name, ...line) => ({ name, run: async () => ((await execute(line)) === 0 ? [1, 0] : [0, 1]) });

/** Commands of one processor each, side by side; each says its own when it has ended. */
const sideBySide = (name, commands) => ({
  name,
  run: async () => {
    const ended = Object.entries(commands).map(async ([part, line]) => {
      const { status, output } = await collect(line);
      process.stdout.write(`-- ${part}${status === 0 ? '' : ': failed'}\n${output}`);
      return status === 0;
    });
    const good = (await Promise.all(ended)).filter(Boolean).length;
    return [good, ended.length - good];
  },
});

/** A jest project, whose own count of tests goes into the sum. */
const tests = (name, ...flags) => ({
  name,
  run: async () => {
    const report = join(scratch, `${name}.json`);
    const status = await execute([
      'npx',
      'jest',
      '--selectProjects',
      name,
      '--json',
      `--outputFile=${report}`,
      ...flags,
    ]);
    const { numPassedTests, numFailedTests, numFailedTestSuites, numPendingTests, numTodoTests } = JSON.parse(
      readFileSync(report, 'utf8'),
    );
    // A suite that cannot load has no test to fail, and a skipped test is not a passed one.
    let bad = numFailedTests + numPendingTests + numTodoTests;
    if (status !== 0 && bad === 0) bad = Math.max(1, numFailedTestSuites);
    return [numPassedTests, bad];
  },
});

/** What runs at once stands together: servers wait for each other most of the time, and leave the processor to others. */
const stages = [
  [command('tools', 'bash', 'test/tools.sh')],
  [
    sideBySide('types, lint, format', {
      types: ['npx', 'tsc', '--noEmit', '-p', '.'],
      lint: ['npx', 'eslint', '.'],
      format: ['npx', 'prettier', '--check', '--log-level', 'warn', '.'],
    }),
    tests('server', '--maxWorkers=2'),
  ],
  [tests('unit', '--maxWorkers=2')],
  [tests('engine', '--maxWorkers=2')],
  [{ ...tests('clouds', '--maxWorkers=2'), apart: true }],
  [{ ...tests('kubernetes', '--runInBand'), apart: true }],
];

/** Runs a command that says at once what it has to say. */
function execute([program, ...rest]) {
  // jest writes its JSON to a file and its report to standard error; both go to standard output here, in one order.
  const stdio = ['ignore', 'inherit', process.stdout.fd];
  return new Promise((resolve) => {
    const child = spawn(program, rest, { stdio, env: { ...process.env, CI: 'true' } });
    child.on('error', () => resolve(1));
    child.on('close', (status) => resolve(status ?? 1));
  });
}

/** Runs a command and keeps what it says. */
function collect([program, ...rest]) {
  return new Promise((resolve) => {
    let output = '';
    const child = spawn(program, rest, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, CI: 'true' } });
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => (output += text));
    }
    child.on('error', (error) => resolve({ status: 1, output: `${error}\n` }));
    child.on('close', (status) => resolve({ status, output }));
  });
}

/** Runs a step, and adds what came of it to the sums. */
async function take(step) {
  process.stdout.write(`\n== ${step.name}\n`);
  const started = Date.now();
  let counts;
  try {
    counts = await step.run();
  } catch (error) {
    process.stdout.write(`${error}\n`);
    counts = [0, 1];
  }
  passed += counts[0];
  failed += counts[1];
  times.push(`${step.name}: ${((Date.now() - started) / 1000).toFixed(0)} s`);
}

const asked = ({ name, apart }) => (wanted.length > 0 ? wanted.some((word) => name.startsWith(word)) : !apart);
for (const stage of stages) await Promise.all(stage.filter(asked).map(take));
rmSync(scratch, { recursive: true, force: true });
process.stdout.write(`\n${times.join(', ')}\n${passed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
