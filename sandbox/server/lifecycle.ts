import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as grpc from '@grpc/grpc-js';
import * as services from '@pulumi/pulumi/proto/provider_grpc_pb';
import * as emptyproto from 'google-protobuf/google/protobuf/empty_pb';
import { readJson } from '../store/atomic';
import type { Ports } from './servers';

/** Milliseconds. */
const ANSWER_WITHIN = 1000;
const START_WITHIN = 20_000;
const STOP_WITHIN = 5000;

export interface Status {
  running: boolean;
  pid?: number;
  ports: Ports;
}

export const portsFile = (folder: string): string => join(folder, 'ports.json');
const lockFile = (folder: string): string => join(folder, 'starting');

/** Whether a server is at work on the store: its process lives, and every port answers. */
export async function statusOf(folder: string): Promise<Status> {
  const known = readJson<{ pid: number } & Record<string, number>>(portsFile(folder));
  if (!known) return { running: false, ports: {} };
  const { pid, ...ports } = known;
  if (!isAlive(pid)) return { running: false, ports: {} };
  const answers = await Promise.all(Object.values(ports).map(answersAt));
  return answers.every(Boolean) ? { running: true, pid, ports } : { running: false, ports: {} };
}

/** Starts a server in the background, or finds the one that runs already. */
export async function startDetached(folder: string, options: { account?: string } = {}): Promise<Status> {
  const found = await statusOf(folder);
  if (found.running) return found;
  mkdirSync(folder, { recursive: true });
  const log = openSync(join(folder, 'server.log'), 'a');
  const compiled = extname(__filename) !== '.ts';
  const entry = join(__dirname, '..', compiled ? 'main.js' : 'main.ts');
  const loader = compiled ? [] : ['--require', require.resolve('tsx/cjs')];
  const account = options.account === undefined ? [] : [options.account];
  const child = spawn(process.execPath, [...loader, entry, folder, ...account], {
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  child.unref();
  const deadline = Date.now() + START_WITHIN;
  while (Date.now() < deadline) {
    const status = await statusOf(folder);
    if (status.running) return status;
    await sleep(25);
  }
  throw new Error(
    `the sandbox did not start within ${START_WITHIN / 1000} s; its log is ${join(folder, 'server.log')}`,
  );
}

/** Stops the server of a store; false where none runs. The store stays. */
export async function stop(folder: string): Promise<boolean> {
  const status = await statusOf(folder);
  if (!status.running || status.pid === undefined) return false;
  process.kill(status.pid, 'SIGTERM');
  const deadline = Date.now() + STOP_WITHIN;
  while (isAlive(status.pid)) {
    if (Date.now() > deadline) throw new Error(`the sandbox (process ${status.pid}) did not stop`);
    await sleep(25);
  }
  return true;
}

/** What the engine has to find in its environment to use these servers. */
export function engineEnvironment(ports: Ports): Record<string, string> {
  const providers = Object.entries(ports).map(([name, port]) => `${name}:${port}`);
  return {
    PULUMI_DEBUG_PROVIDERS: providers.join(','),
    // Without it the engine tries to download a plugin for every provider package that it finds installed.
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: 'true',
  };
}

/**
 * Lets one of several processes start. False where another one is at it or was faster; a process that died over it
 * leaves nothing that stops the next.
 */
export function claimStart(folder: string): boolean {
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      writeFileSync(lockFile(folder), String(process.pid), { flag: 'wx' });
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const holder = Number(readFileSync(lockFile(folder), 'utf8'));
    if (holder > 0 && isAlive(holder)) return false;
    rmSync(lockFile(folder), { force: true });
  }
  return false;
}

export function releaseStart(folder: string): void {
  rmSync(lockFile(folder), { force: true });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function answersAt(port: number): Promise<boolean> {
  const client = new services.ResourceProviderClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
  return new Promise((resolve) => {
    const deadline = Date.now() + ANSWER_WITHIN;
    client.getPluginInfo(new emptyproto.Empty(), new grpc.Metadata(), { deadline }, (error: unknown) => {
      client.close();
      resolve(!error);
    });
  });
}
