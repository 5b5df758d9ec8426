import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as provproto from '@pulumi/pulumi/proto/provider_pb';
import { startDetached, stop, Store } from '../../../sandbox';
import type { Bag } from '../../../sandbox/model/values';
import { fromStruct, toStruct } from '../../../sandbox/server/wire';
import { EngineClient } from '../engine-client';

let folder: string;
let engine: EngineClient;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gcp-wire-'));
  const { ports } = await startDetached(folder);
  engine = new EngineClient(ports.gcp ?? 0);
  await engine.configure({ project: 'pulse-test', region: 'us-central1' });
}, 60_000);
afterEach(async () => {
  engine.close();
  await stop(folder);
  rmSync(folder, { recursive: true, force: true });
});

const network = 'gcp:compute/network:Network';
const urn = (type: string, name: string): string => `urn:pulumi:dev::test::${type}::${name}`;

async function make(type: string, name: string, inputs: Bag): Promise<{ id: string; inputs: Bag; outputs: Bag }> {
  const checked = await engine.check(type, name, inputs);
  expect(checked.failures).toEqual([]);
  const { id, outputs } = await engine.create(type, name, checked.inputs);
  return { id, inputs: checked.inputs, outputs };
}

test('a resource is made, changed, replaced and deleted in the provider’s project', async () => {
  const old = await make(network, 'net', { autoCreateSubnetworks: false });
  expect(old.id).toMatch(/^projects\/pulse-test\/global\/networks\/net-[0-9a-f]{7}$/);
  const replaced = await engine.diff(network, 'net', old.inputs, { ...old.inputs, description: 'other' });
  expect([replaced.getReplacesList(), replaced.getDeletebeforereplace()]).toEqual([['description'], false]);

  const wanted: Bag = { ...old.inputs, routingMode: 'GLOBAL' };
  const changed = await engine.diff(network, 'net', old.inputs, wanted);
  expect([changed.getReplacesList(), changed.getDiffsList()]).toEqual([[], ['routingMode']]);
  const update = new provproto.UpdateRequest().setUrn(urn(network, 'net')).setId(old.id);
  update.setOlds(toStruct(old.outputs)).setOldInputs(toStruct(old.inputs)).setNews(toStruct(wanted));
  const updated = await engine.call<provproto.UpdateResponse>('update', update);
  expect(fromStruct(updated.getProperties())).toMatchObject({ routingMode: 'GLOBAL', project: 'pulse-test' });

  const router = await make('gcp:compute/router:Router', 'router', { network: old.id });
  const remove = (type: string, name: string, id: string) =>
    engine.call('delete', new provproto.DeleteRequest().setUrn(urn(type, name)).setId(id).setProperties(toStruct({})));
  await expect(remove(network, 'net', old.id)).rejects.toThrow(/resourceInUseByAnotherResource.*routers\/router/);
  await remove('gcp:compute/router:Router', 'router', router.id);
  await remove(network, 'net', old.id);
  expect(new Store(folder).list()).toEqual([]);
}, 60_000);

test('each instance of the provider has a project of its own', async () => {
  const { ports } = await startDetached(folder);
  const other = new EngineClient(ports.gcp ?? 0);
  await other.configure({ project: 'pulse-other' });
  const ids = await Promise.all(
    [engine, other].map(async (one) => (await one.create(network, 'net', { name: 'net' })).id),
  );
  other.close();
  expect(ids).toEqual(['projects/pulse-test/global/networks/net', 'projects/pulse-other/global/networks/net']);
}, 60_000);

test('a project by its number is refused before anything is made', async () => {
  const checked = await engine.call<provproto.CheckResponse>(
    'checkConfig',
    new provproto.CheckRequest()
      .setUrn(urn('pulumi:providers:gcp', 'default'))
      .setNews(toStruct({ project: '1234567' })),
  );
  expect(checked.getFailuresList().map((failure) => failure.getReason())).toEqual([
    expect.stringContaining('no project id'),
  ]);
}, 60_000);
