import * as k8s from '@pulumi/kubernetes';
import { record } from '../../../../cli/offline/recorder';
import { ClusterAddOns, type ClusterAddOnsArgs } from '../../../../components/kubernetes/cluster-addons/add-ons';
import { charts } from '../../../../components/kubernetes/cluster-addons/charts';
import { equipCluster } from '../../../../components/kubernetes/cluster-addons/providers';
import { keepAuthority, letOutToStores } from '../../../../components/kubernetes/cluster-addons/store-access';
import { systemWorkloadsOf } from '../../../../plan/nodes/workloads';
import { cpuMillis, memoryMib } from '../../../../plan/nodes/quantities';
import { all, one } from '../../recorded';
import { planOf } from '../pulse';

const release = 'kubernetes:helm.sh/v3:Release';
const everything: ClusterAddOnsArgs = {
  issuer: {
    name: 'letsencrypt',
    email: 'ops@example.com',
    solver: { route53: { region: 'us-east-1', hostedZoneID: 'Z123' } },
  },
  metricsServer: true,
  monitoring: true,
  storageClass: { name: 'gp3', provisioner: 'ebs.csi.aws.com', parameters: { encrypted: 'true' } },
  autoscaler: { region: 'us-east-1', groupName: 'eks-nodes-1', minNodes: 3, maxNodes: 9 },
  loadBalancerController: { clusterName: 'pulse', region: 'us-east-1', vpcId: 'vpc-1' },
};
const recordAddOns = (args: ClusterAddOnsArgs) => record(() => void new ClusterAddOns('pulse', args));

test('charts are pinned to an exact version and come from their own projects', () => {
  for (const { version, repository } of Object.values(charts)) {
    expect(version).toMatch(/^v?\d+\.\d+\.\d+$/);
    expect(repository).toMatch(/^https:\/\//);
  }
});

test('no more than what is asked for', async () => {
  const recording = await recordAddOns({ metricsServer: false, monitoring: false });
  expect(all(recording, release).map(({ inputs }) => inputs.chart)).toEqual(['cert-manager']);
  expect(recording.resources.some(({ type }) => type.includes('ClusterIssuer'))).toBe(false);
});

test('each release waits until it runs, goes back when it fails, and keeps to its version', async () => {
  const releases = all(await recordAddOns(everything), release);
  expect(releases).toHaveLength(5);
  for (const { inputs } of releases) {
    expect(inputs).toMatchObject({ atomic: true, cleanupOnFail: true });
    const chart = Object.values(charts).find(({ chart: name }) => name === inputs.chart)!;
    expect(inputs).toMatchObject({ version: chart.version, repositoryOpts: { repo: chart.repository } });
    expect(inputs.skipAwait).toBeUndefined();
  }
});

test('certificates are proven by DNS, and the issuer comes after what knows its kind', async () => {
  const recording = await recordAddOns(everything);
  const issuer = one(recording, 'kubernetes:cert-manager.io/v1:ClusterIssuer');
  expect(issuer.inputs).toMatchObject({
    metadata: { name: 'letsencrypt' },
    spec: {
      acme: {
        email: 'ops@example.com',
        solvers: [{ dns01: { route53: { region: 'us-east-1', hostedZoneID: 'Z123' } } }],
      },
    },
  });
  const manager = all(recording, release).find(({ inputs }) => inputs.chart === 'cert-manager')!;
  expect(issuer.dependsOn).toContain(manager.urn);
  expect(manager.inputs.values).toMatchObject({ crds: { enabled: true, keep: true } });
});

test('the default class of volumes grows, waits for the pod, and is encrypted', async () => {
  const { inputs } = one(await recordAddOns(everything), 'kubernetes:storage.k8s.io/v1:StorageClass');
  expect(inputs).toMatchObject({
    metadata: { annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
    parameters: { encrypted: 'true' },
    allowVolumeExpansion: true,
    volumeBindingMode: 'WaitForFirstConsumer',
  });
});

/** Requests of one pod in a chart's values. */
const requested = (values: unknown): { cpuMillis: number; memoryMib: number } => {
  const { requests } = (values as { resources: { requests: { cpu: string; memory: string } } }).resources;
  return { cpuMillis: cpuMillis(requests.cpu), memoryMib: memoryMib(requests.memory) };
};

describe('what the charts are told', () => {
  const valuesOf = async (chart: string) =>
    all(await recordAddOns(everything), release).find(({ inputs }) => inputs.chart === chart)!.inputs.values;

  test('nodes go again when they are empty, though every pod there has a folder for temporary files', async () => {
    expect(await valuesOf('cluster-autoscaler')).toMatchObject({
      extraArgs: { 'skip-nodes-with-local-storage': false },
    });
  });

  test('there are as many nodes as the plan allows, and no fewer: the group itself has no such bounds', async () => {
    expect(await valuesOf('cluster-autoscaler')).toMatchObject({
      autoscalingGroups: [{ name: 'eks-nodes-1', minSize: 3, maxSize: 9 }],
      extraArgs: { 'enforce-node-group-min-size': true },
    });
  });

  test('pods and Services come when the balancers’ controller is away', async () => {
    expect(await valuesOf('aws-load-balancer-controller')).toMatchObject({
      podMutatorWebhookConfig: { failurePolicy: 'Ignore' },
      enableServiceMutatorWebhook: false,
    });
  });

  test('the volume of Prometheus goes with it', async () => {
    expect(await valuesOf('kube-prometheus-stack')).toMatchObject({
      prometheus: { prometheusSpec: { persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Delete' } } },
    });
  });
});

test('the plan has room for what the charts ask for', async () => {
  const releases = all(await recordAddOns(everything), release);
  const valuesOf = (chart: string) => releases.find(({ inputs }) => inputs.chart === chart)!.inputs.values;
  const planned = Object.fromEntries(systemWorkloadsOf('aws', true).map((one) => [one.name, one]));
  for (const chart of ['aws-load-balancer-controller', 'cluster-autoscaler', 'metrics-server']) {
    const asked = requested(valuesOf(chart));
    expect(planned[chart]!.cpuMillis).toBeGreaterThanOrEqual(asked.cpuMillis);
    expect(planned[chart]!.memoryMib).toBeGreaterThanOrEqual(asked.memoryMib);
  }
  const manager = valuesOf('cert-manager') as Record<string, unknown>;
  const parts = [manager, manager.webhook, manager.cainjector].map(requested);
  const sum = (key: 'cpuMillis' | 'memoryMib') => parts.reduce((total, part) => total + part[key], 0);
  expect(planned['cert-manager']!.cpuMillis * planned['cert-manager']!.count).toBeGreaterThanOrEqual(sum('cpuMillis'));
  expect(planned['cert-manager']!.memoryMib * planned['cert-manager']!.count).toBeGreaterThanOrEqual(sum('memoryMib'));
});

test('services go before add-ons, and add-ons before nodes: the providers say so', async () => {
  const recording = await record(() => {
    const parent = new k8s.Provider('elsewhere');
    const node = new k8s.core.v1.ConfigMap('node', {});
    equipCluster('pulse', { kubeconfig: '{}' }, everything, { parent, ready: [node] });
  });
  const providers = all(recording, 'pulumi:providers:kubernetes');
  const [addOns, services] = ['pulse-add-ons', 'pulse'].map((name) => providers.find((one) => one.name === name)!);
  expect(addOns!.dependsOn.join()).toContain('ConfigMap::node');
  const releases = all(recording, release);
  for (const { urn, provider } of releases) {
    expect(provider).toBe(addOns!.urn);
    expect(services!.dependsOn).toContain(urn);
  }
});

test('a store beside the cluster: its authority for pods, and a way out for those that use stores', async () => {
  const plan = planOf('large', 'prod');
  const recording = await record(() => {
    const identity = { name: 'cache-authority', instance: 'pulse-prod', tags: {} };
    const authority = keepAuthority('authority', { identity, namespace: 'pulse', pem: 'PEM' }, {});
    letOutToStores('pulse', plan, { namespace: 'pulse', cidrs: ['10.0.32.0/20', '10.1.32.0/20'] }, {});
    return { authority };
  });
  expect(recording.outputs.authority).toMatchObject({ key: 'ca.crt' });
  expect(one(recording, 'kubernetes:networking.k8s.io/v1:NetworkPolicy').inputs.spec).toEqual({
    podSelector: {
      matchLabels: { 'app.kubernetes.io/instance': 'pulse-prod' },
      matchExpressions: [
        { key: 'app.kubernetes.io/name', operator: 'In', values: ['api', 'api-mongodb', 'pulse-indexes'] },
      ],
    },
    policyTypes: ['Egress'],
    egress: [
      {
        to: [{ ipBlock: { cidr: '10.0.32.0/20' } }, { ipBlock: { cidr: '10.1.32.0/20' } }],
        ports: [{ protocol: 'TCP', port: 1024, endPort: 65_535 }],
      },
    ],
  });
});
