import { record } from '../../../cli/offline/recorder';
import { brokerConfig } from '../../../components/kubernetes/broker/broker-config';
import { QueueBroker, type QueueBrokerArgs } from '../../../components/kubernetes/broker/queue-broker';
import { counts, messageOf, one } from '../recorded';

const small: QueueBrokerArgs = {
  identity: { name: 'broker', instance: 'sv-sdk-prod' },
  namespace: 'sv-sdk',
  engineVersion: '8.0',
  nodeType: '250m/512Mi',
  port: 6379,
  clients: [{ 'app.kubernetes.io/name': 'email-worker' }],
  protect: true,
};
const setType = 'kubernetes:apps/v1:StatefulSet';
const recordBroker = (change: Partial<QueueBrokerArgs> = {}) =>
  record(() => {
    const { host, url } = new QueueBroker('sv-sdk-prod-broker', { ...small, ...change });
    return { host, url };
  });
type Spec = Record<string, unknown> & { template: { spec: { containers: Record<string, unknown>[] } } };

test('what a broker is made of; what it keeps is protected', async () => {
  const recording = await recordBroker();
  expect(counts(recording)).toEqual({
    'stackladder:kubernetes:QueueBroker': 1,
    'random:index/randomPassword:RandomPassword': 1,
    'kubernetes:core/v1:Secret': 1,
    'kubernetes:core/v1:ConfigMap': 1,
    'kubernetes:networking.k8s.io/v1:NetworkPolicy': 1,
    'kubernetes:core/v1:Service': 1,
    'kubernetes:policy/v1:PodDisruptionBudget': 1,
    [setType]: 1,
  });
  expect(recording.resources.filter(({ protect }) => protect).map(({ type }) => type)).toEqual([
    setType,
    'random:index/randomPassword:RandomPassword',
  ]);
  expect(recording.outputs).toEqual({ host: 'broker.sv-sdk.svc.cluster.local', url: '<secret>' });
});

test('a larger broker is the same one pod and the same volume', async () => {
  const [before, after] = [
    one(await recordBroker(), setType),
    one(await recordBroker({ nodeType: '500m/2Gi' }), setType),
  ];
  expect(after.urn).toBe(before.urn);
  const [first, second] = [before.inputs.spec as Spec, after.inputs.spec as Spec];
  const changed = Object.keys(second).filter((key) => JSON.stringify(second[key]) !== JSON.stringify(first[key]));
  expect(changed).toEqual(['template']);
  expect([first.replicas, second.replicas]).toEqual([1, 1]);
});

test('it is not sharded, drops no job and has each on disk', () => {
  const lines = brokerConfig({ port: 6379, memoryMib: 2_048, data: '/data', ownFile: '/tmp/own' }).split('\n');
  expect(lines).toEqual(
    expect.arrayContaining([
      'maxmemory 1433mb',
      'maxmemory-policy noeviction',
      'cluster-enabled no',
      'appendonly yes',
      'appendfsync everysec',
    ]),
  );
});

test('clients come in on the port, and the broker goes nowhere', async () => {
  const { spec } = one(await recordBroker(), 'kubernetes:networking.k8s.io/v1:NetworkPolicy').inputs as {
    spec: Record<string, unknown>;
  };
  expect(spec).toMatchObject({
    policyTypes: ['Ingress', 'Egress'],
    ingress: [
      {
        from: [{ podSelector: { matchLabels: { 'app.kubernetes.io/name': 'email-worker' } } }],
        ports: [{ protocol: 'TCP', port: 6379 }],
      },
    ],
  });
  expect(spec.egress).toBeUndefined();
});

test('it ends with its log written, and is not ready while it reads it', async () => {
  const { template } = one(await recordBroker(), setType).inputs.spec as Spec;
  const [container] = template.spec.containers as [Record<string, { exec: { command: string[] } }>];
  expect((template.spec as unknown as { terminationGracePeriodSeconds: number }).terminationGracePeriodSeconds).toBe(
    60,
  );
  expect(container.readinessProbe!.exec.command.at(-1)).toMatch(/ping \| grep -q PONG$/);
  expect(container.livenessProbe!.exec.command.at(-1)).toMatch(/ping \| grep -q -e PONG -e LOADING$/);
  // No password in a command: a shell takes it from its environment.
  expect(JSON.stringify(container)).toContain('"name":"BROKER_PASSWORD","valueFrom":{"secretKeyRef"');
});

describe('wrong arguments, and each is told', () => {
  test.each<[string, Partial<QueueBrokerArgs>]>([
    ['engineVersion', { engineVersion: '6.2' }],
    ['engineVersion', { engineVersion: '' }],
    ['image', { image: 'valkey' }],
    ['image', { image: 'docker.io/valkey/valkey:latest' }],
    ['identity.name', { identity: { name: 'Broker', instance: 's' } }],
    ['identity.name', { identity: { name: 'b'.repeat(60), instance: 's' } }],
    ['nodeType', { nodeType: 'cache.t3.small' }],
    ['nodeType', { nodeType: '250m' }],
    ['port', { port: 80 }],
    ['port', { port: 6379.5 }],
    ['clients', { clients: [] }],
  ])('%s: %o', (path, wrong) => {
    const message = messageOf(() => new QueueBroker('b', { ...small, ...wrong }));
    expect(message.split('\n').slice(1)).toEqual([expect.stringContaining(`  ${path}: `)]);
  });
});
