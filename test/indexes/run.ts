import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '..', '..');

export interface Ended {
  exitCode: number;
  /** Standard output, in lines. */
  lines: string[];
  /** Both streams. */
  everything: string;
}

/** Runs a program to its end, whatever its exit code. */
export function runProgram(program: string, flags: string[], environment: Record<string, string>): Promise<Ended> {
  return new Promise((resolve, reject) => {
    // The test's own MONGO_URL, if there is one, must not reach the program.
    const env = { ...process.env, MONGO_URL: undefined, ...environment };
    execFile(program, flags, { cwd: root, env, timeout: 60_000 }, (error, stdout, stderr) => {
      if (error && typeof error.code !== 'number') return reject(error);
      const exitCode = error ? Number(error.code) : 0;
      resolve({ exitCode, lines: stdout.trimEnd().split('\n'), everything: stdout + stderr });
    });
  });
}

/** `ladder indexes` with further flags. */
export function runLadder(flags: string[], environment: Record<string, string>): Promise<Ended> {
  const command = ['--require', 'tsx/cjs', join('test', 'indexes', 'command.ts'), 'indexes', '--system', 'pulse'];
  return runProgram(process.execPath, [...command, ...flags], environment);
}

/** The script as `ladder indexes --print` writes it, in a file of a folder. */
export async function printScript(folder: string, database: string): Promise<string> {
  const { lines } = await runLadder(['--print', '--database', database], {});
  const file = join(folder, `${database}.js`);
  writeFileSync(file, `${lines.join('\n')}\n`);
  return file;
}
