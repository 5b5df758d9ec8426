import { makeNetwork, TestCloud } from './cloud';

let cloud: TestCloud;
beforeEach(() => (cloud = new TestCloud()));
afterEach(() => cloud.close());

const clusterType = 'aws:eks/cluster:Cluster';
const nodesType = 'aws:eks/nodeGroup:NodeGroup';
const addOnType = 'aws:eks/addon:Addon';
const assumeRolePolicy = '{}';

/** A cluster in a network, with a template for its nodes. */
function makeCluster(more: object = {}) {
  const { subnets, group } = makeNetwork(cloud);
  const role = cloud.make('aws:iam/role:Role', 'role', { assumeRolePolicy });
  const inputs = {
    name: 'pulse',
    roleArn: role.arn!,
    version: '1.34',
    vpcConfig: {
      subnetIds: subnets,
      securityGroupIds: [group],
      endpointPrivateAccess: true,
      endpointPublicAccess: false,
    },
    ...more,
  };
  const cluster = cloud.make(clusterType, 'cluster', inputs as never);
  const template = cloud.make('aws:ec2/launchTemplate:LaunchTemplate', 'lt', { instanceType: 't3.large' });
  const nodes = {
    clusterName: 'pulse',
    nodeRoleArn: role.arn!,
    subnetIds: subnets,
    version: '1.34',
    launchTemplate: { id: template.id, version: '1' },
    scalingConfig: { minSize: 2, maxSize: 9, desiredSize: 3 },
  };
  return { cluster, inputs, nodes, role };
}

test('a cluster has an endpoint, an authority and an ARN', () => {
  const { cluster } = makeCluster();
  expect(cluster.id).toBe('pulse');
  expect(cluster.endpoint).toMatch(/^https:\/\/[A-Z0-9]{32}\.gr7\.us-east-1\.eks\.amazonaws\.com$/);
  expect(cluster.arn).toMatch(/^arn:aws:eks:us-east-1:\d{12}:cluster\/pulse$/);
  expect(cluster.certificateAuthority).toEqual({ data: expect.stringMatching(/^[A-Za-z0-9+/=]+$/) });
});

test.each([
  ['a version that EKS has not', { version: '1.20' }, /version/],
  ['one subnet', { vpcConfig: { subnetIds: ['subnet-1'] } }, /at least two different AZs/],
  ['no way in at all', { vpcConfig: { endpointPublicAccess: false } }, /access cannot be false/],
  ['a log that is none', { enabledClusterLogTypes: ['everything'] }, /enabledClusterLogTypes/],
])('a cluster with %s is refused', (_, more, reason) => {
  const refusals = cloud.refusals(clusterType, { roleArn: 'r', vpcConfig: {}, ...more } as never);
  expect(refusals.join('\n')).toMatch(reason);
});

test('the control plane keeps its zones, whatever the subnets; nodes may stand in others', () => {
  const { inputs, nodes } = makeCluster();
  const subnet = (name: string, availabilityZone: string, cidrBlock: string) =>
    cloud.make('aws:ec2/subnet:Subnet', name, { vpcId: cloud.of('net').id, cidrBlock, availabilityZone }).id;
  const further = subnet('further', 'us-east-1c', '10.0.7.0/24');
  const inside = (ids: string[]) => ({ ...inputs, vpcConfig: { ...inputs.vpcConfig, subnetIds: ids } }) as never;
  expect(() => cloud.change('cluster', inside([...nodes.subnetIds, further]))).toThrow(
    /exact set of AZs in which subnets were provided during cluster creation: us-east-1a, us-east-1b$/,
  );
  const [kept] = nodes.subnetIds;
  cloud.change('cluster', inside([kept!, subnet('other', 'us-east-1b', '10.0.8.0/24')]));
  cloud.make(nodesType, 'nodes', { ...nodes, subnetIds: [...nodes.subnetIds, further] });
});

test('the version goes up by one minor, and never down', () => {
  const { inputs } = makeCluster();
  expect(() => cloud.change('cluster', { ...inputs, version: '1.36' } as never)).toThrow(
    /Unsupported Kubernetes minor version update from 1.34 to 1.36/,
  );
  expect(() => cloud.change('cluster', { ...inputs, version: '1.33' } as never)).toThrow(/from 1.34 to 1.33/);
  expect(cloud.change('cluster', { ...inputs, version: '1.35' } as never)).toMatchObject({ version: '1.35' });
});

test('encryption of Secrets stays once it is on', () => {
  const key = cloud.make('aws:kms/key:Key', 'key', {});
  const { inputs } = makeCluster({ encryptionConfig: { provider: { keyArn: key.arn }, resources: ['secrets'] } });
  const without = Object.fromEntries(Object.entries(inputs).filter(([key]) => key !== 'encryptionConfig'));
  expect(() => cloud.change('cluster', without as never)).toThrow(/cannot be disabled/);
});

test('nodes are never newer than their cluster, nor of another version’s image, and their template is there', () => {
  const { nodes } = makeCluster();
  expect(() => cloud.make(nodesType, 'new', { ...nodes, version: '1.35' })).toThrow(/newer than the cluster's/);
  const launchTemplate = { ...nodes.launchTemplate, version: '7' };
  expect(() => cloud.make(nodesType, 'other', { ...nodes, launchTemplate })).toThrow(/version 7 does not exist/);
  const old = { ...nodes, releaseVersion: '1.33.5-20260101' };
  expect(() => cloud.make(nodesType, 'image', old)).toThrow(/1.33.5-20260101 is not valid for 1.34/);
  expect(cloud.make(nodesType, 'nodes', nodes).id).toMatch(/^pulse:nodes-[0-9a-f]{7}$/);
});

test('a least size above what runs is refused: EKS takes the three numbers together', () => {
  const { nodes } = makeCluster();
  cloud.make(nodesType, 'nodes', nodes);
  const scalingConfig = { minSize: 5, maxSize: 9, desiredSize: 3 };
  expect(() => cloud.change('nodes', { ...nodes, scalingConfig })).toThrow(/can't be greater than desired size 3/);
});

test('a machine in the group replaces it, another version of the template does not', () => {
  const { nodes } = makeCluster();
  cloud.make(nodesType, 'nodes', nodes);
  const replaced = (more: object) =>
    cloud
      .diff('nodes', { ...nodes, ...more } as never)
      .filter(({ replaces }) => replaces)
      .map(({ path }) => path.join('.'));
  expect(replaced({ instanceTypes: ['t3.xlarge'] })).toEqual(['instanceTypes']);
  expect(replaced({ launchTemplate: { ...nodes.launchTemplate, version: '2' } })).toEqual([]);
});

test('a cluster with nodes cannot be deleted, nor one that is protected', () => {
  const { nodes, inputs } = makeCluster();
  cloud.make(nodesType, 'nodes', nodes);
  expect(() => cloud.delete('cluster')).toThrow(/ResourceInUseException/);
  cloud.delete('nodes');
  cloud.change('cluster', { ...inputs, deletionProtection: true } as never);
  expect(() => cloud.delete('cluster')).toThrow(/deletion protection/);
  cloud.change('cluster', { ...inputs, deletionProtection: false } as never);
  cloud.delete('cluster');
});

test('add-ons have a version of their cluster’s, and a configuration that is JSON', () => {
  makeCluster();
  const addOn = (more: object) => ({ clusterName: 'pulse', addonName: 'kube-proxy', ...more });
  expect(cloud.make(addOnType, 'proxy', addOn({ addonVersion: 'v1.34.1-eksbuild.2' })).id).toBe('pulse:kube-proxy');
  expect(() => cloud.make(addOnType, 'old', addOn({ addonVersion: 'v1.33.1-eksbuild.2' }))).toThrow(/not supported/);
  expect(() => cloud.make(addOnType, 'no', addOn({ addonName: 'coredns', addonVersion: 'latest' }))).toThrow(
    /not supported/,
  );
  expect(cloud.refusals(addOnType, addOn({ addonName: 'nginx' }) as never).join()).toMatch(/addonName/);
  expect(cloud.refusals(addOnType, addOn({ configurationValues: '{' }) as never).join()).toMatch(/JSON/);
});

test('who may in, and what pods may do', () => {
  const { role } = makeCluster();
  const principalArn = 'arn:aws:iam::123456789012:role/platform';
  const entry = cloud.make('aws:eks/accessEntry:AccessEntry', 'entry', { clusterName: 'pulse', principalArn });
  expect(entry.id).toBe(`pulse:${principalArn}`);
  const association = { clusterName: 'pulse', principalArn, accessScope: { type: 'cluster' } };
  const policyArn = 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy';
  cloud.make('aws:eks/accessPolicyAssociation:AccessPolicyAssociation', 'may', { ...association, policyArn });
  const wrong = { ...association, policyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' };
  const refusals = cloud.refusals('aws:eks/accessPolicyAssociation:AccessPolicyAssociation', wrong);
  expect(refusals.join()).toMatch(/policyArn/);
  const pods = { clusterName: 'pulse', namespace: 'pulse', serviceAccount: 'api', roleArn: role.arn! };
  const binding = cloud.make('aws:eks/podIdentityAssociation:PodIdentityAssociation', 'pods', pods);
  expect(binding.associationId).toMatch(/^a-[a-z0-9]{17}$/);
});
