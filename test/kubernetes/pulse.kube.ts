import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ClusterPlan, Plan } from '../../plan/types';
import { changes, Lab, type Run } from '../engine/lab';
import type { LiveObject } from './cluster/api';
import { ControlPlane } from './cluster/control-plane';
import { load, podsOf, unsettled, waitingPods } from './cluster/looking';
import { plannedNodes, planOf } from './cluster/planned';
import { installOperators } from './cluster/operators';
import { Process } from './cluster/process';

/** Pulse of prod on a real API server: the nodes are those of the plan at Large, as many as it allows. */
let plane: ControlPlane;
let operator: Process;
let lab: Lab;
let plan: Plan & { cluster: ClusterPlan };
let namespace: string;

const configure = (changed: Record<string, unknown>): void =>
  lab.configure('prod', { cloud: 'kubernetes', phase: 'large', ...changed });
const secret = (key: string, value: string): string =>
  lab.must('config', 'set', '--secret', '--path', `stackladder:${key}`, value, '--stack', lab.stack);
/** The configuration of a phase, with what is kept encrypted. */
const at = (phase: string, paymentKey = 'first'): void => {
  configure({ phase });
  secret('kubeconfig', readFileSync(plane.kubeconfig, 'utf8'));
  secret('secrets.PAYMENT_KEY', paymentKey);
};

beforeAll(async () => {
  lab = new Lab('prod');
  configure({});
  plan = await planOf(join(lab.project, 'Pulumi.prod.yaml'));
  namespace = plan.cluster.namespace;
  plane = await ControlPlane.start(plannedNodes(plan));
  await installOperators(plane);
  const program = ['--require', require.resolve('tsx/cjs'), join(__dirname, 'cluster/mongo-operator.main.ts')];
  operator = new Process('mongo-operator', process.execPath, [...program, plane.kubeconfig], plane.folder);
});
afterAll(async () => {
  await operator?.stop();
  await plane?.stop();
  lab?.close();
});

function succeeded(run: Run): Run {
  if (run.code !== 0) throw new Error(`the engine ended with ${run.code}:\n${run.output}`);
  return run;
}
const quiet = async (): Promise<boolean> => (await unsettled(plane.api, namespace)).length === 0;
/** The database's members are the operator's, who comes to work when the engine is done. */
const complete = async (): Promise<boolean> =>
  (await plane.api.get('apps/v1', 'StatefulSet', namespace, 'pulse-db-rs0')) !== undefined && (await quiet());
const autoscalers = () => plane.api.list('autoscaling/v2', 'HorizontalPodAutoscaler', namespace);
const targetOf = (scaler: LiveObject) =>
  plane.api.must('apps/v1', 'Deployment', namespace, scaler.spec.scaleTargetRef.name as string);
const podsBehind = (workload: LiveObject) =>
  podsOf(plane.api, namespace, workload.spec.selector.matchLabels as Record<string, string>);

/** Where the pods of each autoscaled workload run: their nodes, and the zones of those. */
async function spreads(): Promise<{ name: string; nodes: Set<string>; zones: Set<string> }[]> {
  const nodes = await plane.api.list('v1', 'Node');
  const zoneOf = (name: string) =>
    nodes.find(({ metadata }) => metadata.name === name)!.metadata.labels!['topology.kubernetes.io/zone']!;
  return Promise.all(
    (await autoscalers()).map(async (scaler) => {
      // A pod that waits for the scheduler is nowhere yet.
      const on = (await podsBehind(await targetOf(scaler))).flatMap(({ spec }) => (spec.nodeName as string) ?? []);
      return { name: scaler.metadata.name, nodes: new Set(on), zones: new Set(on.map(zoneOf)) };
    }),
  );
}

/** What must never change of stores: each set's identity and claims, each claim's volume. */
async function identities(): Promise<Record<string, unknown>> {
  const sets = await plane.api.list('apps/v1', 'StatefulSet', namespace);
  const claims = await plane.api.list('v1', 'PersistentVolumeClaim', namespace);
  return Object.fromEntries([
    ...sets.map(({ metadata, spec }) => [
      `set ${metadata.name}`,
      { uid: metadata.uid, service: spec.serviceName, claims: spec.volumeClaimTemplates, selector: spec.selector },
    ]),
    ...claims.map(({ metadata, spec }) => [`claim ${metadata.name}`, { uid: metadata.uid, volume: spec.volumeName }]),
  ]);
}

let small: Record<string, unknown>;

test('up at Small: every pod is ready, on the plan’s nodes, and the two of a service stand in two zones', async () => {
  at('small');
  succeeded(lab.up());
  await plane.until('every pod is ready', complete);
  operator.mustRun();
  expect(await waitingPods(plane.api)).toEqual([]);
  await plane.until('autoscalers have their least', async () =>
    (await spreads()).every(({ nodes }) => nodes.size >= 2),
  );
  for (const { name, zones } of await spreads()) expect([name, zones.size >= 2]).toEqual([name, true]);
  expect(lab.cloud().filter(({ type }) => !type.startsWith('random:'))).toEqual([]);
  small = await identities();
  expect(Object.keys(small)).toEqual(
    expect.arrayContaining([expect.stringMatching(/^set cache/), expect.stringMatching(/^set pulse-db/)]),
  );
});

test('a second up changes nothing, nor does a refresh', () => {
  expect(changes(succeeded(lab.up()))).toEqual([]);
  expect(changes(succeeded(lab.refresh()))).toEqual([]);
  expect(changes(succeeded(lab.up('--refresh')))).toEqual([]);
});

test('promotion to Large: stores keep their identity, their claims and their volumes', async () => {
  at('large');
  const run = succeeded(lab.up());
  expect(changes(run).length).toBeGreaterThan(0);
  const touched = changes(run).filter(({ type, op }) => type.endsWith(':StatefulSet') && op !== 'update');
  expect(touched).toEqual([]);
  await plane.until('every pod is ready', quiet);
  expect(await identities()).toMatchObject(small);
  const cache = await plane.api.must('apps/v1', 'StatefulSet', namespace, 'cache');
  expect(cache.status?.readyReplicas).toBe(plan.cache!.shards * (1 + plan.cache!.replicasPerShard));
  expect(changes(succeeded(lab.up()))).toEqual([]);
});

test('every pod of the system is closed in: a network policy selects it, and the namespace refuses root', async () => {
  const policies = await plane.api.list('networking.k8s.io/v1', 'NetworkPolicy', namespace);
  expect(policies.some(({ spec }) => JSON.stringify(spec.podSelector) === '{}' && !spec.ingress && !spec.egress)).toBe(
    true,
  );
  expect(policies.length).toBeGreaterThan(4);
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'root', namespace },
    spec: { containers: [{ name: 'root', image: 'registry.example/root:1', securityContext: { runAsUser: 0 } }] },
  };
  await expect(plane.api.apply(pod)).rejects.toThrow(/violates PodSecurity "restricted/);
});

test('a disruption budget refuses the eviction that would break it', async () => {
  const [api] = (await autoscalers()).filter(({ spec }) => spec.scaleTargetRef.name === 'api');
  const workload = await targetOf(api!);
  const budget = await plane.api.must('policy/v1', 'PodDisruptionBudget', namespace, 'api');
  await plane.until('the budget has counted', async () => {
    const found = await plane.api.must('policy/v1', 'PodDisruptionBudget', namespace, 'api');
    return (found.status as { currentHealthy?: number }).currentHealthy === workload.status?.readyReplicas;
  });
  expect(budget.spec.selector.matchLabels).toEqual(workload.spec.selector.matchLabels);
  // Nobody takes the place of who goes: no node takes pods.
  await cordon(true);
  const before = (await podsBehind(workload)).map(({ metadata }) => metadata.name);
  const answers = [];
  for (const name of before) answers.push(await plane.api.evict(namespace, name));
  await cordon(false);
  expect(answers).toContain(false);
  expect(answers.filter(Boolean).length).toBeLessThan(before.length);
  await plane.until('every pod is ready', quiet);
});

async function cordon(unschedulable: boolean, names?: string[]): Promise<void> {
  for (const node of await plane.api.list('v1', 'Node')) {
    if (!names || names.includes(node.metadata.name)) await plane.api.patch(node, 'v1', { spec: { unschedulable } });
  }
}

test('a rotated secret starts the service’s pods anew', async () => {
  const workload = await plane.api.must('apps/v1', 'Deployment', namespace, 'api');
  const before = (await podsBehind(workload)).map(({ metadata }) => metadata.name);
  at('large', 'second');
  succeeded(lab.up());
  await plane.until('every pod is ready', quiet);
  const after = (await podsBehind(workload)).map(({ metadata }) => metadata.name);
  expect(after.length).toBeGreaterThanOrEqual(2);
  expect(after.filter((name) => before.includes(name))).toEqual([]);
  expect(changes(succeeded(lab.up()))).toEqual([]);
});

test('under load every autoscaler goes to its most, the plan’s, and nothing waits for a node', async () => {
  const scalers = await autoscalers();
  const service = plan.services[0]!;
  expect(scalers.map(({ spec }) => [spec.scaleTargetRef.name, spec.maxReplicas])).toContainEqual([
    service.name,
    service.capacity.max,
  ]);
  expect((await targetOf(scalers.find(({ spec }) => spec.scaleTargetRef.name === service.name)!)).spec.replicas).toBe(
    service.capacity.min,
  );
  await plane.until('every autoscaler is at its most', () => everyMost(scalers));
  await plane.until('every pod is ready', quiet);
  expect(await waitingPods(plane.api)).toEqual([]);
  const api = (await spreads()).find(({ name }) => name === service.name)!;
  expect(api.zones.size).toBe(plan.regions[0]!.zones.length);
  // What autoscalers did is no drift.
  expect(changes(succeeded(lab.up('--refresh')))).toEqual([]);
  expect(await everyMost(scalers)).toBe(true);
});

/** Loads the pods that are there, and says whether there are as many as there may be. */
async function everyMost(scalers: LiveObject[]): Promise<boolean> {
  const reached = [];
  for (const scaler of scalers) {
    const workload = await targetOf(scaler);
    const fresh = (await podsBehind(workload)).filter(({ metadata }) => !metadata.annotations?.['usage-cpu']);
    await load(plane.api, fresh, { cpu: '4' });
    reached.push(workload.status?.readyReplicas === scaler.spec.maxReplicas);
  }
  return reached.every(Boolean);
}

test('one node fewer than needed, and a pod waits for it', async () => {
  const nodes = (await plane.api.list('v1', 'Node')).map(({ metadata }) => metadata.name);
  const taken: string[] = [];
  for (const name of nodes) {
    taken.push(name);
    await drain(name);
    if ((await waitingPods(plane.api, namespace)).length > 0) break;
  }
  // The scheduler tries again, ten seconds apart at most: whoever waits now waits for a node.
  await sleep(12_000);
  expect((await waitingPods(plane.api, namespace)).join()).toMatch(/Insufficient (cpu|memory)/);
  expect(taken.length).toBeLessThan(nodes.length);
  await cordon(false, taken.slice(-1));
  await plane.until('with the node back nothing waits', quiet);
});

/** Takes a node away: nothing new comes to it, and what was on it goes elsewhere or waits. */
async function drain(name: string): Promise<void> {
  await cordon(true, [name]);
  const pods = (await plane.api.list('v1', 'Pod', namespace)).filter(({ spec }) => spec.nodeName === name);
  for (const { metadata } of pods) await plane.api.remove('v1', 'Pod', namespace, metadata.name);
  const left = async (): Promise<boolean> => {
    const there = new Set((await plane.api.list('v1', 'Pod', namespace)).map(({ metadata }) => metadata.uid));
    if (pods.some(({ metadata }) => there.has(metadata.uid))) return false;
    return (await quiet()) || (await waitingPods(plane.api, namespace)).length > 0;
  };
  await plane.until(`what was on ${name} is elsewhere or waits`, left);
}

test('destroy, once the stores are let go: the namespace is gone, and everything in it', async () => {
  expect(lab.destroy().code).not.toBe(0);
  expect(await identities()).toMatchObject(small);
  lab.must('state', 'unprotect', '--all', '--yes', '--stack', lab.stack);
  succeeded(lab.destroy());
  expect(await plane.api.get('v1', 'Namespace', '', namespace)).toBeUndefined();
  expect(await plane.api.list('v1', 'PersistentVolumeClaim', namespace)).toEqual([]);
  expect(lab.resources()).toEqual([]);
});
