import { CloudError, problem, type Problem } from '../model/errors';
import { hex, lowerAlphanumeric, uuid } from '../model/ids';
import { at, flag, number, text } from '../model/reading';
import type { ResourceType } from '../model/resource-type';
import type { Bag } from '../model/values';
import { between, matching, named, now, numericId, ocean, publicAddress, regions, toVpc, urn } from './parts';

/** Versions on offer, newest first. */
export const kubernetesVersions = ['1.36.2-do.0', '1.35.5-do.1', '1.34.7-do.0', '1.33.9-do.2'];

const dropletSize = /^[a-z0-9_]+(-[a-z0-9]+)+$/;

export const kubernetesCluster: ResourceType = {
  token: ocean('KubernetesCluster'),
  naming: named({
    max: 63,
    taken: { code: '422 unprocessable_entity', sentence: () => 'a cluster with this name already exists' },
  }),
  required: ['nodePool', 'region', 'version'],
  enumerations: { region: regions },
  references: [toVpc('vpcUuid')],
  replaceOn: ['clusterSubnet', 'region', 'serviceSubnet', 'vpcUuid', 'workerSubnetUuid'],
  replaceWhen: (olds, news) => [
    // The first pool cannot be taken out of its cluster, and no pool changes its size.
    ...(text(olds, 'nodePool.size') === text(news, 'nodePool.size') ? [] : ['nodePool.size']),
    ...(isLower(text(news, 'version') ?? '', text(olds, 'version') ?? '') ? ['version'] : []),
  ],
  sets: ['nodePool.tags', 'nodePool.taints', 'tags'],
  keeps: [
    ...['clusterAutoscalerConfigurations', 'clusterSubnet', 'controlPlaneFirewall', 'corednsAutoscaler', 'ha'],
    ...['amdGpuDeviceMetricsExporterPlugin', 'amdGpuDevicePlugin', 'amdGpuDraDriver', 'nvidiaGpuDevicePlugin'],
    ...['maintenancePolicy', 'nvidiaGpuDraDriver', 'p2pOciRegistryPlugin', 'rdmaSharedDevicePlugin', 'routingAgent'],
    ...['serviceSubnet', 'vpcUuid', 'workerSubnetUuid'],
  ],
  secrets: ['kubeConfigs'],
  computed: [
    ...[
      'clusterSubnet',
      'clusterUrn',
      'createdAt',
      'endpoint',
      'ipv4Address',
      'kubeConfigs',
      'serviceSubnet',
      'status',
    ],
    ...['updatedAt', 'vpcUuid'],
  ],
  defaults: { autoUpgrade: false, ha: false, registryIntegration: false, surgeUpgrade: true },
  check: (inputs) => [
    ...matching(
      inputs,
      'version',
      /^\d+\.\d+\.\d+-do\.\d+$|^latest$/,
      '422 unprocessable_entity: invalid version slug',
    ),
    ...poolProblems('nodePool', inputs.nodePool as Bag | undefined),
  ],
  create: ({ inputs }) => {
    const id = uuid();
    const name = text(inputs, 'name') ?? '';
    const version = text(inputs, 'version') ?? '';
    if (!kubernetesVersions.includes(version)) {
      throw new CloudError('422 unprocessable_entity', `${version} is not a version on offer`);
    }
    const endpoint = `https://${id}.k8s.ondigitalocean.com`;
    return {
      id,
      state: {
        clusterUrn: urn('kubernetes', id),
        createdAt: now(),
        updatedAt: now(),
        endpoint,
        ipv4Address: publicAddress(),
        kubeConfigs: [kubeConfig(name, endpoint, text(inputs, 'region') ?? '')],
        status: 'running',
        ...(inputs.clusterSubnet === undefined && { clusterSubnet: '10.108.0.0/16' }),
        ...(inputs.serviceSubnet === undefined && { serviceSubnet: '10.109.0.0/19' }),
        ...(inputs.vpcUuid === undefined && { vpcUuid: uuid() }),
      },
    };
  },
  changing: () => ['updatedAt'],
  update: ({ record, inputs, changed }) => {
    if (changed.includes('ha') && flag(record.inputs, 'ha') && !flag(inputs, 'ha')) {
      throw new CloudError('422 unprocessable_entity', 'high availability cannot be disabled');
    }
    return { state: { updatedAt: now() } };
  },
  // The pool's own outputs, as the provider shows them inside the input.
  view: (record) => ({ nodePool: withNodes(record.inputs.nodePool as Bag, record.id) }),
};

export const kubernetesNodePool: ResourceType = {
  token: ocean('KubernetesNodePool'),
  naming: named({ max: 63 }),
  required: ['clusterId', 'size'],
  references: [{ path: 'clusterId', to: [ocean('KubernetesCluster')], error: '404 not_found' }],
  replaceOn: ['clusterId', 'size'],
  sets: ['tags', 'taints'],
  computed: ['actualNodeCount', 'nodes'],
  defaults: { autoScale: false },
  check: (inputs) => poolProblems('', inputs),
  create: ({ inputs }) => {
    const id = uuid();
    const { actualNodeCount = 0, nodes = [] } = withNodes(inputs, id);
    return { id, state: { actualNodeCount, nodes } };
  },
  // A size has one owner: the autoscaler's own count is not what the program asked for.
  changing: (changed) =>
    changed.some((key) => ['minNodes', 'nodeCount'].includes(key)) ? ['actualNodeCount', 'nodes'] : [],
  update: ({ inputs, record }) => {
    const { actualNodeCount = 0, nodes = [] } = withNodes(inputs, record.id);
    return { state: { actualNodeCount, nodes } };
  },
};

/** Whether a version comes before another, number by number: `1.9.0-do.2` before `1.10.0-do.0`. */
function isLower(version: string, than: string): boolean {
  const [ours, theirs] = [version, than].map((one) =>
    one
      .split(/[^0-9]+/)
      .filter(Boolean)
      .map(Number),
  );
  const at = (ours ?? []).findIndex((part, index) => part !== theirs?.[index]);
  return at >= 0 && (ours?.[at] ?? 0) < (theirs?.[at] ?? 0);
}

function poolProblems(path: string, pool: Bag | undefined): Problem[] {
  if (pool === undefined) return [];
  const under = (key: string): string => (path === '' ? key : `${path}.${key}`);
  const [least, most] = ['minNodes', 'maxNodes'].map((key) => number(pool, key));
  const problems = [
    ...matching(pool, 'size', dropletSize, '422 unprocessable_entity: invalid size'),
    ...between(pool, 'maxNodes', 1, 1000),
  ];
  if (flag(pool, 'autoScale') && (least === undefined || most === undefined || most < Math.max(1, least))) {
    problems.push(problem(under('maxNodes'), '422 unprocessable_entity: auto_scale needs min_nodes and max_nodes'));
  }
  if (!flag(pool, 'autoScale') && at(pool, 'nodeCount') === undefined) {
    problems.push(problem(under('nodeCount'), '422 unprocessable_entity: a pool that does not scale has a node_count'));
  }
  return problems;
}

function withNodes(pool: Bag, id: string): Bag {
  const count = number(pool, 'nodeCount') ?? number(pool, 'minNodes') ?? 1;
  const nodes = Array.from({ length: count }, (_, index) => ({
    id: `${id}-${index}`,
    name: `${text(pool, 'name') ?? 'pool'}-${index}`,
    status: 'running',
    dropletId: numericId(),
    createdAt: '',
    updatedAt: '',
  }));
  return { ...pool, id, actualNodeCount: count, nodes };
}

function kubeConfig(name: string, host: string, region: string): Bag {
  const token = `dop_v1_${hex(64)}`;
  const context = `do-${region}-${name}`;
  const certificate = Buffer.from(`-----BEGIN CERTIFICATE-----\n${lowerAlphanumeric(64)}\n`).toString('base64');
  const rawConfig = JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': context,
    clusters: [{ name: context, cluster: { server: host, 'certificate-authority-data': certificate } }],
    contexts: [{ name: context, context: { cluster: context, user: `${context}-admin` } }],
    users: [{ name: `${context}-admin`, user: { token } }],
  });
  const expiresAt = new Date(Date.now() + 7 * 86_400_000).toISOString();
  return { clientCertificate: '', clientKey: '', clusterCaCertificate: certificate, expiresAt, host, rawConfig, token };
}

export const kubernetes = [kubernetesCluster, kubernetesNodePool];
