import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as provproto from '@pulumi/pulumi/proto/provider_pb';
import { Faults, serve, Store, type Running } from '../../sandbox';
import { fromStruct, toStruct } from '../../sandbox/server/wire';
import { EngineClient, initFailure } from './engine-client';

const vpc = 'aws:ec2/vpc:Vpc';
const inputs = { cidrBlock: '10.0.0.0/16', region: 'us-east-1' };

let folder: string;
let running: Running;
let engine: EngineClient;
let faults: Faults;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'served-'));
  running = await serve(folder);
  engine = new EngineClient(running.ports.aws ?? 0);
  faults = new Faults(folder);
});
afterEach(async () => {
  engine.close();
  await running.stop();
  rmSync(folder, { recursive: true, force: true });
});

const inStore = () => new Store(folder).list().map(({ type }) => type);

test('greets the engine and accepts its secrets', async () => {
  const hello = await engine.call<provproto.ProviderHandshakeResponse>(
    'handshake',
    new provproto.ProviderHandshakeRequest(),
  );
  expect(hello.getAcceptSecrets()).toBe(true);
  const configured = await engine.configure({ region: 'us-east-1' });
  expect([configured.getAcceptsecrets(), configured.getSupportspreview(), configured.getAcceptoutputs()]).toEqual([
    true,
    true,
    false,
  ]);
});

test('each connection has the region of its own configuration', async () => {
  const other = new EngineClient(running.ports.aws ?? 0);
  await engine.configure({ region: 'us-east-1' });
  await other.configure({ region: 'eu-west-1' });
  const made = await Promise.all([engine, other].map((one) => one.create(vpc, 'net', { cidrBlock: '10.0.0.0/16' })));
  expect(made.map(({ outputs }) => outputs.region)).toEqual(['us-east-1', 'eu-west-1']);
  other.close();
});

test('Configure refuses another account', async () => {
  await expect(engine.configure({ allowedAccountIds: '["999999999999"]' })).rejects.toThrow(
    /AWS account ID not allowed/,
  );
});

test('an unknown type and an unknown function are errors that name them', async () => {
  await expect(engine.check('aws:neptune/cluster:Cluster', 'db', {})).rejects.toThrow(/aws:neptune\/cluster:Cluster/);
  const invoke = new provproto.InvokeRequest().setTok('aws:index/getRegion:getRegion');
  await expect(engine.call('invoke', invoke)).rejects.toThrow(/aws:index\/getRegion:getRegion/);
});

test('the newest public image of a region is one id, and other parameters do not exist', async () => {
  await engine.configure({ region: 'us-east-1' });
  const ask = async (name: string, region: string) => {
    const request = new provproto.InvokeRequest().setTok('aws:ssm/getParameter:getParameter');
    const answer = await engine.call<provproto.InvokeResponse>('invoke', request.setArgs(toStruct({ name, region })));
    return fromStruct(answer.getReturn()).value;
  };
  const image = '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64';
  const [one, again, far] = [
    await ask(image, 'us-east-1'),
    await ask(image, 'us-east-1'),
    await ask(image, 'us-west-2'),
  ];
  expect(one).toMatch(/^ami-0[0-9a-f]{16}$/);
  expect([again === one, far === one]).toEqual([true, false]);
  await expect(ask('/mine', 'us-east-1')).rejects.toThrow(/ParameterNotFound/);
});

test('a preview makes nothing, and does not know what the cloud will make up', async () => {
  const { id, outputs } = await engine.create(vpc, 'net', inputs, true);
  expect([id, outputs.arn, outputs.cidrBlock]).toEqual(['', '04da6b54-80e4-46f7-96ec-b56ff0331ba9', '10.0.0.0/16']);
  expect(inStore()).toEqual([]);
});

test('Diff says what replaces, in detail', async () => {
  const answer = await engine.diff(vpc, 'net', inputs, { ...inputs, cidrBlock: '10.1.0.0/16', tags: { a: 'b' } });
  expect([answer.getReplacesList(), answer.getDiffsList().sort()]).toEqual([['cidrBlock'], ['cidrBlock', 'tags']]);
  const details = answer.getDetaileddiffMap();
  const { Kind } = provproto.PropertyDiff;
  expect(details.get('cidrBlock')?.toObject()).toEqual({ kind: Kind.UPDATE_REPLACE, inputdiff: true });
  expect(details.get('tags')?.toObject()).toEqual({ kind: Kind.ADD, inputdiff: true });
});

describe('faults', () => {
  test('throttling is waited out', async () => {
    faults.add({ kind: 'throttle', verb: 'create', type: 'ec2/vpc', times: 4 });
    await expect(engine.create(vpc, 'net', inputs)).resolves.toMatchObject({ id: expect.stringMatching(/^vpc-0/) });
    expect(faults.list()).toEqual([]);
  });

  test('throttling without end is an error after as many attempts as the provider makes', async () => {
    faults.add({ kind: 'throttle', verb: 'create', times: 25 });
    await expect(engine.create(vpc, 'net', inputs)).rejects.toThrow(/ThrottlingException/);
    expect([inStore(), faults.list()]).toEqual([[], []]);
  }, 15_000);

  test('an error leaves nothing behind, hits what it names, and is used up', async () => {
    faults.add({ kind: 'error', verb: 'create', name: 'net', times: 1, message: 'out of luck' });
    await expect(engine.create(vpc, 'other', inputs)).resolves.toBeDefined();
    await expect(engine.create(vpc, 'net', inputs)).rejects.toThrow(/out of luck/);
    expect(inStore()).toHaveLength(1);
    await expect(engine.create(vpc, 'net', inputs)).resolves.toBeDefined();
  });

  test('a creation that fails half-way tells the engine what exists', async () => {
    faults.add({ kind: 'half', verb: 'create', times: 1, message: 'not ready' });
    const error = await engine.create(vpc, 'net', inputs).catch((caught: unknown) => caught);
    const failure = initFailure(error);
    expect(failure).toMatchObject({ reasons: ['not ready'], outputs: { cidrBlock: '10.0.0.0/16' } });
    expect(new Store(folder).list().map(({ id }) => id)).toEqual([failure?.id]);
  });

  test('a lost answer leaves an orphan that the store can tell of', async () => {
    faults.add({ kind: 'lost', verb: 'create', times: 1 });
    const error = await engine.create(vpc, 'net', inputs).catch((caught: unknown) => caught);
    expect(initFailure(error)).toBeUndefined();
    expect(new Store(folder).list().map(({ urn }) => urn.split('::').pop())).toEqual(['net']);
  });

  test('latency slows a call down', async () => {
    faults.add({ kind: 'latency', verb: 'create', milliseconds: 120, times: 1 });
    const before = Date.now();
    await engine.create(vpc, 'net', inputs);
    expect(Date.now() - before).toBeGreaterThanOrEqual(115);
  });
});

test('a hundred and fifty resources take little time', async () => {
  await engine.create(vpc, 'net', inputs);
  const id = new Store(folder).list()[0]?.id ?? '';
  const before = Date.now();
  for (let index = 0; index < 150; index++) {
    await engine.create('aws:ec2/subnet:Subnet', `subnet-${index}`, {
      vpcId: id,
      cidrBlock: `10.0.${index}.0/24`,
      region: 'us-east-1',
    });
  }
  expect(inStore()).toHaveLength(151);
  expect(Date.now() - before).toBeLessThan(10_000);
}, 20_000);
