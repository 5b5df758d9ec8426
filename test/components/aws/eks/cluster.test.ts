import { functionAnswers } from '../../../../cli/offline/function-answers';
import { record as recordProgram } from '../../../../cli/offline/recorder';
import { EksCluster, type EksClusterArgs } from '../../../../components/aws/eks/cluster';
import { kubeconfig } from '../../../../components/aws/eks/kubeconfig';
import { all, counts, messageOf, one, parentName } from '../../recorded';
import { small } from './arguments';

const clusterType = 'aws:eks/cluster:Cluster';
const nodesType = 'aws:eks/nodeGroup:NodeGroup';
const record = (program: Parameters<typeof recordProgram>[0]) => recordProgram(program, { functions: functionAnswers });
const recordCluster = (change: Partial<EksClusterArgs> = {}) =>
  record(() => {
    const cluster = new EksCluster('pulse-prod-eks-use1', { ...small, ...change });
    return { kubeconfig: cluster.kubeconfig };
  });

test('a control plane that is private, logged, encrypted and current', async () => {
  const recording = await recordCluster();
  const cluster = one(recording, clusterType);
  expect(cluster.inputs).toEqual({
    region: 'us-east-1',
    name: 'pulse-prod-eks-use1',
    roleArn: '<unknown:pulse-prod-eks-use1-control-plane.arn>',
    version: '1.35',
    vpcConfig: {
      subnetIds: ['subnet-a', 'subnet-b'],
      securityGroupIds: ['<unknown:pulse-prod-eks-use1-control-plane.id>'],
      endpointPrivateAccess: true,
      endpointPublicAccess: false,
    },
    accessConfig: { authenticationMode: 'API', bootstrapClusterCreatorAdminPermissions: true },
    bootstrapSelfManagedAddons: false,
    enabledClusterLogTypes: ['api', 'audit', 'authenticator', 'controllerManager', 'scheduler'],
    encryptionConfig: { provider: { keyArn: '<unknown:pulse-prod-eks-use1-secrets.arn>' }, resources: ['secrets'] },
    upgradePolicy: { supportType: 'STANDARD' },
    deletionProtection: false,
    tags: { System: 'pulse' },
  });
  // The fixed name is free again before a new cluster takes it.
  expect(cluster.deleteBeforeReplace).toBe(true);
  expect(cluster.protect).toBe(false);
  // A zone that a later phase brings is the nodes' alone: EKS refuses it for the control plane.
  expect(cluster.ignoreChanges).toEqual(['vpcConfig.subnetIds']);
  expect(parentName(cluster)).toBe('pulse-prod-eks-use1');
  // The log group must be there first, or EKS makes one that stays for ever.
  expect(cluster.dependsOn.join()).toContain('logGroup:LogGroup::pulse-prod-eks-use1-control-plane');
  const logGroup = one(recording, 'aws:cloudwatch/logGroup:LogGroup');
  expect(logGroup.inputs).toMatchObject({ name: '/aws/eks/pulse-prod-eks-use1/cluster', retentionInDays: 90 });
  const key = one(recording, 'aws:kms/key:Key');
  expect(key.inputs).toMatchObject({ enableKeyRotation: true, deletionWindowInDays: 30 });
});

test('a public endpoint only for the ranges that are given', async () => {
  const recording = await recordCluster({ publicAccessCidrs: ['203.0.113.0/24'] });
  expect(one(recording, clusterType).inputs.vpcConfig).toMatchObject({
    endpointPrivateAccess: true,
    endpointPublicAccess: true,
    publicAccessCidrs: ['203.0.113.0/24'],
  });
});

test('administrators by access entries', async () => {
  const arns = ['arn:aws:iam::123456789012:role/platform', 'arn:aws:iam::123456789012:user/ada'];
  const recording = await recordCluster({ adminArns: arns });
  expect(all(recording, 'aws:eks/accessEntry:AccessEntry').map(({ inputs }) => inputs.principalArn)).toEqual(arns);
  for (const { inputs } of all(recording, 'aws:eks/accessPolicyAssociation:AccessPolicyAssociation'))
    expect(inputs).toMatchObject({
      policyArn: 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy',
      accessScope: { type: 'cluster' },
    });
  expect(counts(await recordCluster())['aws:eks/accessEntry:AccessEntry']).toBeUndefined();
});

describe('nodes', () => {
  test('come from a template that changes in place, and their number is the autoscaler’s', async () => {
    const recording = await recordCluster();
    const nodes = one(recording, nodesType);
    expect(nodes.inputs).toMatchObject({
      clusterName: 'pulse-prod-eks-use1',
      subnetIds: ['subnet-a', 'subnet-b'],
      version: '1.35',
      amiType: 'AL2023_x86_64_STANDARD',
      updateConfig: { maxUnavailablePercentage: 20 },
      nodeRepairConfig: { enabled: true },
      launchTemplate: {
        id: '<unknown:pulse-prod-eks-use1-nodes.id>',
        version: '<unknown:pulse-prod-eks-use1-nodes.latestVersion>',
      },
    });
    expect(nodes.inputs.scalingConfig).toMatchObject({ desiredSize: 3 });
    // In the group these would replace it.
    for (const key of ['instanceTypes', 'diskSize', 'remoteAccess']) expect(nodes.inputs).not.toHaveProperty(key);
    expect(nodes.ignoreChanges).toEqual(['scalingConfig.desiredSize']);
  });

  test('keep their bounds at every size: a change of them would set the autoscaler’s number back', async () => {
    const boundsOf = async (start: number) => {
      const { scalingConfig } = one(await recordCluster({ nodes: { ...small.nodes, start } }), nodesType).inputs;
      return { ...(scalingConfig as object), desiredSize: undefined };
    };
    expect(await boundsOf(20)).toEqual(await boundsOf(2));
  });

  test('have the newest image of their version', async () => {
    const nodes = one(await recordCluster(), nodesType);
    expect(nodes.inputs.releaseVersion).toBe(
      '<unknown:/aws/service/eks/optimized-ami/1.35/amazon-linux-2023/x86_64/standard/recommended/release_version>',
    );
  });

  test('tell pods nothing, have no public address, and encrypted disks', async () => {
    const template = one(await recordCluster(), 'aws:ec2/launchTemplate:LaunchTemplate').inputs;
    expect(template).toMatchObject({
      instanceType: 't3.large',
      metadataOptions: { httpTokens: 'required', httpPutResponseHopLimit: 1, httpEndpoint: 'enabled' },
      vpcSecurityGroupIds: ['<unknown:pulse-prod-eks-use1-nodes.id>', 'sg-clients'],
      blockDeviceMappings: [{ ebs: { volumeType: 'gp3', volumeSize: 50, encrypted: 'true' } }],
    });
    for (const key of ['imageId', 'userData', 'iamInstanceProfile', 'networkInterfaces', 'keyName'])
      expect(template).not.toHaveProperty(key);
  });

  test('come after their network, and what runs on them after them', async () => {
    const recording = await recordCluster();
    const nodes = one(recording, nodesType);
    for (const before of ['vpc-cni', 'kube-proxy', 'eks-pod-identity-agent', 'AmazonEKSWorkerNodePolicy'])
      expect(nodes.dependsOn.join()).toContain(before);
    const addOns = all(recording, 'aws:eks/addon:Addon');
    const onNodes = addOns.filter(({ dependsOn }) => dependsOn.includes(nodes.urn));
    expect(onNodes.map(({ inputs }) => inputs.addonName).sort()).toEqual([
      'aws-ebs-csi-driver',
      'coredns',
      'metrics-server',
    ]);
  });
});

test('every add-on is pinned for the version that clusters are made of, and network policies hold', async () => {
  const addOns = all(await recordCluster(), 'aws:eks/addon:Addon');
  expect(addOns).toHaveLength(6);
  for (const { inputs } of addOns) expect(inputs.addonVersion).toMatch(/^v\d+\.\d+\.\d+-eksbuild\.\d+$/);
  const network = addOns.find(({ inputs }) => inputs.addonName === 'vpc-cni')!;
  expect(JSON.parse(network.inputs.configurationValues as string)).toMatchObject({ enableNetworkPolicy: 'true' });
  expect(network.inputs.podIdentityAssociations).toMatchObject([{ serviceAccount: 'aws-node' }]);
  const proxy = addOns.find(({ inputs }) => inputs.addonName === 'kube-proxy')!;
  expect(proxy.inputs.addonVersion).toContain(`v${small.version}.`);
});

test('add-ons of another version of Kubernetes are of the versions that EKS picks for it', async () => {
  for (const { inputs } of all(await recordCluster({ version: '1.36' }), 'aws:eks/addon:Addon'))
    expect(inputs).not.toHaveProperty('addonVersion');
});

test('nobody from outside reaches the nodes', async () => {
  const recording = await recordCluster();
  const ingress = all(recording, 'aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule');
  expect(ingress).toHaveLength(3);
  for (const { inputs } of ingress) {
    expect(inputs).not.toHaveProperty('cidrIpv4');
    expect(inputs.referencedSecurityGroupId).toBeDefined();
  }
  const groups = all(recording, 'aws:ec2/securityGroup:SecurityGroup').filter(({ inputs }) =>
    Object.keys(inputs.tags as object).some((key) => key.startsWith('kubernetes.io/cluster/')),
  );
  // The controller wants to find exactly one.
  expect(groups.map(({ name }) => name)).toEqual(['pulse-prod-eks-use1-nodes']);
});

test('the private end of the control plane lets in who is named, on 443 and nothing else', async () => {
  const recording = await recordCluster({ privateAccessCidrs: ['10.0.0.0/16', '10.8.0.0/24'] });
  const ranges = all(recording, 'aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule').filter(
    ({ inputs }) => inputs.cidrIpv4 !== undefined,
  );
  expect(ranges.map(({ inputs }) => inputs.cidrIpv4)).toEqual(['10.0.0.0/16', '10.8.0.0/24']);
  for (const { inputs } of ranges)
    expect(inputs).toMatchObject({
      securityGroupId: '<unknown:pulse-prod-eks-use1-control-plane.id>',
      ipProtocol: 'tcp',
      fromPort: 443,
      toPort: 443,
    });
});

describe('a grant to pods', () => {
  const recordGrant = () =>
    record(() => {
      const cluster = new EksCluster('pulse-prod-eks-use1', small);
      const account = { namespace: 'pulse', serviceAccount: 'api' };
      const granted = cluster.grant('api', { ...account, description: 'What the API may do' });
      cluster.allow('api-buckets', granted, '{"Statement":[]}');
    });

  test('is to one service account of one namespace of this cluster', async () => {
    const recording = await recordGrant();
    const role = all(recording, 'aws:iam/role:Role').find(({ name }) => name === 'pulse-prod-eks-use1-api')!;
    expect(JSON.parse(role.inputs.assumeRolePolicy as string).Statement).toEqual([
      {
        Effect: 'Allow',
        Principal: { Service: 'pods.eks.amazonaws.com' },
        Action: ['sts:AssumeRole', 'sts:TagSession'],
        Condition: {
          StringEquals: {
            'aws:RequestTag/eks-cluster-name': 'pulse-prod-eks-use1',
            'aws:RequestTag/kubernetes-namespace': 'pulse',
            'aws:RequestTag/kubernetes-service-account': 'api',
          },
        },
      },
    ]);
    const binding = one(recording, 'aws:eks/podIdentityAssociation:PodIdentityAssociation');
    expect(binding.inputs).toMatchObject({
      clusterName: 'pulse-prod-eks-use1',
      namespace: 'pulse',
      serviceAccount: 'api',
      roleArn: '<unknown:pulse-prod-eks-use1-api.arn>',
    });
    const policy = one(recording, 'aws:iam/rolePolicy:RolePolicy');
    expect(policy.inputs).toMatchObject({ role: '<unknown:pulse-prod-eks-use1-api.name>', policy: '{"Statement":[]}' });
  });
});

test('every fault of the arguments in one message', () => {
  const message = messageOf(
    () =>
      new EksCluster('c', {
        ...small,
        version: 'latest',
        subnetIds: ['subnet-a'],
        publicAccessCidrs: ['0.0.0.0/0', 'home'],
        adminArns: ['ada'],
        nodes: { ...small.nodes, machine: 'big', start: 1, diskGb: 8 },
        logRetentionDays: 2,
      }),
  );
  for (const path of [
    'version:',
    'subnetIds:',
    'publicAccessCidrs[0]: 0.0.0.0/0 would open',
    'publicAccessCidrs[1]:',
    'adminArns[0]:',
    'nodes.machine:',
    'nodes.start:',
    'nodes.diskGb:',
    'logRetentionDays:',
  ])
    expect(message).toContain(path);
});

test('the kubeconfig asks with the profile that the provider has', async () => {
  const { outputs } = await recordCluster({ profile: 'deploy' });
  expect(outputs.kubeconfig).toContain('"env":[{"name":"AWS_PROFILE","value":"deploy"}]');
  expect((await recordCluster()).outputs.kubeconfig).not.toContain('AWS_PROFILE');
});

test('the kubeconfig has no secret in it and asks AWS for a token', async () => {
  const { outputs } = await recordCluster();
  expect(outputs.kubeconfig).toContain('<unknown:pulse-prod-eks-use1.endpoint>');
  const config = JSON.parse(
    kubeconfig({ name: 'pulse', endpoint: 'https://x', certificateAuthority: 'Y2E=', region: 'eu-west-1' }),
  );
  expect(config.clusters[0].cluster).toEqual({ server: 'https://x', 'certificate-authority-data': 'Y2E=' });
  expect(config['current-context']).toBe('pulse');
  const { exec, ...rest } = config.users[0].user;
  expect(rest).toEqual({});
  expect(exec.args).toEqual([
    '--region',
    'eu-west-1',
    'eks',
    'get-token',
    '--cluster-name',
    'pulse',
    '--output',
    'json',
  ]);
});
