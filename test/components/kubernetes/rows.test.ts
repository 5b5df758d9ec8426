import type { Recording } from '../../../cli/offline/recorder';
import { nextBests } from '../../../components/kubernetes/next-bests';
import { planCluster } from '../../../plan/cluster';
import { environments, phases } from '../../../plan/vocabulary';
import { cpuMillis, memoryMib } from '../../../plan/nodes/quantities';
import { workloadsOf, type Tenants } from '../../../plan/nodes/workloads';
import { all, one } from '../recorded';
import { canary } from './pulse';
import { bringUpRows, planOf, rowSystems, type RowSystem } from './rows';

type Tree = Record<string, any>; // eslint-disable-line @typescript-eslint/no-explicit-any

const clusterType = 'kubernetes:postgresql.cnpg.io/v1:Cluster';
const inputsOf = (recording: Recording, type: string): Tree[] =>
  all(recording, `kubernetes:${type}`).map(({ inputs }) => inputs as Tree);
const named = (recording: Recording, type: string, name: string): Tree => {
  const found = inputsOf(recording, type).find(({ metadata }) => metadata.name === name);
  if (!found) throw new Error(`there is no ${type} ${name}`);
  return found;
};
/** Names of the pods that a policy lets in, by port. */
const letIn = (policy: Tree): [string, number[]][] =>
  policy.spec.ingress.flatMap(({ from, ports }: Tree) =>
    from.map(({ podSelector }: Tree) => [
      podSelector.matchLabels['app.kubernetes.io/name'] ?? podSelector.matchLabels['cnpg.io/cluster'],
      ports.map(({ port }: Tree) => port),
    ]),
  );
const portsOut = (policy: Tree): number[] =>
  policy.spec.egress.flatMap(({ to, ports }: Tree) => (to ? [] : ports.map(({ port }: Tree) => port)));

const users: Record<RowSystem, { services: string[]; workers: string[]; database: string }> = {
  mercenary: { services: ['api'], workers: ['celery'], database: 'mercenary' },
  'sv-sdk': { services: ['app'], workers: ['email-worker', 'queue-worker'], database: 'svsdk' },
};

describe.each(rowSystems)('%s on a plain cluster', (system) => {
  const { services, workers, database } = users[system];
  const everybody = [...services, ...workers];

  test('pods reach the poolers, and poolers the database: nobody else does', async () => {
    const plan = planOf(system, 'enterprise', 'prod');
    const recording = await bringUpRows(plan);
    const policy = (name: string) => named(recording, 'networking.k8s.io/v1:NetworkPolicy', name);
    const { port } = plan.relationalDatabase!.pooler!;
    for (const pooler of [`${database}-pooler`, `${database}-read-pooler`]) {
      expect(letIn(policy(pooler))).toEqual(everybody.map((name) => [name, [port]]));
      expect(portsOut(policy(pooler))).toEqual([5432]);
    }
    const schedules = plan.scheduledSql.map(({ name }) => name);
    const comers = letIn(policy(`${database}-db`)).filter(([, ports]) => ports.length === 1);
    expect(comers.map(([name]) => name)).toEqual([`${database}-pooler`, `${database}-read-pooler`, ...schedules]);
    for (const name of services) expect(portsOut(policy(name))).toContain(port);
  });

  test('the broker takes jobs from services and workers, and is counted', async () => {
    const recording = await bringUpRows(planOf(system, 'large', 'prod'));
    const comers = letIn(named(recording, 'networking.k8s.io/v1:NetworkPolicy', 'broker')).map(([name]) => name);
    expect(comers).toEqual([...everybody, 'metrics-queues']);
    const set = named(recording, 'apps/v1:StatefulSet', 'broker');
    expect([set.spec.replicas, set.spec.volumeClaimTemplates[0].spec.resources]).toEqual([
      1,
      { requests: { storage: '8Gi' } },
    ]);
  });

  test('a pooler for reads is there as soon as there is a reader', async () => {
    const names = async (phase: (typeof phases)[number]) =>
      inputsOf(await bringUpRows(planOf(system, phase, 'prod')), 'apps/v1:Deployment')
        .map(({ metadata }) => metadata.name as string)
        .filter((name) => name.endsWith('-pooler'));
    const readers = (phase: (typeof phases)[number]) => planOf(system, phase, 'prod').relationalDatabase!.replicas.min;
    for (const phase of phases) {
      const expected = [`${database}-pooler`, ...(readers(phase) > 0 ? [`${database}-read-pooler`] : [])];
      expect([phase, await names(phase)]).toEqual([phase, expected]);
    }
  });

  test('at every phase the same object of the operator, the same broker and the same claims', async () => {
    const stores: { database: string; sets: [string, ...unknown[]][] }[] = [];
    for (const phase of phases) {
      const recording = await bringUpRows(planOf(system, phase, 'prod'));
      const sets = inputsOf(recording, 'apps/v1:StatefulSet').map(({ metadata, spec }): [string, ...unknown[]] => [
        metadata.name,
        spec.serviceName,
        spec.volumeClaimTemplates,
      ]);
      stores.push({ database: one(recording, clusterType).urn, sets: sets.sort() });
    }
    expect(stores[0]!.sets.map(([name]) => name)).toEqual(['broker', 'cache']);
    for (const after of stores.slice(1)) expect(after).toEqual(stores[0]);
  });

  test('a database that is there already is reached by its URL, without operator and poolers', async () => {
    const plan = planOf(system, 'large', 'prod', { databaseUrl: true });
    const recording = await bringUpRows(plan);
    expect(all(recording, clusterType)).toEqual([]);
    expect(recording.resources.filter(({ type }) => type === 'stackladder:kubernetes:Pooler')).toEqual([]);
    expect(JSON.stringify(recording)).not.toContain(canary);
    expect(nextBests(plan).join()).not.toMatch(/backup/i);
  });

  test("pods are let out to the port of a database that is there already, and to its kind's usual one no more", async () => {
    const recording = await bringUpRows(planOf(system, 'large', 'prod', { databaseUrl: true, databasePort: 25_060 }));
    for (const name of everybody) {
      const out = portsOut(named(recording, 'networking.k8s.io/v1:NetworkPolicy', name));
      expect(out).toContain(25_060);
      expect(out).not.toContain(5432);
    }
  });

  test('what it does not have is said, and no secret is', async () => {
    const plan = planOf(system, 'large', 'prod', { objectStore: true });
    const said = nextBests(plan).join('\n');
    expect(said).toMatch(/broker is one pod/);
    expect(said).toMatch(/Volumes of the database have \d+ GiB and do not grow by themselves/);
    expect(said).toContain(`Backups of the database go to ${system}-backups`);
    expect(said).toMatch(/Between pods and their pooler nothing is encrypted/);
    expect(JSON.stringify(await bringUpRows(plan))).not.toContain(canary);
    expect(nextBests(planOf(system, 'large', 'prod')).join('\n')).toContain('The database has no backup');
  });
});

test('MySQL is refused in one sentence: no operator for it is maintained as CloudNativePG is', async () => {
  const plan = planOf('sv-sdk', 'small', 'dev');
  const relationalDatabase = { ...plan.relationalDatabase!, engine: 'mysql' as const };
  await expect(bringUpRows({ ...plan, relationalDatabase })).rejects.toThrow(
    'svsdk: CloudNativePG runs PostgreSQL alone; give databaseUrl for a mysql that is there',
  );
});

interface Container {
  resources?: { requests?: { cpu?: string; memory?: string } };
}

const tenantsOf = (plan: ReturnType<typeof planOf>): Tenants => {
  const { services, workers, cache, broker, relationalDatabase } = plan;
  const { name, pooler, replicas } = relationalDatabase!;
  return {
    services,
    workers,
    cache,
    broker,
    relationalDatabase,
    pooler: pooler && { name, pods: pooler.pods, reads: replicas.min > 0 },
    measuring: ['prometheus', 'adapter', 'queues'],
  };
};

test.each(rowSystems)('%s: the plan’s nodes are those of all of them', (system) => {
  const plan = planOf(system, 'enterprise', 'prod');
  const { machine, min, max } = plan.cluster!.nodes;
  const zones = plan.regions[0]!.zones.length;
  const needs = { system, cloud: 'kubernetes', machine, zones, monitoring: false, ...tenantsOf(plan) } as const;
  const { nodes } = planCluster(needs);
  expect([min, max]).toEqual([nodes.min, nodes.max]);
  for (const part of ['workers', 'broker', 'relationalDatabase', 'pooler'] as const) {
    const without = planCluster({ ...needs, [part]: undefined }).nodes;
    expect([part, without.max <= max]).toEqual([part, true]);
  }
  expect(planCluster({ ...needs, workers: [], relationalDatabase: undefined }).nodes.max).toBeLessThan(max);
});

/** The plan has to have room for what the manifests ask for: they are written in two places and compared here. */
test.each(
  rowSystems.flatMap((system) =>
    environments.flatMap((environment) => phases.map((phase) => [system, phase, environment] as const)),
  ),
)('%s %s %s: the plan has room for every pod that is made', async (system, phase, environment) => {
  const plan = planOf(system, phase, environment);
  const recording = await bringUpRows(plan);
  const planned = Object.fromEntries(workloadsOf(tenantsOf(plan), 'most').map((each) => [each.name, each]));
  const made = recording.resources.flatMap(({ type, inputs }) => {
    if (!/^kubernetes:apps\/v1:(Deployment|StatefulSet)$/.test(type)) return [];
    const { metadata, spec } = inputs as Tree;
    const requests = (spec.template.spec.containers as Container[]).map(({ resources }) => resources?.requests ?? {});
    return [
      {
        name: metadata.name as string,
        replicas: spec.replicas as number | undefined,
        cpuMillis: requests.reduce((sum, { cpu = '0m' }) => sum + cpuMillis(cpu), 0),
        memoryMib: requests.reduce((sum, { memory = '0Mi' }) => sum + memoryMib(memory), 0),
      },
    ];
  });
  expect(made.map(({ name }) => name).sort()).toEqual(
    Object.keys(planned)
      .filter((name) => name !== 'postgres')
      .sort(),
  );
  for (const { name, replicas, ...pod } of made) {
    const room = planned[name]!;
    expect([name, pod]).toEqual([name, { cpuMillis: room.cpuMillis, memoryMib: room.memoryMib }]);
    if (replicas !== undefined) expect([name, replicas <= room.count]).toEqual([name, true]);
  }
  const { spec } = one(recording, clusterType).inputs as Tree;
  expect([spec.instances, cpuMillis(spec.resources.requests.cpu) + 50]).toEqual([
    planned.postgres!.count,
    planned.postgres!.cpuMillis,
  ]);
});
