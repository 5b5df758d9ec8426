import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';

/** Milliseconds. */
const STOP_WITHIN = 5000;

/** A program that runs until it is stopped, or until this process ends. */
export class Process {
  private readonly child: ChildProcess;
  private readonly log: string;
  private readonly ended: Promise<void>;

  constructor(
    readonly name: string,
    program: string,
    args: string[],
    folder: string,
  ) {
    this.log = join(folder, `${name}.log`);
    const log = openSync(this.log, 'a');
    this.child = spawn(program, args, { cwd: folder, stdio: ['ignore', log, log] });
    closeSync(log);
    this.ended = new Promise((resolve) => this.child.once('exit', () => resolve()));
    const kill = (): void => void this.child.kill('SIGKILL');
    process.once('exit', kill);
    void this.ended.then(() => process.removeListener('exit', kill));
  }

  /** @throws Error with the end of its log where it has ended by itself */
  mustRun(): void {
    if (this.child.exitCode === null && this.child.signalCode === null) return;
    const tail = readFileSync(this.log, 'utf8').split('\n').slice(-15).join('\n');
    throw new Error(`${this.name} ended with ${this.child.exitCode ?? this.child.signalCode}:\n${tail}`);
  }

  async stop(): Promise<void> {
    this.child.kill('SIGTERM');
    const late = setTimeout(() => this.child.kill('SIGKILL'), STOP_WITHIN);
    await this.ended;
    clearTimeout(late);
  }
}

/** Ports of this machine that nobody listens on. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer());
  const ports = await Promise.all(
    servers.map(
      (server) =>
        new Promise<number>((resolve, reject) => {
          server.once('error', reject);
          server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
        }),
    ),
  );
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
