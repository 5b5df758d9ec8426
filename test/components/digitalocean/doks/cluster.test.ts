import { functionAnswers } from '../../../../cli/offline/function-answers';
import { record } from '../../../../cli/offline/recorder';
import { DoksCluster, type DoksClusterArgs } from '../../../../components/digitalocean/doks/cluster';
import { messageOf, one, parentName } from '../../recorded';

const small: DoksClusterArgs = {
  region: 'nyc3',
  vpcId: 'vpc-1',
  version: '1.35',
  highAvailability: true,
  nodes: { size: 's-2vcpu-4gb', min: 2, max: 12, tags: ['clients'] },
  tags: ['system:pulse'],
};
const type = 'digitalocean:index/kubernetesCluster:KubernetesCluster';
const recordCluster = (change: Partial<DoksClusterArgs> = {}) =>
  record(
    () => {
      const cluster = new DoksCluster('pulse-prod-doks-nyc3', { ...small, ...change });
      return { kubeconfig: cluster.kubeconfig };
    },
    { functions: functionAnswers },
  );

test('a cluster in its network with one pool that scales, renewed at night', async () => {
  const recording = await recordCluster();
  const cluster = one(recording, type);
  expect(cluster.inputs).toEqual({
    region: 'nyc3',
    vpcUuid: 'vpc-1',
    version: '<unknown:newest-of-1.35.>',
    ha: true,
    autoUpgrade: true,
    surgeUpgrade: true,
    maintenancePolicy: { day: 'sunday', startTime: '07:00' },
    registryIntegration: false,
    controlPlaneFirewall: { enabled: false, allowedAddresses: [] },
    nodePool: { name: 'nodes', size: 's-2vcpu-4gb', autoScale: true, minNodes: 2, maxNodes: 12, tags: ['clients'] },
    tags: ['system:pulse'],
  });
  expect(parentName(cluster)).toBe('pulse-prod-doks-nyc3');
  expect(cluster.protect).toBe(false);
});

test('patches that DigitalOcean puts in are no change of ours', async () => {
  expect(one(await recordCluster(), type).ignoreChanges).toEqual(['version']);
});

test('the kubeconfig has no token in it, so it is good for longer than seven days', async () => {
  const { outputs } = await recordCluster();
  const config = JSON.parse(String(outputs.kubeconfig)) as { users: { user: Record<string, unknown> }[] };
  const mark = (output: string) => `<unknown:pulse-prod-doks-nyc3.${output}>`;
  expect(config).toMatchObject({
    clusters: [
      {
        cluster: {
          server: mark('endpoint'),
          'certificate-authority-data': mark('kubeConfigs[0].clusterCaCertificate'),
        },
      },
    ],
  });
  expect(config.users.map(({ user }) => Object.keys(user))).toEqual([['exec']]);
  expect(config.users[0]!.user.exec).toMatchObject({
    command: 'doctl',
    args: expect.arrayContaining(['exec-credential', mark('id')]),
  });
});

test('the control plane answers the ranges that are given alone', async () => {
  const recording = await recordCluster({ controlPlaneCidrs: ['203.0.113.0/24'] });
  expect(one(recording, type).inputs.controlPlaneFirewall).toEqual({
    enabled: true,
    allowedAddresses: ['203.0.113.0/24'],
  });
});

test('every fault of the arguments in one message', () => {
  const message = messageOf(
    () =>
      new DoksCluster('c', {
        ...small,
        region: 'us-east-1',
        version: 'latest',
        controlPlaneCidrs: ['office'],
        nodes: { size: '4 GB', min: 3, max: 2, tags: [] },
      }),
  );
  for (const path of [
    'region:',
    'version:',
    'controlPlaneCidrs[0]:',
    'nodes.size:',
    'nodes.max: 2 is below nodes.min (3)',
  ])
    expect(message).toContain(path);
});
