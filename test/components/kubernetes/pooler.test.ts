import { record } from '../../../cli/offline/recorder';
import { Pooler, type PoolerArgs } from '../../../components/kubernetes/pooler/pooler';
import { counts, messageOf, one } from '../recorded';

const plan: PoolerArgs['pooler'] = {
  image: 'ghcr.io/cloudnative-pg/pgbouncer:1.24.1',
  port: 6432,
  poolSize: 20,
  minPoolSize: 5,
  maxDatabaseConnections: 100,
  maxClientConnections: 1_000,
  timeoutSeconds: 30,
  pods: 2,
};
const database = { name: 'svsdk', host: 'db', port: 5432, database: 'svsdk', user: 'svsdk', password: 'canary' };
const args: PoolerArgs = {
  identity: { name: 'svsdk-pooler', instance: 'sv-sdk-prod' },
  namespace: 'sv-sdk',
  pooler: plan,
  databases: [database],
  clients: [{ 'app.kubernetes.io/name': 'app' }],
  requests: { cpu: '100m', memory: '64Mi' },
};
const deploymentType = 'kubernetes:apps/v1:Deployment';
const recordPooler = (change: Partial<PoolerArgs> = {}) =>
  record(() => {
    const pooler = new Pooler('sv-sdk-prod-svsdk-pooler', { ...args, ...change });
    return { host: pooler.host, port: pooler.port, url: pooler.url('svsdk') };
  });

test('what a pooler is made of', async () => {
  const recording = await recordPooler();
  expect(counts(recording)).toEqual({
    'stackladder:kubernetes:Pooler': 1,
    'kubernetes:core/v1:ConfigMap': 1,
    'kubernetes:core/v1:Secret': 1,
    'kubernetes:networking.k8s.io/v1:NetworkPolicy': 1,
    'kubernetes:core/v1:Service': 1,
    'kubernetes:policy/v1:PodDisruptionBudget': 1,
    [deploymentType]: 1,
  });
  expect(recording.outputs).toEqual({
    host: 'svsdk-pooler.sv-sdk.svc.cluster.local',
    port: 6432,
    url: '<secret>',
  });
});

test('the configuration is in the open and the password in a Secret; both have names that change with them', async () => {
  const recording = await recordPooler();
  const config = one(recording, 'kubernetes:core/v1:ConfigMap').inputs as { data: Record<string, string> };
  expect(config.data['pgbouncer.ini']).toContain('svsdk = host=db port=5432 dbname=svsdk\n');
  expect(config.data['pgbouncer.ini']).toContain('\nlisten_addr = *\nlisten_port = 6432\n');
  expect(config.data['pgbouncer.ini']).toContain('\nserver_tls_sslmode = require\n');
  for (const type of ['kubernetes:core/v1:ConfigMap', 'kubernetes:core/v1:Secret']) {
    const { inputs } = one(recording, type);
    expect([type, inputs.immutable, (inputs.metadata as { name?: string }).name]).toEqual([type, true, undefined]);
  }
  expect(JSON.stringify(recording)).not.toContain('canary');
});

test('as many pods as the plan says, without rights, in all zones, and one after the other', async () => {
  const { spec } = one(await recordPooler({ pooler: { ...plan, pods: 4 } }), deploymentType).inputs as {
    spec: { replicas: number; strategy: unknown; template: { spec: Record<string, unknown> } };
  };
  expect(spec.replicas).toBe(4);
  expect(spec.strategy).toEqual({ type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } });
  expect(spec.template.spec).toMatchObject({
    automountServiceAccountToken: false,
    securityContext: { runAsNonRoot: true },
    topologySpreadConstraints: [
      { topologyKey: 'topology.kubernetes.io/zone' },
      { topologyKey: 'kubernetes.io/hostname' },
    ],
    containers: [
      {
        image: plan.image,
        securityContext: { readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
        readinessProbe: { tcpSocket: { port: 'postgres' } },
        livenessProbe: { tcpSocket: { port: 'postgres' } },
      },
    ],
  });
});

test('clients come in on its port, and it goes out to the database’s', async () => {
  const { spec } = one(await recordPooler(), 'kubernetes:networking.k8s.io/v1:NetworkPolicy').inputs as {
    spec: { ingress: unknown[]; egress: { to?: unknown; ports: { port: number }[] }[] };
  };
  expect(spec.ingress).toEqual([
    { from: [{ podSelector: { matchLabels: args.clients[0] } }], ports: [{ protocol: 'TCP', port: 6432 }] },
  ]);
  expect(spec.egress.filter(({ to }) => !to)).toEqual([{ ports: [{ protocol: 'TCP', port: 5432 }] }]);
});

test('a database that is not behind it has no URL', async () => {
  let asked = '';
  await record(() => {
    const pooler = new Pooler('p', args);
    asked = messageOf(() => pooler.url('other'));
    return {};
  });
  expect(asked).toBe('there is no other behind this pooler');
});

describe('wrong arguments, and each is told', () => {
  const changed = (change: Partial<PoolerArgs['pooler']>): Partial<PoolerArgs> => ({ pooler: { ...plan, ...change } });
  const other = (change: Partial<typeof database>): Partial<PoolerArgs> => ({
    databases: [{ ...database, ...change }],
  });
  test.each<[string, Partial<PoolerArgs>]>([
    ['pooler.image', changed({ image: 'pgbouncer' })],
    ['pooler.port', changed({ port: 100 })],
    ['pooler.poolSize', changed({ poolSize: 0, minPoolSize: 0 })],
    ['pooler.minPoolSize', changed({ minPoolSize: 21 })],
    ['pooler.maxDatabaseConnections', changed({ maxDatabaseConnections: 0 })],
    ['pooler.maxClientConnections', changed({ maxClientConnections: 0 })],
    ['pooler.timeoutSeconds', changed({ timeoutSeconds: -1 })],
    ['pooler.pods', changed({ pods: 0 })],
    ['databases', { databases: [] }],
    ['databases', { databases: [database, database] }],
    ['databases[0].name', other({ name: 'pgbouncer' })],
    ['databases[0].name', other({ name: 'a b' })],
    ['databases[0].database', other({ database: 'x;y' })],
    ['databases[0].user', other({ user: '"' })],
    ['databases[0].port', other({ port: 0 })],
    ['clients', { clients: [] }],
  ])('%s', (path, wrong) => {
    const message = messageOf(() => new Pooler('p', { ...args, ...wrong }));
    expect(message.split('\n').slice(1)).toEqual([expect.stringContaining(`  ${path}: `)]);
  });
});
