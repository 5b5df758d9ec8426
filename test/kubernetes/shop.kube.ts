import { changes, Lab, type Run } from '../engine/lab';
import { ControlPlane } from './cluster/control-plane';
import { load, podsOf, unreadyPods } from './cluster/looking';

/** The sandbox in front of a real API server, by a program that has nothing but what is looked at. */
let plane: ControlPlane;
let lab: Lab;

beforeAll(async () => {
  const node = { machine: 'four-cores', allocatable: { cpu: '4', memory: '16Gi' } };
  plane = await ControlPlane.start(['a', 'b'].map((zone) => ({ ...node, name: `node-${zone}`, zone })));
  lab = new Lab('dev', 'test/kubernetes/programs/shop/main.js');
});
afterAll(async () => {
  lab?.close();
  await plane?.stop();
});

const configure = (changed: Record<string, string> = {}): void => {
  const all = { kubeconfig: plane.kubeconfig, url: 'mongodb://canary-one', ...changed };
  lab.configure('dev', Object.fromEntries(Object.entries(all).map(([key, value]) => [`shop:${key}`, value])));
};
const operations = (run: Run): string[] => {
  if (run.code !== 0) throw new Error(`the engine ended with ${run.code}:\n${run.output}`);
  return changes(run).map(({ op, type, name }) => `${op} ${type.split(':').pop()} ${name}`);
};
const webPods = () => podsOf(plane.api, 'shop', { app: 'web' });
const names = async (): Promise<string[]> => (await webPods()).map(({ metadata }) => metadata.name).sort();

test('a preview makes nothing', async () => {
  configure();
  expect(operations(lab.preview()).filter((line) => line.startsWith('create '))).toHaveLength(10);
  expect(await plane.api.get('v1', 'Namespace', '', 'shop')).toBeUndefined();
});

test('up: everything is there, every pod is ready, and the sandbox’s own store is empty', async () => {
  operations(lab.up());
  expect(await unreadyPods(plane.api, 'shop')).toEqual([]);
  expect(lab.outputs()).toEqual({ address: expect.stringMatching(/^203\.0\.113\.\d+$/) });
  expect(lab.cloud()).toEqual([]);
});

test('a second up changes nothing, and a refresh finds nothing', () => {
  expect(operations(lab.up())).toEqual([]);
  expect(operations(lab.refresh())).toEqual([]);
  expect(operations(lab.up('--refresh'))).toEqual([]);
});

test('a secret is nowhere in the state in plain text, encoded or not', () => {
  const state = lab.exportState();
  expect(state).not.toContain('canary-one');
  expect(state).not.toContain(Buffer.from('mongodb://canary-one').toString('base64'));
});

test('the autoscaler owns the number of pods: what it does is no drift', async () => {
  const scaled = async (): Promise<boolean> => (await webPods()).length === 4;
  await plane.until('two pods', async () => (await webPods()).length === 2);
  await load(plane.api, await webPods(), { cpu: '900m' });
  await plane.until('four pods', scaled);
  expect(operations(lab.up('--refresh'))).toEqual([]);
  expect(await scaled()).toBe(true);
});

test('an object that somebody deleted is made again', async () => {
  await plane.api.remove('v1', 'Service', 'shop', 'web');
  expect(operations(lab.up('--refresh'))).toEqual(['create Service web']);
});

test('a field that somebody else took is seen, not overwritten, and taken back by force', async () => {
  const theirs = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings', namespace: 'shop' } };
  await plane.api.apply({ ...theirs, data: { banner: 'closed' } }, 'somebody');
  const banner = async () => (await plane.api.must('v1', 'ConfigMap', 'shop', 'settings')).data?.banner;
  // A map's contents are replaced, so the provider's own way back is a new object.
  expect(operations(lab.refresh())).toEqual([]);
  expect(changes(lab.preview()).map(({ op, name }) => `${op} ${name}`)).toContain('replace settings');
  expect(await banner()).toBe('closed');
  operations(lab.up());
  expect(await banner()).toBe('open');
});

test('a rotated secret is a new object, and pods start anew with it', async () => {
  const before = await names();
  configure({ url: 'mongodb://canary-two' });
  expect(operations(lab.up())).toEqual([
    'create-replacement Secret url',
    'replace Secret url',
    'update Deployment web',
    'delete-replaced Secret url',
  ]);
  const after = await names();
  expect(after.filter((name) => before.includes(name))).toEqual([]);
  const [secret] = await plane.api.list('v1', 'Secret', 'shop');
  expect(secret?.data).toEqual({ URL: Buffer.from('mongodb://canary-two').toString('base64') });
  expect(JSON.stringify((await webPods())[0]?.spec)).toContain(secret?.metadata.name);
});

test('pods as root: the namespace refuses them, up says that the rollout did not come to its end, and the next one mends it', async () => {
  const root = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'root', namespace: 'shop' } };
  const spec = { containers: [{ name: 'root', image: 'registry.example/root:1', securityContext: { runAsUser: 0 } }] };
  await expect(plane.api.apply({ ...root, spec })).rejects.toThrow(/violates PodSecurity "restricted/);

  configure({ asRoot: 'true', url: 'mongodb://canary-two' });
  const { code, output } = lab.up();
  expect(code).not.toBe(0);
  expect(output).toMatch(/shop\/web was not ready after 5 s: 0 of \d pods are of the new version/);
  configure({ url: 'mongodb://canary-two' });
  expect(operations(lab.up())).toEqual(['update Deployment web']);
  expect(await unreadyPods(plane.api, 'shop')).toEqual([]);
});

test('destroy leaves nothing: neither the namespace, nor what controllers made in it', async () => {
  operations(lab.destroy());
  expect(await plane.api.get('v1', 'Namespace', '', 'shop')).toBeUndefined();
  expect(await plane.api.list('v1', 'Pod')).toEqual([]);
  expect(await plane.api.list('v1', 'PersistentVolumeClaim')).toEqual([]);
  expect(lab.resources()).toEqual([]);
});
