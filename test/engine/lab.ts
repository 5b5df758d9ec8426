import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { stringify, parse } from 'yaml';
import { Store } from '../../sandbox';
import { exampleFile } from '../examples';
import type { StoredResource } from '../../sandbox/store/record';

export const root = resolve(__dirname, '../..');

/** One operation of the engine on one resource, as its event log tells it. */
export interface Operation {
  op: string;
  urn: string;
  type: string;
  name: string;
  /** Properties that the provider said differ. */
  diffs: string[];
}

export interface Run {
  code: number | null;
  output: string;
  operations: Operation[];
}

export interface Resource {
  urn: string;
  type: string;
  id?: string;
  inputs: Record<string, unknown>;
  outputs: Record<string, unknown>;
  protect?: boolean;
}

/** Operations that leave a resource as it is. */
const quiet = new Set(['same', 'read', 'refresh']);

/**
 * A real engine with its own home, file backend, stack and sandbox, in a folder of its own that goes away with it.
 */
export class Lab {
  readonly home = mkdtempSync(join(tmpdir(), 'ladder-lab-'));
  readonly store = join(this.home, 'sandbox');
  readonly project = join(this.home, 'project');
  readonly environment: NodeJS.ProcessEnv;
  private runs = 0;

  constructor(
    readonly stack = 'dev',
    /** Another program than the project's own; the policies are about that one, so they are left out. */
    private readonly program?: string,
  ) {
    const bin = execFileSync(join(root, 'engine/find.sh'), { stdio: ['ignore', 'pipe', 'ignore'] })
      .toString()
      .trim();
    mkdirSync(join(this.home, 'state'));
    mkdirSync(this.project);
    symlinkSync(join(root, 'node_modules'), join(this.project, 'node_modules'));
    symlinkSync(join(root, 'package.json'), join(this.project, 'package.json'));
    const main = join(root, this.program ?? 'stacks/main.js');
    const yaml = readFileSync(join(root, 'Pulumi.yaml'), 'utf8').replace(/^main:.*$/m, `main: ${main}`);
    writeFileSync(join(this.project, 'Pulumi.yaml'), yaml);
    this.environment = {
      ...process.env,
      PATH: `${bin}:${process.env.PATH}`,
      PULUMI_HOME: join(this.home, 'pulumi'),
      // As in engine/env.sh: with side files of attributes a killed engine may leave a state that cannot be read.
      PULUMI_BACKEND_URL: `file://${join(this.home, 'state')}?metadata=skip`,
      PULUMI_CONFIG_PASSPHRASE: 'a passphrase for one test',
      PULUMI_SKIP_UPDATE_CHECK: 'true',
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: 'true',
      PULUMI_DEBUG_COMMANDS: 'true', // for --event-log
      // The state is written once, at the end: after each step it takes the engine a third of its time.
      PULUMI_SKIP_CHECKPOINTS: 'true',
      NO_COLOR: '1',
    };
    this.environment.PULUMI_DEBUG_PROVIDERS = this.startSandbox();
    this.must('stack', 'init', stack);
  }

  /** Starts the sandbox and gives back what the engine needs to know of it. */
  startSandbox(): string {
    const text = this.ladder('sandbox', 'start', '--store', this.store);
    const value = /PULUMI_DEBUG_PROVIDERS=["']?([^"'\s;]+)/.exec(text)?.[1];
    if (!value) throw new Error(`the sandbox did not say where its providers are: ${text}`);
    return value;
  }

  close(): void {
    this.ladder('sandbox', 'stop', '--store', this.store);
    rmSync(this.home, { recursive: true, force: true });
  }

  ladder(...args: string[]): string {
    return execFileSync(process.execPath, [join(root, 'cli/ladder.js'), ...args], { cwd: root, encoding: 'utf8' });
  }

  /** Sets the stack's configuration: a committed example, with changes. Undefined takes a key out. */
  configure(example: string, changes: Record<string, unknown> = {}): void {
    const file = parse(readFileSync(exampleFile(example), 'utf8')) as {
      config: Record<string, unknown>;
    };
    const mine = join(this.project, `Pulumi.${this.stack}.yaml`);
    const salt = (parse(readFileSync(mine, 'utf8')) as { encryptionsalt?: string } | null)?.encryptionsalt;
    const config = { ...file.config };
    for (const [key, value] of Object.entries(changes)) {
      const full = key.includes(':') ? key : `stackladder:${key}`;
      if (value === undefined) delete config[full];
      else config[full] = value;
    }
    writeFileSync(mine, stringify({ ...file, config, encryptionsalt: salt }));
  }

  up(...flags: string[]): Run {
    return this.operate('up', '--yes', '--skip-preview', ...this.policies(), ...flags);
  }

  /** The same configuration once more, which must change nothing. The policies have judged it before. */
  again(...flags: string[]): Run {
    return this.operate('up', '--yes', '--skip-preview', '--expect-no-changes', ...flags);
  }

  preview(...flags: string[]): Run {
    return this.operate('preview', ...this.policies(), ...flags);
  }

  destroy(...flags: string[]): Run {
    return this.operate('destroy', '--yes', '--skip-preview', ...flags);
  }

  refresh(...flags: string[]): Run {
    return this.operate('refresh', '--yes', '--skip-preview', ...flags);
  }

  /**
   * Starts an update and gives the process back, to be killed at a moment of the test's choosing. Its state is written
   * after each step, as anybody's is.
   */
  startUp(): ChildProcess {
    return spawn('pulumi', ['up', '--yes', '--skip-preview', '--stack', this.stack, '--non-interactive'], {
      cwd: this.project,
      env: { ...this.environment, PULUMI_SKIP_CHECKPOINTS: 'false' },
      stdio: 'ignore',
    });
  }

  /** Any pulumi command. */
  pulumi(...args: string[]): { code: number | null; output: string } {
    try {
      const output = execFileSync('pulumi', [...args, '--non-interactive'], {
        cwd: this.project,
        env: this.environment,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'pipe'],
        maxBuffer: 1 << 28,
      });
      return { code: 0, output };
    } catch (error) {
      const { status, stdout, stderr } = error as { status: number | null; stdout: string; stderr: string };
      return { code: status, output: `${stdout}\n${stderr}` };
    }
  }

  must(...args: string[]): string {
    const { code, output } = this.pulumi(...args);
    if (code !== 0) throw new Error(`pulumi ${args.join(' ')} ended with ${code}:\n${output}`);
    return output;
  }

  /** The engine's own record, secrets still encrypted. */
  exportState(): string {
    return this.must('stack', 'export', '--stack', this.stack);
  }

  resources(): Resource[] {
    return (JSON.parse(this.exportState()) as { deployment: { resources?: Resource[] } }).deployment.resources ?? [];
  }

  outputs(): Record<string, unknown> {
    return JSON.parse(this.must('stack', 'output', '--json', '--stack', this.stack)) as Record<string, unknown>;
  }

  /** What lies in the sandbox's cloud, whether the engine knows of it or not. */
  cloud(): StoredResource[] {
    return new Store(this.store).list();
  }

  private policies(): string[] {
    return this.program === undefined ? ['--policy-pack', join(root, 'policies')] : [];
  }

  private operate(command: string, ...flags: string[]): Run {
    const log = join(this.home, `events-${++this.runs}.json`);
    const { code, output } = this.pulumi(command, '--stack', this.stack, '--event-log', log, ...flags);
    return { code, output, operations: operationsIn(log) };
  }
}

function operationsIn(log: string): Operation[] {
  if (!existsSync(log)) return []; // the engine never got as far as an event
  const text = readFileSync(log, 'utf8');
  const seen = new Map<string, Operation>();
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue;
    const metadata = (JSON.parse(line) as { resourcePreEvent?: { metadata: Metadata } }).resourcePreEvent?.metadata;
    if (!metadata) continue;
    const { op, urn, type, diffs } = metadata;
    seen.set(`${op} ${urn}`, { op, urn, type, name: urn.split('::').pop() ?? '', diffs: diffs ?? [] });
  }
  return [...seen.values()];
}

interface Metadata {
  op: string;
  urn: string;
  type: string;
  diffs?: string[];
}

/** Operations that change something. */
export function changes(run: Run): Operation[] {
  return run.operations.filter((operation) => !quiet.has(operation.op));
}
