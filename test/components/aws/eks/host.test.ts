import type { Recording } from '../../../../cli/offline/recorder';
import { all, one } from '../../recorded';
import { bringUpOffline, clusterPlan } from '../../managed-clusters';

const issuerType = 'kubernetes:cert-manager.io/v1:ClusterIssuer';
let recording: Recording;
beforeAll(async () => {
  recording = await bringUpOffline(
    clusterPlan('aws', 'large', 'prod', { kubernetes: { certificateIssuer: undefined } }),
  );
});

test('nodes wear the group that stores let in', () => {
  const template = one(recording, 'aws:ec2/launchTemplate:LaunchTemplate');
  expect(template.inputs.vpcSecurityGroupIds).toEqual([
    '<unknown:pulse-prod-eks-use1-nodes.id>',
    '<unknown:pulse-prod-clients-use1.id>',
  ]);
});

test('nodes come and go by the autoscaler, within what the plan says', async () => {
  const groups = (from: Recording) =>
    all(from, 'kubernetes:helm.sh/v3:Release').find(({ inputs }) => inputs.chart === 'cluster-autoscaler')!.inputs
      .values;
  expect(groups(recording)).toMatchObject({
    autoscalingGroups: [
      { name: '<unknown:pulse-prod-eks-use1-nodes.resources[0].autoscalingGroups[0].name>', minSize: 3, maxSize: 6 },
    ],
  });
  const plan = clusterPlan('aws', 'large', 'prod');
  const nodes = { ...plan.cluster!.nodes, min: 5, max: 12 };
  const wider = await bringUpOffline({ ...plan, cluster: { ...plan.cluster!, nodes } });
  expect(groups(wider)).toMatchObject({ autoscalingGroups: [{ minSize: 5, maxSize: 12 }] });
  const { minSize, maxSize } = one(wider, 'aws:eks/nodeGroup:NodeGroup').inputs.scalingConfig as Record<string, number>;
  const before = one(recording, 'aws:eks/nodeGroup:NodeGroup').inputs.scalingConfig;
  expect(before).toMatchObject({ minSize, maxSize });
});

test('who stands in the network or a named VPN reaches the control plane; the internet only where it is named', async () => {
  const apiRanges = (from: Recording) =>
    all(from, 'aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule')
      .filter(({ name, inputs }) => name.includes('-eks-') && inputs.cidrIpv4 !== undefined)
      .map(({ inputs }) => inputs.cidrIpv4);
  const access = (from: Recording) => one(from, 'aws:eks/cluster:Cluster').inputs.vpcConfig;
  expect(apiRanges(recording)).toEqual(['10.0.0.0/16']);
  expect(access(recording)).toMatchObject({ endpointPublicAccess: false });
  const vpn = await bringUpOffline(
    clusterPlan('aws', 'small', 'dev', { aws: { controlPlaneCidrs: ['172.16.8.0/24'] } }),
  );
  expect(apiRanges(vpn)).toEqual(['10.0.0.0/16', '172.16.8.0/24']);
  expect(access(vpn)).toMatchObject({ endpointPublicAccess: false });
  const office = await bringUpOffline(
    clusterPlan('aws', 'small', 'dev', { aws: { controlPlaneCidrs: ['203.0.113.0/24'] } }),
  );
  expect(apiRanges(office)).toEqual(['10.0.0.0/16']);
  expect(access(office)).toMatchObject({ endpointPublicAccess: true, publicAccessCidrs: ['203.0.113.0/24'] });
});

test('the network balancer is told its subnets, and the edge the client’s address', () => {
  const service = all(recording, 'kubernetes:core/v1:Service').find(({ inputs }) => {
    return (inputs.spec as { type?: string }).type === 'LoadBalancer';
  })!;
  const prefix = 'service.beta.kubernetes.io/aws-load-balancer';
  expect(service.inputs).toMatchObject({
    metadata: {
      annotations: {
        [`${prefix}-scheme`]: 'internet-facing',
        [`${prefix}-nlb-target-type`]: 'ip',
        [`${prefix}-proxy-protocol`]: '*',
        [`${prefix}-subnets`]: expect.stringMatching(/^<unknown:.*public-a\.id>,<unknown:.*public-b\.id>,<unknown:/),
        [`${prefix}-attributes`]: expect.stringContaining('deletion_protection.enabled=false'),
      },
    },
    spec: { loadBalancerClass: 'service.k8s.aws/nlb' },
  });
});

test('a rollout of the edge waits for the balancer: it knows new pods late, and forgets old ones late', () => {
  const [namespace] = all(recording, 'kubernetes:core/v1:Namespace');
  expect(namespace!.inputs).toMatchObject({
    metadata: { labels: { 'elbv2.k8s.aws/pod-readiness-gate-inject': 'enabled' } },
  });
  const edge = all(recording, 'kubernetes:apps/v1:Deployment').find(({ name }) => name.endsWith('api-edge'))!;
  expect(edge.inputs.spec).toMatchObject({
    template: { spec: { containers: [{ lifecycle: { preStop: { sleep: { seconds: 180 } } } }] } },
  });
});

test('the name leads to the balancer by the record that instances had', () => {
  const record = all(recording, 'aws:route53/record:Record').find(
    ({ name }) => name === 'pulse-prod-api-alias-use1-a',
  )!;
  expect(record.inputs).toMatchObject({
    type: 'A',
    latencyRoutingPolicies: [{ region: 'us-east-1' }],
    aliases: [{ name: expect.stringContaining('hostname'), zoneId: '<unknown:zone-of-us-east-1>' }],
  });
});

test('pods of the service may use its buckets, and their role is bound before they start', () => {
  const policy = all(recording, 'aws:iam/rolePolicy:RolePolicy').find(({ name }) => name.endsWith('api-buckets'))!;
  const document = JSON.parse(policy.inputs.policy as string) as { Statement: { Resource: string[] }[] };
  expect(document.Statement[0]!.Resource).toHaveLength(2);
  const binding = all(recording, 'aws:eks/podIdentityAssociation:PodIdentityAssociation').find(
    ({ inputs }) => inputs.serviceAccount === 'api',
  )!;
  expect(binding.inputs.namespace).toBe('pulse-prod');
  const addOns = all(recording, 'pulumi:providers:kubernetes').find(({ name }) => name.endsWith('add-ons'))!;
  expect(addOns.dependsOn).toContain(binding.urn);
});

test('certificates are proven in the zone of the domain, where nobody else makes them', async () => {
  const issuer = one(recording, issuerType);
  expect(issuer.inputs.spec).toMatchObject({
    acme: {
      email: 'nobody@placeholder.invalid',
      solvers: [{ dns01: { route53: { hostedZoneID: 'Z0000000PLACEHOLDER' } } }],
    },
  });
  const certificate = one(recording, 'kubernetes:cert-manager.io/v1:Certificate');
  expect(certificate.inputs.spec).toMatchObject({ issuerRef: { name: 'letsencrypt' } });
  const given = await bringUpOffline(clusterPlan('aws', 'small', 'dev', { kubernetes: { certificateIssuer: 'ours' } }));
  expect(one(given, issuerType).inputs.metadata).toMatchObject({ name: 'ours' });
  expect(one(given, 'kubernetes:cert-manager.io/v1:Certificate').inputs.spec).toMatchObject({
    issuerRef: { name: 'ours' },
  });
});

test('a certificate of the user’s own is asked of nobody', async () => {
  const kubernetes = { certificateIssuer: undefined, tlsSecretName: 'ours' };
  const given = await bringUpOffline(clusterPlan('aws', 'small', 'dev', { kubernetes }));
  expect(all(given, issuerType)).toEqual([]);
  expect(all(given, 'kubernetes:cert-manager.io/v1:Certificate')).toEqual([]);
});

test('pods reach the stores’ part of the network on any of their ports, and nothing else of it', () => {
  const policy = all(recording, 'kubernetes:networking.k8s.io/v1:NetworkPolicy').find(
    ({ name }) => name === 'pulse-prod-eks-use1-stores',
  )!;
  expect(policy.inputs.spec).toMatchObject({ egress: [{ to: [{ ipBlock: { cidr: '10.0.192.0/19' } }] }] });
});

test('pods of every region reach the stores of all: the node that takes writes is in one of them', async () => {
  const { resources } = await bringUpOffline(clusterPlan('aws', 'enterprise', 'prod'));
  const policies = resources.filter(
    ({ type, name }) => type === 'kubernetes:networking.k8s.io/v1:NetworkPolicy' && name.endsWith('-stores'),
  );
  const reached = policies.map(({ inputs }) => (inputs.spec as { egress: { to: unknown }[] }).egress[0]!.to);
  const [home, away] = ['10.0.192.0/19', '10.1.192.0/19'].map((cidr) => ({ ipBlock: { cidr } }));
  expect(reached).toEqual([
    [home, away],
    [away, home],
  ]);
});

test('no store is in the cluster, and nothing of the cluster is protected', () => {
  expect(one(recording, 'aws:elasticache/replicationGroup:ReplicationGroup').protect).toBe(true);
  for (const { type, protect, name } of recording.resources) {
    if (/^(aws:eks|kubernetes:)/.test(type)) expect([name, protect]).toEqual([name, false]);
    expect(type).not.toMatch(/StatefulSet/);
  }
});

test('no value of a secret is in the open', () => {
  expect(JSON.stringify(recording)).not.toContain('canary-');
});

test('an existing network: its own subnets, and its own range for stores', async () => {
  const network = {
    vpcId: 'vpc-0123456789abcdef0',
    publicSubnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
    privateSubnetIds: ['subnet-0123456789abcdef2', 'subnet-0123456789abcdef3'],
    dataSubnetIds: ['subnet-0123456789abcdef4', 'subnet-0123456789abcdef5'],
    natAddresses: ['203.0.113.10'],
  };
  const existing = await bringUpOffline(clusterPlan('aws', 'small', 'staging', { aws: { network } }));
  const vpcConfig = one(existing, 'aws:eks/cluster:Cluster').inputs.vpcConfig;
  expect(vpcConfig).toMatchObject({ subnetIds: network.privateSubnetIds, endpointPublicAccess: false });
  expect(JSON.stringify(existing)).toContain('"cidr":"10.0.0.0/16"');
});

test('ranges and administrators of configuration reach the control plane', async () => {
  const aws = { controlPlaneCidrs: ['203.0.113.0/24'], clusterAdmins: ['arn:aws:iam::123456789012:role/platform'] };
  const open = await bringUpOffline(clusterPlan('aws', 'small', 'dev', { aws }));
  expect(one(open, 'aws:eks/cluster:Cluster').inputs.vpcConfig).toMatchObject({
    publicAccessCidrs: aws.controlPlaneCidrs,
  });
  expect(one(open, 'aws:eks/accessEntry:AccessEntry').inputs.principalArn).toBe(aws.clusterAdmins[0]);
});
