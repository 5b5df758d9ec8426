import { outputsOf } from '../../../cli/offline/output-shapes';
import { record } from '../../../cli/offline/recorder';
import { authorityOf, discoveryAddress } from '../../../components/gcp/cache/connection';
import { ValkeyCache, type ValkeyCacheArgs } from '../../../components/gcp/cache/valkey-cache';
import { messageOf, one, parentName } from '../recorded';
import { network, projectId } from './given';

const instanceType = 'gcp:memorystore/instance:Instance';
const sizes = {
  engineVersion: '8.0',
  nodeType: 'STANDARD_SMALL',
  shards: 1,
  replicasPerShard: 0,
  evictionPolicy: 'allkeys-lru',
  snapshotRetentionDays: 7,
};
const given = (args: Partial<ValkeyCacheArgs> = {}): ValkeyCacheArgs => ({
  projectId,
  region: 'us-central1',
  ...network(),
  ...sizes,
  deletionProtection: true,
  recoveryDays: 30,
  protect: true,
  labels: { system: 'pulse' },
  ...args,
});

test('cluster mode, IAM and TLS from the first node', async () => {
  const recording = await record(() => ({ host: new ValkeyCache('pulse-prod-cache-usc1', given()).host }));
  const instance = one(recording, instanceType);
  expect(instance.inputs).toEqual({
    instanceId: 'pulse-prod-cache-usc1',
    location: 'us-central1',
    engineVersion: 'VALKEY_8_0',
    mode: 'CLUSTER',
    nodeType: 'STANDARD_SMALL',
    shardCount: 1,
    replicaCount: 0,
    authorizationMode: 'IAM_AUTH',
    transitEncryptionMode: 'SERVER_AUTHENTICATION',
    engineConfigs: { 'maxmemory-policy': 'allkeys-lru' },
    desiredAutoCreatedEndpoints: [{ network: '<unknown:net.id>', projectId }],
    zoneDistributionConfig: { mode: 'MULTI_ZONE' },
    persistenceConfig: { mode: 'DISABLED' },
    automatedBackupConfig: { retention: '604800s', fixedFrequencySchedule: { startTime: { hours: 3 } } },
    maintenancePolicy: { weeklyMaintenanceWindows: [{ day: 'SUNDAY', startTime: { hours: 5 } }] },
    deletionProtectionEnabled: true,
    labels: { system: 'pulse' },
  });
  expect([instance.protect, instance.deleteBeforeReplace, parentName(instance)]).toEqual([
    true,
    true,
    'pulse-prod-cache-usc1',
  ]);
  expect(instance.dependsOn.join()).toContain('serviceConnectionPolicy');
  expect(recording.outputs.host).toContain('pscAutoConnection.ipAddress');
});

test('nothing but what grows in place differs between the phases', async () => {
  const inputsOf = async (args: Partial<ValkeyCacheArgs>) =>
    one(await record(() => void new ValkeyCache('cache', given(args))), instanceType).inputs;
  const grown = await inputsOf({ nodeType: 'HIGHMEM_MEDIUM', shards: 3, replicasPerShard: 2 });
  expect(grown).toEqual({ ...(await inputsOf({})), nodeType: 'HIGHMEM_MEDIUM', shardCount: 3, replicaCount: 2 });
});

test('labels that change beside everything else stay as they were: Memorystore takes one change in an update', async () => {
  const instance = one(await record(() => void new ValkeyCache('c', given())), instanceType);
  expect(instance.ignoreChanges).toEqual(['labels.phase', 'labels.release']);
});

test('without days there is no backup', async () => {
  const recording = await record(() => void new ValkeyCache('c', given({ snapshotRetentionDays: 0 })));
  expect(one(recording, instanceType).inputs).not.toHaveProperty('automatedBackupConfig');
});

test('the discovery endpoint among all of them', () => {
  const connection = (connectionType: string, ipAddress: string) => ({
    pscAutoConnection: { connectionType, ipAddress },
  });
  const nodes = { connections: [connection('CONNECTION_TYPE_PRIMARY', '10.0.32.9')] };
  const all = { connections: [{}, connection('CONNECTION_TYPE_DISCOVERY', '10.0.32.3')] };
  expect(discoveryAddress([{}, nodes, all])).toBe('10.0.32.3');
  expect(() => discoveryAddress([nodes])).toThrow('Memorystore names no discovery endpoint');
  // What an offline plan puts in its place has the same shape.
  const offline = outputsOf(instanceType, 'c', 'endpoints', {}) as Parameters<typeof discoveryAddress>[0];
  expect(discoveryAddress(offline)).toContain('ipAddress');
});

test('all authorities as one PEM text', () => {
  expect(authorityOf([{ caCerts: [{ certificates: ['A\n', 'B'] }] }, { caCerts: [{ certificates: ['C'] }] }])).toBe(
    'A\nB\nC\n',
  );
});

test('all faults in one message', async () => {
  let message = '';
  await record(() => {
    const wrong = {
      engineVersion: '6.2',
      nodeType: 'cache.t3.micro',
      shards: 100,
      replicasPerShard: 5,
      evictionPolicy: 'lru',
      snapshotRetentionDays: 400,
    };
    message = messageOf(() => new ValkeyCache('c', given(wrong)));
  });
  expect(message.split('\n').map((line) => line.replace(/: .*/, ''))).toEqual([
    'ValkeyCache "c" cannot be created:',
    '  engineVersion',
    '  nodeType',
    '  shards',
    '  evictionPolicy',
    '  snapshotRetentionDays',
  ]);
});
