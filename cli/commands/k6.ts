import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { profiles, type ProfileName } from '../../loadtest/profiles';
import { k6Script } from '../../loadtest/script';
import { systems } from '../../systems';

interface K6Flags {
  system: string;
  profile?: ProfileName;
  out?: string;
  baseUrl?: string;
  path?: string[];
  faster: number;
  smaller: number;
}

/**
 * `ladder k6`: k6's scripts for a system, made of what its guide expects of it. Into a folder, or one script to standard
 * output. Running them is k6's part: from a machine that is not the system's own, and never against somebody else's.
 */
export function k6Command(): Command {
  return new Command('k6')
    .description("k6's scripts for a system: smoke, load, stress, soak and spike")
    .addOption(new Option('--system <name>', 'which system').choices(Object.keys(systems)).makeOptionMandatory())
    .addOption(new Option('--profile <name>', 'one profile; all of them without it').choices([...profiles]))
    .option('--out <folder>', 'where the scripts go; standard output without it, and then of one profile')
    .option('--base-url <url>', 'where the system answers; without it BASE_URL says so when a script runs', url)
    .option('--path <path...>', "paths instead of the system's own", paths)
    .option('--faster <times>', 'divide every duration, to try a script out', times, 1)
    .option('--smaller <times>', 'divide every load, to try a script out', times, 1)
    .action((flags: K6Flags, command: Command) => run(flags, command));
}

function run({ system: name, profile, out, baseUrl, path, faster, smaller }: K6Flags, command: Command): void {
  const system = systems[name];
  if (!system) command.error(`${name} is not on board`);
  const wanted = profile === undefined ? [...profiles] : [profile];
  const script = (one: ProfileName) => k6Script(system, one, { baseUrl, paths: path, shrink: { faster, smaller } });
  if (out === undefined) {
    if (profile === undefined) command.error('error: name a --profile, or a folder for all of them with --out');
    process.stdout.write(script(profile));
    return;
  }
  mkdirSync(out, { recursive: true });
  for (const one of wanted) {
    const file = join(out, `${name}-${one}.js`);
    writeFileSync(file, script(one));
    console.log(`k6 run ${baseUrl === undefined ? '-e BASE_URL=https://… ' : ''}${file}`);
  }
}

function url(text: string): string {
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol)) {
    throw new InvalidArgumentError('write a URL that begins with https:// or http://');
  }
  return text;
}

function paths(text: string, before: string[] = []): string[] {
  if (!text.startsWith('/')) throw new InvalidArgumentError('a path begins with /');
  return [...before, text];
}

function times(text: string): number {
  const value = Number(text);
  if (!(value >= 1) || !Number.isFinite(value)) throw new InvalidArgumentError('write a number from 1 on');
  return value;
}
