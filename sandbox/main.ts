import { mkdirSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { claimStart, portsFile, releaseStart, statusOf } from './server/lifecycle';
import { serve } from './server/servers';
import { writeWhole } from './store/atomic';

/** `node main <store folder> [account id]`: serves until it is told to stop. */
async function main(folder: string, account: string | undefined): Promise<void> {
  mkdirSync(folder, { recursive: true });
  if ((await statusOf(folder)).running || !claimStart(folder)) return;
  const running = await serve(folder, { account });
  writeWhole(portsFile(folder), JSON.stringify({ ...running.ports, pid: process.pid }, null, 2));
  releaseStart(folder);
  const stop = (): void => {
    rmSync(portsFile(folder), { force: true });
    void running.stop().then(() => process.exit(0));
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

void main(resolve(process.argv[2] ?? '.ladder/sandbox'), process.argv[3]).catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
