import type { PhaseName } from '../../plan/vocabulary';
import type { Bag } from '../../sandbox/model/values';
import { accessIn } from './cluster/access';
import { ControlPlane } from './cluster/control-plane';
import { podsOf } from './cluster/looking';
import { renderedObjects, type Rendered } from './cluster/rendered';
import { PodWatch } from './cluster/watch';

/** Stores of a plan on a real API server: nodes of the cache are started anew one after the other. */
let plane: ControlPlane;
beforeAll(async () => {
  const allocatable = { cpu: '16', memory: '64Gi' };
  plane = await ControlPlane.start([{ name: 'node', machine: 'large', zone: 'a', allocatable }]);
});
afterAll(() => plane?.stop());

interface StatefulSet extends Rendered {
  spec: { replicas: number; podManagementPolicy: string; selector: { matchLabels: Record<string, string> } };
}

async function cacheOf(phase: PhaseName): Promise<{ namespace: Rendered; set: StatefulSet }> {
  const objects = await renderedObjects([
    { system: 'pulse', cloud: 'kubernetes', compute: 'kubernetes', environment: 'prod', phase },
  ]);
  const found = (wanted: string, name?: string) =>
    objects.find(({ kind, metadata }) => kind === wanted && (name === undefined || metadata.name === name))!;
  return { namespace: found('Namespace'), set: found('StatefulSet', 'cache') as StatefulSet };
}

test('all nodes of a cache start at once, and leave one after the other', async () => {
  const { namespace, set } = await cacheOf('enterprise');
  for (const object of [namespace, set]) await plane.api.apply(object as unknown as Bag);
  const { replicas, selector } = set.spec;
  expect(replicas).toBeGreaterThan(3);
  const place = namespace.metadata.name;
  const live = () => plane.api.must('apps/v1', 'StatefulSet', place, 'cache');
  await plane.until('every node is ready', async () => (await live()).status?.readyReplicas === replicas);
  const before = (await podsOf(plane.api, place, selector.matchLabels)).map(({ metadata }) => metadata.uid);

  const labels = Object.entries(selector.matchLabels).map((pair) => pair.join('='));
  const watch = PodWatch.open(accessIn(plane.kubeconfig), place, labels.join(','));
  await plane.until('the watch has seen all of them', () => Promise.resolve(watch.counts.at(-1) === replicas));
  const start = watch.counts.length;
  const restarted = { 'kubectl.kubernetes.io/restartedAt': '2026-01-01T00:00:00Z' };
  await plane.api.patch(await live(), 'apps/v1', { spec: { template: { metadata: { annotations: restarted } } } });
  await plane.until('every node is another one', async () => {
    const pods = await podsOf(plane.api, place, selector.matchLabels);
    const isNew = pods.filter(({ metadata }) => !before.includes(metadata.uid)).length === replicas;
    return isNew && watch.counts.at(-1) === replicas;
  });
  watch.stop();
  const counts = watch.counts.slice(start);
  expect(Math.min(...counts)).toBe(replicas - 1);
  // Each of them was away.
  const gone = counts.filter((count, at) => count < (counts[at - 1] ?? replicas));
  expect(gone.length).toBeGreaterThanOrEqual(replicas);
});
