import type { Recording } from '../../../../cli/offline/recorder';
import { all, one } from '../../recorded';
import { bringUpOffline, clusterPlan } from '../../managed-clusters';

let recording: Recording;
beforeAll(async () => {
  const more = { kubernetes: { certificateIssuer: undefined }, gcp: { dnsZone: 'example-zone' } };
  recording = await bringUpOffline(clusterPlan('gcp', 'large', 'prod', more));
});

test('the edge has an address that stays, and the name leads to it', () => {
  const service = all(recording, 'kubernetes:core/v1:Service').find(({ inputs }) => {
    return (inputs.spec as { type?: string }).type === 'LoadBalancer';
  })!;
  expect(service.inputs).toMatchObject({
    metadata: { annotations: { 'cloud.google.com/l4-rbs': 'enabled' } },
    spec: { loadBalancerIP: '<unknown:pulse-prod-gke-usc1-edge.address>', externalTrafficPolicy: 'Local' },
  });
  const record = all(recording, 'gcp:dns/recordSet:RecordSet').find(({ inputs }) => inputs.type === 'A');
  expect(JSON.stringify(record!.inputs)).toContain('ingress[0].ip');
});

test('whoever stands in the network reaches the control plane, not the nodes’ subnet alone', () => {
  expect(one(recording, 'gcp:container/cluster:Cluster').inputs).toMatchObject({
    privateClusterConfig: { enablePrivateEndpoint: true },
    masterAuthorizedNetworksConfig: { cidrBlocks: [{ cidrBlock: expect.stringMatching(/^10\..*\/16$/) }] },
  });
});

test('nodes run under an account of their own, pods under none of Google’s', () => {
  const pool = one(recording, 'gcp:container/nodePool:NodePool');
  expect(pool.inputs.nodeConfig).toMatchObject({ serviceAccount: expect.stringContaining('nodes-usc1') });
  const roles = all(recording, 'gcp:projects/iAMMember:IAMMember').map(({ inputs }) => inputs.role);
  expect(roles).toContain('roles/container.defaultNodeServiceAccount');
  for (const role of roles) expect(role).not.toMatch(/^roles\/(owner|editor|viewer)$/);
  // They start with what they may do.
  const cluster = one(recording, 'stackladder:gcp:GkeCluster');
  expect(cluster.dependsOn.join()).toMatch(/IAMMember::pulse-prod-nodes-usc1-node\b/);
});

test('pods use their buckets and the cache by workload identity', () => {
  const pods = /subject\/ns\/pulse-prod\/sa\/api$/;
  const buckets = all(recording, 'gcp:storage/bucketIAMMember:BucketIAMMember').filter(({ inputs }) =>
    pods.test(inputs.member as string),
  );
  expect(buckets).toHaveLength(2);
  const cache = all(recording, 'gcp:projects/iAMMember:IAMMember').find(({ inputs }) =>
    pods.test(inputs.member as string),
  )!;
  expect(cache.inputs).toMatchObject({ role: 'roles/memorystore.dbConnectionUser' });
});

test('pods trust the cache’s authority and reach its part of the network', () => {
  const deployment = all(recording, 'kubernetes:apps/v1:Deployment').find(({ name }) => name.endsWith('-api'))!;
  const text = JSON.stringify(deployment.inputs);
  expect(text).toContain('{"name":"SSL_CERT_DIR","value":"/etc/ssl/certs:/etc/stackladder/authorities"}');
  expect(text).toContain('"path":"cache.crt"');
  const policy = all(recording, 'kubernetes:networking.k8s.io/v1:NetworkPolicy').find(({ name }) =>
    name.endsWith('-stores'),
  )!;
  expect(policy.inputs.spec).toMatchObject({ egress: [{ to: [{ ipBlock: { cidr: '10.0.32.0/20' } }] }] });
});

test('pods of every region reach the stores of all: the node that takes writes is in one of them', async () => {
  const { resources } = await bringUpOffline(clusterPlan('gcp', 'enterprise', 'prod'));
  const policies = resources.filter(
    ({ type, name }) => type === 'kubernetes:networking.k8s.io/v1:NetworkPolicy' && name.endsWith('-stores'),
  );
  const to = ['10.0.32.0/20', '10.1.32.0/20'].map((cidr) => ({ ipBlock: { cidr } }));
  expect(policies.map(({ inputs }) => (inputs.spec as { egress: { to: unknown }[] }).egress[0]!.to)).toEqual([to, to]);
});

test('certificates are proven in the zone of the domain', () => {
  expect(one(recording, 'kubernetes:cert-manager.io/v1:ClusterIssuer').inputs.spec).toMatchObject({
    acme: { solvers: [{ dns01: { cloudDNS: { project: 'placeholder-project', hostedZoneName: 'example-zone' } } }] },
  });
  expect(one(recording, 'gcp:dns/dnsManagedZoneIamMember:DnsManagedZoneIamMember').inputs.member).toMatch(
    /ns\/cert-manager\/sa\/cert-manager$/,
  );
});

test('nothing of the cluster is protected, and no secret is in the open', () => {
  for (const { type, protect, name } of recording.resources)
    if (/^(gcp:container|kubernetes:)/.test(type)) expect([name, protect]).toEqual([name, false]);
  expect(JSON.stringify(recording)).not.toContain('canary-');
});
