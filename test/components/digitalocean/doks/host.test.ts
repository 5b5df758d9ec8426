import type { Recording } from '../../../../cli/offline/recorder';
import { sizeOf } from '../../../../plan/sizes';
import { environments, phases } from '../../../../plan/vocabulary';
import { systems } from '../../../../systems';
import { all, one } from '../../recorded';
import { bringUpOffline, clusterPlan } from '../../managed-clusters';

const clusterType = 'digitalocean:index/kubernetesCluster:KubernetesCluster';
let recording: Recording;
beforeAll(async () => {
  recording = await bringUpOffline(clusterPlan('digitalocean', 'large', 'prod'));
});

test.each([
  ['prod', true],
  ['staging', false],
  ['dev', false],
] as const)('the control plane in %s is highly available: %s', async (environment, ha) => {
  const made = await bringUpOffline(clusterPlan('digitalocean', 'small', environment));
  expect(one(made, clusterType).inputs.ha).toBe(ha);
});

test('nodes wear the tag that stores let in, and stores let the cluster in', () => {
  const cluster = one(recording, clusterType);
  expect(cluster.inputs.nodePool).toMatchObject({ tags: ['<unknown:pulse-prod-clients-nyc3.name>'] });
  const firewalls = all(recording, 'digitalocean:index/databaseFirewall:DatabaseFirewall');
  expect(firewalls.length).toBeGreaterThan(0);
  for (const { inputs } of firewalls)
    expect(inputs.rules).toContainEqual({ type: 'k8s', value: '<unknown:pulse-prod-doks-nyc3.id>' });
});

test('the balancer passes TCP on and tells the client’s address', () => {
  const service = all(recording, 'kubernetes:core/v1:Service').find(({ inputs }) => {
    return (inputs.spec as { type?: string }).type === 'LoadBalancer';
  })!;
  const prefix = 'service.beta.kubernetes.io/do-loadbalancer';
  const { annotations } = service.inputs.metadata as { annotations: Record<string, string> };
  // Exactly these: with a hostname the Service's status would name no address, and by a name the controller of another
  // cluster would take the balancer over.
  expect(annotations).toEqual({
    [`${prefix}-type`]: 'REGIONAL',
    [`${prefix}-size-unit`]: '2',
    [`${prefix}-protocol`]: 'tcp',
    [`${prefix}-enable-proxy-protocol`]: 'true',
  });
  const record = all(recording, 'digitalocean:index/dnsRecord:DnsRecord').find(({ inputs }) => inputs.type === 'A')!;
  expect(record.inputs.value).toContain('ingress[0].ip');
});

test('stores let pods of another region in by the ranges of its nodes and of its pods', async () => {
  const made = await bringUpOffline(clusterPlan('digitalocean', 'enterprise', 'prod'));
  const documents = all(made, 'digitalocean:index/databaseFirewall:DatabaseFirewall').find(
    ({ name }) => name === 'pulse-prod-pulse',
  )!;
  expect(documents.inputs.rules).toEqual(
    expect.arrayContaining([
      { type: 'ip_addr', value: '10.1.0.0/16' },
      { type: 'ip_addr', value: '<unknown:pulse-prod-doks-sfo3.clusterSubnet>' },
    ]),
  );
});

test('no promotion gives a cluster nodes of another size, which would be another cluster', () => {
  for (const system of Object.values(systems))
    for (const environment of environments) {
      const sizes = phases.map((phase) => sizeOf(system.clusterNodes.digitalocean, phase, environment));
      expect([system.name, environment, new Set(sizes).size]).toEqual([system.name, environment, 1]);
    }
});

test('an autoscaled service has its metrics', () => {
  const charts = all(recording, 'kubernetes:helm.sh/v3:Release').map(({ inputs }) => inputs.chart);
  expect(charts.sort()).toEqual(['cert-manager', 'metrics-server']);
});

test('nothing of the cluster is protected, and no secret is in the open', () => {
  for (const { type, protect, name } of recording.resources)
    if (/^kubernetes:|KubernetesCluster$/.test(type)) expect([name, protect]).toEqual([name, false]);
  expect(JSON.stringify(recording)).not.toContain('canary-');
});

test('with a token for the domain’s records certificates are made, and the token is in the open nowhere', async () => {
  const plan = clusterPlan('digitalocean', 'small', 'dev');
  const made = await bringUpOffline({ ...plan, given: { ...plan.given, dnsToken: true } });
  expect(one(made, 'kubernetes:cert-manager.io/v1:ClusterIssuer').inputs.spec).toMatchObject({
    acme: { solvers: [{ dns01: { digitalocean: { tokenSecretRef: { key: 'access-token' } } } }] },
  });
  const secret = all(made, 'kubernetes:core/v1:Secret').find(({ name }) => name.endsWith('dns-token'))!;
  expect(secret.inputs).toMatchObject({
    metadata: { namespace: 'cert-manager' },
    stringData: '<secret>',
  });
  expect(JSON.stringify(made)).not.toContain('canary-');
  expect(all(recording, 'kubernetes:cert-manager.io/v1:ClusterIssuer')).toEqual([]);
});
