import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { engineEnvironment, packages, startDetached, statusOf, stop, Store } from '../../sandbox';
import { EngineClient } from './engine-client';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'lifecycle-'))));
afterEach(async () => {
  await stop(folder);
  rmSync(folder, { recursive: true, force: true });
});

const make = async (port: number | undefined, name: string): Promise<string> => {
  const engine = new EngineClient(port ?? 0);
  const { id } = await engine.create('aws:ec2/vpc:Vpc', name, { cidrBlock: '10.0.0.0/16', region: 'us-east-1' });
  engine.close();
  return id;
};

test('starting it twice, even at once, gives one server', async () => {
  const both = await Promise.all([startDetached(folder), startDetached(folder)]);
  expect(both[0]).toEqual(both[1]);
  expect(await startDetached(folder)).toEqual(both[0]);
  expect(engineEnvironment(both[0].ports).PULUMI_DEBUG_PROVIDERS).toMatch(
    new RegExp(`^${packages.map(({ name }) => `${name}:\\d+`).join(',')}$`),
  );
}, 60_000);

test('stopping it ends the process, and what is in the cloud stays', async () => {
  const { ports } = await startDetached(folder);
  const id = await make(ports.aws, 'net');
  expect(await stop(folder)).toBe(true);
  expect(await stop(folder)).toBe(false);
  expect(await statusOf(folder)).toEqual({ running: false, ports: {} });
  expect(new Store(folder).list().map((record) => record.id)).toEqual([id]);
}, 60_000);

test('a server that was killed is found dead, and the next one finds the cloud whole', async () => {
  const { ports, pid } = await startDetached(folder, { account: '111122223333' });
  const ids = await Promise.all([1, 2, 3].map((number) => make(ports.aws, `net-${number}`)));
  process.kill(pid ?? 0, 'SIGKILL');
  while ((await statusOf(folder)).running) await new Promise((resolve) => setTimeout(resolve, 20));
  const again = await startDetached(folder);
  expect(again.pid).not.toBe(pid);
  const store = new Store(folder);
  expect(store.account).toBe('111122223333');
  expect(
    store
      .list()
      .map(({ id }) => id)
      .sort(),
  ).toEqual(ids.sort());
}, 60_000);
