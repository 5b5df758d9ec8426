import { changes } from '../engine/lab';
import type { LiveObject } from './cluster/api';
import { podsOf, waitingPods } from './cluster/looking';
import { RowsWalk } from './cluster/rows-walk';

const digest = 'sha256:ebcbe8a7b0605e19aa3303cf6d1784ad41b25cc28a39a7412b2c6297545e75b4';
const settings = {
  system: 'sv-sdk',
  cloud: 'kubernetes',
  domain: 'app.sv-sdk.example.com',
  atlasOrganizationId: undefined,
  images: {
    app: `ghcr.io/example/sv-sdk-app:1.4.2@${digest}`,
    worker: `ghcr.io/example/sv-sdk-worker:1.4.2@${digest}`,
  },
  kubernetes: {
    certificateIssuer: 'letsencrypt',
    monitoring: true,
    objectStore: { endpoint: 'https://minio.example.com:9000', region: 'eu-central-1', bucketPrefix: 'sv-sdk-prod' },
  },
};

/** SV-SDK of prod on a real API server, with the real definitions of CloudNativePG and its backups. */
let walk: RowsWalk;
beforeAll(async () => {
  walk = await RowsWalk.start(settings);
});
afterAll(() => walk?.stop());

const all = (apiVersion: string, kind: string) => walk.plane.api.list(apiVersion, kind, walk.namespace);
const settled = (instances: number) => walk.settled(instances);
const claimSizes = async (): Promise<string[]> =>
  (await all('v1', 'PersistentVolumeClaim'))
    .filter(({ metadata }) => metadata.name.startsWith('svsdk-db-'))
    .map(({ spec }) => spec.resources.requests.storage as string);

let small: Record<string, unknown>;

test('up at Small: every pod is ready on the plan’s nodes, with one instance, one broker and two poolers', async () => {
  walk.at('small');
  walk.succeeded(walk.lab.up());
  await settled(1);
  expect(await waitingPods(walk.plane.api)).toEqual([]);
  expect(walk.lab.cloud().filter(({ type }) => !/^(random|tls):/.test(type))).toEqual([]);
  small = await walk.identities();
  const names = Object.keys(small).sort();
  expect(names).toEqual([
    'claim data-broker-0',
    'claim data-cache-0',
    'claim svsdk-db-1',
    'database svsdk-db',
    'set broker',
    'set cache',
  ]);
  const pooler = await walk.plane.api.must('apps/v1', 'Deployment', walk.namespace, 'svsdk-pooler');
  expect(pooler.status?.readyReplicas).toBe(2);
  expect(await claimSizes()).toEqual(['20Gi']);
});

test('a second up changes nothing, nor does a refresh', () => {
  const again = [walk.lab.up(), walk.lab.refresh(), walk.lab.up('--refresh')];
  expect(again.map((run) => changes(walk.succeeded(run)))).toEqual([[], [], []]);
});

test('the definitions know every field that is said: the API server drops what they do not', async () => {
  const kinds = /:(postgresql|barmancloud)\.cnpg\.io\/|:monitoring\.coreos\.com\/v1:PodMonitor$/;
  const said = walk.lab.resources().filter(({ type }) => kinds.test(type));
  expect(said.map(({ type }) => type.split(':').pop()).sort()).toEqual([
    'Cluster',
    'ObjectStore',
    'PodMonitor',
    'ScheduledBackup',
  ]);
  for (const { inputs } of said) {
    const { apiVersion, kind, metadata, spec } = inputs as unknown as LiveObject & { apiVersion: string };
    const live = await walk.plane.api.must(apiVersion, kind, walk.namespace, metadata.name);
    expect(live.spec).toMatchObject(spec as object);
  }
});

test('the definition of a database refuses what CloudNativePG does not know', async () => {
  const metadata = { name: 'wrong', namespace: walk.namespace };
  const database = { apiVersion: 'postgresql.cnpg.io/v1', kind: 'Cluster', metadata };
  const storage = { size: '1Gi' };
  await expect(walk.plane.api.apply({ ...database, spec: { instances: 0, storage } })).rejects.toThrow(/instances/);
  const update = { instances: 1, storage, primaryUpdateMethod: 'replace' };
  await expect(walk.plane.api.apply({ ...database, spec: update })).rejects.toThrow(/primaryUpdateMethod/);
});

test('promotion to Large: stores keep their identity, their claims and their volumes, and volumes grow', async () => {
  walk.at('large');
  const run = walk.succeeded(walk.lab.up());
  const stores = /:(StatefulSet|Cluster|RandomPassword|Namespace)$/;
  const touched = changes(run).filter(({ type, op }) => stores.test(type) && op !== 'update');
  expect(touched).toEqual([]);
  await settled(3);
  expect(await walk.identities()).toMatchObject(small);
  await walk.plane.until('every claim has grown', async () => (await claimSizes()).join() === '100Gi,100Gi,100Gi');
  const poolers = (await all('apps/v1', 'Deployment')).filter(({ metadata }) => metadata.name.endsWith('-pooler'));
  expect(poolers.map(({ metadata, status }) => [metadata.name, status?.readyReplicas])).toEqual([
    ['svsdk-pooler', 3],
    ['svsdk-read-pooler', 3],
  ]);
  expect(changes(walk.succeeded(walk.lab.up()))).toEqual([]);
});

test('another password: the database names another Secret, and poolers follow it', async () => {
  const user = async () => {
    const database = await walk.plane.api.must('postgresql.cnpg.io/v1', 'Cluster', walk.namespace, 'svsdk-db');
    const name = database.spec.bootstrap.initdb.secret.name as string;
    return walk.plane.api.must('v1', 'Secret', walk.namespace, name);
  };
  const pods = async () =>
    (await podsOf(walk.plane.api, walk.namespace, { 'app.kubernetes.io/name': 'svsdk-pooler' })).map(
      ({ metadata }) => metadata.name,
    );
  const [secret, before] = [await user(), await pods()];
  walk.at('large', { overrides: { relational: { passwordVersion: 2 } } });
  walk.succeeded(walk.lab.up());
  await settled(3);
  const renewed = await user();
  expect(renewed.data?.username).toBe(secret.data?.username);
  expect(renewed.data?.password).not.toBe(secret.data?.password);
  expect(await walk.plane.api.get('v1', 'Secret', walk.namespace, secret.metadata.name)).toBeUndefined();
  expect((await pods()).filter((name) => before.includes(name))).toEqual([]);
  expect(await walk.identities()).toMatchObject(small);
  expect(changes(walk.succeeded(walk.lab.up()))).toEqual([]);
});

test('with every autoscaler at its most nothing waits for a node', async () => {
  for (const scaler of await all('autoscaling/v2', 'HorizontalPodAutoscaler')) {
    await walk.plane.api.patch(scaler, 'autoscaling/v2', { spec: { minReplicas: scaler.spec.maxReplicas as number } });
  }
  await walk.plane.until('every autoscaler is at its most', async () => {
    const scalers = await all('autoscaling/v2', 'HorizontalPodAutoscaler');
    const workloads = await all('apps/v1', 'Deployment');
    return scalers.every(
      ({ spec }) =>
        workloads.find(({ metadata }) => metadata.name === spec.scaleTargetRef.name)?.status?.readyReplicas ===
        spec.maxReplicas,
    );
  });
  await settled(3);
  expect(await waitingPods(walk.plane.api)).toEqual([]);
});

test('secrets are nowhere in the state in plain text', () => {
  const state = walk.lab.exportState();
  for (const word of ['canary-id', 'canary-key']) {
    expect(state).not.toContain(word);
    expect(state).not.toContain(Buffer.from(word).toString('base64'));
  }
});

test('destroy, once the stores are let go: the namespace is gone, and everything in it', async () => {
  expect(walk.lab.destroy().code).not.toBe(0);
  expect(await walk.identities()).toMatchObject(small);
  walk.lab.must('state', 'unprotect', '--all', '--yes', '--stack', walk.lab.stack);
  walk.succeeded(walk.lab.destroy());
  expect(await walk.plane.api.get('v1', 'Namespace', '', walk.namespace)).toBeUndefined();
  expect(await all('v1', 'PersistentVolumeClaim')).toEqual([]);
  expect(walk.lab.resources()).toEqual([]);
});
