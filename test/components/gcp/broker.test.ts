import { record } from '../../../cli/offline/recorder';
import { gigabytesOf } from '../../../components/gcp/broker/arguments';
import { RedisBroker, type RedisBrokerArgs } from '../../../components/gcp/broker/redis-broker';
import { messageOf, one } from '../recorded';
import { joinedNetwork } from './given';

const type = 'gcp:redis/instance:Instance';
const given = (args: Partial<RedisBrokerArgs> = {}): RedisBrokerArgs => {
  const { network, privateServices } = joinedNetwork();
  return {
    region: 'us-central1',
    zones: ['us-central1-a', 'us-central1-b'],
    network,
    privateServices,
    memoryGb: 1,
    snapshotHours: 1,
    deletionProtection: true,
    recoveryDays: 30,
    protect: true,
    labels: { system: 'shop' },
    ...args,
  };
};
const made = (args: Partial<RedisBrokerArgs> = {}) =>
  record(() => {
    const broker = new RedisBroker('shop-prod-broker-usc1', given(args));
    return { url: broker.secret.value, authority: broker.authority };
  });

test('one store that drops nothing, with a password, TLS and a copy, from the first phase on', async () => {
  const recording = await made();
  const broker = one(recording, type);
  expect(broker.inputs).toMatchObject({
    region: 'us-central1',
    locationId: 'us-central1-a',
    tier: 'STANDARD_HA',
    memorySizeGb: 1,
    redisVersion: 'REDIS_7_2',
    authorizedNetwork: '<unknown:net.id>',
    connectMode: 'PRIVATE_SERVICE_ACCESS',
    authEnabled: true,
    transitEncryptionMode: 'SERVER_AUTHENTICATION',
    redisConfigs: { 'maxmemory-policy': 'noeviction' },
    persistenceConfig: { persistenceMode: 'RDB', rdbSnapshotPeriod: 'ONE_HOUR' },
    deletionProtection: true,
  });
  expect([broker.protect, broker.dependsOn.join().includes('servicenetworking/connection')]).toEqual([true, true]);
  expect(broker.ignoreChanges).toEqual(['locationId']);
  expect(recording.outputs).toEqual({
    url: '<secret>',
    authority: '<unknown:shop-prod-broker-usc1.serverCaCerts[0].cert>\n',
  });
});

test('nothing but its memory differs between the phases', async () => {
  const [small, large] = [one(await made(), type), one(await made({ memoryGb: 5 }), type)];
  expect(large.inputs).toEqual({ ...small.inputs, memorySizeGb: 5 });
});

test('as much memory as the node type that a plan names', () => {
  expect(['SHARED_CORE_NANO', 'STANDARD_SMALL', 'HIGHMEM_MEDIUM'].map(gigabytesOf)).toEqual([1, 5, 10]);
  expect(() => gigabytesOf('cache.t3.micro')).toThrow('"cache.t3.micro" is no node type of Memorystore');
});

test('all faults in one message', async () => {
  let message = '';
  await record(() => {
    const wrong: Partial<RedisBrokerArgs> = {
      region: 'nowhere',
      zones: ['us-east1-b', 'us-central1-a'],
      memoryGb: 301,
      snapshotHours: 2,
      recoveryDays: 1001,
    };
    message = messageOf(() => new RedisBroker('b', given(wrong)));
  });
  expect(message.split('\n').map((line) => line.replace(/: .*/, '').trim())).toEqual([
    'RedisBroker "b" cannot be created:',
    'region',
    'zones[0]',
    'zones[1]',
    'memoryGb',
    'snapshotHours',
    'recoveryDays',
  ]);
});

test.each([
  [{ memoryGb: 0 }, 'memoryGb'],
  [{ memoryGb: 1.5 }, 'memoryGb'],
  [{ zones: [] }, 'zones'],
  [{ snapshotHours: 0 }, 'snapshotHours'],
])('%j is refused', async (wrong, path) => {
  let message = '';
  await record(() => void (message = messageOf(() => new RedisBroker('b', given(wrong)))));
  expect(message).toContain(`  ${path}: `);
});
