import { contextOfPlan } from '../../cli/commands/print-verdicts';
import { makeOfflinePlan, type OfflinePlan } from '../../cli/offline/make-plan';
import type { CloudName, Compute } from '../../plan/vocabulary';
import { evaluate, type Verdict } from '../../policies/evaluate';
import { set, type Spoil, unprotect, without } from './spoil';

/**
 * Fixtures are written by hand; these are the resources that the components really make. Each case spoils one value of
 * a sound plan of Pulse at Large in prod, and the rule that is for it must find it.
 */
type Case = [says: string, rule: string, spoil: Spoil];

const plans = new Map<string, Promise<OfflinePlan>>();
function planOf(cloud: CloudName, compute: Compute): Promise<OfflinePlan> {
  const key = `${cloud} ${compute}`;
  const made =
    plans.get(key) ?? makeOfflinePlan({ system: 'pulse', phase: 'large', environment: 'prod', cloud, compute });
  plans.set(key, made);
  return made;
}

const scaler = ':HorizontalPodAutoscaler';
const deployment = ':Deployment';
const pod = 'spec.template.spec';
const template = ':RegionInstanceTemplate';

const onAnyCluster: Case[] = [
  ['replicas beside an autoscaler', 'k8s-autoscaler-owns-replicas', set(deployment, 'spec.replicas', 3)],
  ['no budget for disruptions', 'k8s-disruption-budget', without(':PodDisruptionBudget')],
  ['a budget that allows none', 'k8s-disruption-allowed', set(':PodDisruptionBudget', 'spec', { maxUnavailable: 0 })],
  ['one pod', 'group-two-replicas', set(scaler, 'spec.minReplicas', 1)],
  ['no room for more pods', 'autoscaler-room', set(scaler, 'spec.maxReplicas', 2)],
  ['more pods than the phase has', 'group-bounds', set(scaler, 'spec.maxReplicas', 50)],
  ['an autoscaler of nothing', 'k8s-autoscaler-target', set(scaler, 'spec.scaleTargetRef.name', 'gone')],
  ['no autoscaler', 'k8s-two-replicas', without(scaler)],
  ['no network policies', 'k8s-network-policy', without(':NetworkPolicy')],
  ['latest', 'k8s-image-pinned', set(deployment, `${pod}.containers.0.image`, 'pulse-api:latest')],
  ['no requests', 'k8s-resources', set(deployment, `${pod}.containers.0.resources`, {})],
  ['no readiness probe', 'k8s-probes', set(deployment, `${pod}.containers.0.readinessProbe`, undefined)],
  ['root', 'k8s-non-root', set(deployment, `${pod}.containers.0.securityContext.runAsNonRoot`, false)],
  ['a writable root', 'k8s-read-only-root', set(deployment, `${pod}.containers.0.securityContext`, {})],
  [
    'a plain secret',
    'k8s-no-plain-secrets',
    set(deployment, `${pod}.containers.0.env`, [{ name: 'API_TOKEN', value: 'hunter22' }]),
  ],
  ['nothing spreads', 'k8s-spread', set(deployment, `${pod}.topologySpreadConstraints`, [])],
  ['all pods at once', 'k8s-rolling-update', set(deployment, 'spec.strategy', { type: 'Recreate' })],
  ["a node's port", 'k8s-service-type', set('core/v1:Service', 'spec.type', 'NodePort')],
  ['no pod security', 'k8s-namespace-pod-security', set(':Namespace', 'metadata.labels', {})],
];

const cases: Record<string, [cloud: CloudName, compute: Compute, cases: Case[]]> = {
  'plain Kubernetes': [
    'kubernetes',
    'kubernetes',
    [...onAnyCluster, ['a store', 'stores-protected', unprotect(':StatefulSet')]],
  ],
  EKS: [
    'aws',
    'kubernetes',
    [
      ...onAnyCluster,
      ['an open endpoint', 'cluster-endpoint-private', set('eks/cluster:Cluster', 'vpcConfig', {})],
      ['an old version', 'cluster-version', set('eks/cluster:Cluster', 'version', '1.30')],
      ['plain Secrets', 'eks-secrets-encrypted', set('eks/cluster:Cluster', 'encryptionConfig', undefined)],
      ['no logs', 'eks-logs', set('eks/cluster:Cluster', 'enabledClusterLogTypes', [])],
      ['open metadata', 'instance-imdsv2', set(':LaunchTemplate', 'metadataOptions', {})],
      ['a machine of another phase', 'instance-type', set(':LaunchTemplate', 'instanceType', 'm5.4xlarge')],
      ['too small a group', 'node-capacity', set(':NodeGroup', 'scalingConfig.maxSize', 2)],
      [
        'too few nodes',
        'node-capacity',
        set(':Release', 'values.autoscalingGroups.0.maxSize', 2, 'cluster-autoscaler'),
      ],
      ['one node', 'node-pool-range', set(':NodeGroup', 'scalingConfig.minSize', 1)],
    ],
  ],
  GKE: [
    'gcp',
    'kubernetes',
    [
      ...onAnyCluster,
      ['public nodes', 'gke-private', set('container/cluster:Cluster', 'privateClusterConfig', {})],
      ['nodes of the default account', 'gke-nodes', set(':NodePool', 'nodeConfig.serviceAccount', undefined)],
      [
        'too few nodes',
        'node-capacity',
        set(':NodePool', 'autoscaling', { totalMinNodeCount: 2, totalMaxNodeCount: 2 }),
      ],
    ],
  ],
  'instances on Google Cloud': [
    'gcp',
    'instances',
    [
      ['no autoscaler', 'gcp-group-autoscaler', without(':RegionAutoscaler')],
      ['one instance', 'group-two-replicas', set(':RegionAutoscaler', 'autoscalingPolicy.minReplicas', 1)],
      ['more than the phase has', 'autoscaler-bounds', set(':RegionAutoscaler', 'autoscalingPolicy.maxReplicas', 40)],
      ['no autohealing', 'gcp-group-autohealing', set(':RegionInstanceGroupManager', 'autoHealingPolicies', undefined)],
      ['a public address', 'gcp-instance-no-public-ip', set(template, 'networkInterfaces.0.accessConfigs', [{}])],
      ['a machine of another phase', 'instance-type', set(template, 'machineType', 'n1-standard-32')],
      ['no secure boot', 'gcp-instance-shielded', set(template, 'shieldedInstanceConfig', {})],
      ['a secret in metadata', 'user-data-no-secrets', set(template, 'metadata.db-password', 'hunter22')],
      ['an open firewall', 'gcp-firewall-no-world', set(':Firewall', 'sourceRanges', ['0.0.0.0/0'])],
      ['no rate limit', 'gcp-rate-limit', set(':SecurityPolicy', 'rules', [{ action: 'allow' }])],
      ['TLS 1.0', 'gcp-tls-policy', set(':SSLPolicy', 'minTlsVersion', 'TLS_1_0')],
      ['HTTP that answers', 'gcp-http-redirects', set(':URLMap', 'defaultUrlRedirect', undefined)],
      ['a store', 'stores-protected', unprotect('storage/bucket:Bucket')],
      [
        'a plain cache',
        'gcp-cache-encrypted-in-transit',
        set('memorystore/instance:Instance', 'transitEncryptionMode', undefined),
      ],
      ['an editor', 'gcp-iam-no-primitive-roles', set('projects/iAMMember:IAMMember', 'role', 'roles/editor')],
      ['another region', 'region-allowed', set('storage/bucket:Bucket', 'location', 'EU')],
      ['no labels', 'tags-complete', set('storage/bucket:Bucket', 'labels', {})],
      ['alerts for nobody', 'alarm-has-action', set(':AlertPolicy', 'notificationChannels', [])],
    ],
  ],
  'droplets of DigitalOcean': [
    'digitalocean',
    'instances',
    [
      ['no trusted sources', 'do-database-trusted-sources', without(':DatabaseFirewall')],
      ['a single node', 'do-database-standby', set(':DatabaseCluster', 'nodeCount', 1)],
      ['no firewall', 'do-droplets-behind-firewall', without('firewall:Firewall')],
      [
        'SSH for everybody',
        'do-firewall-no-world',
        set('firewall:Firewall', 'inboundRules', [
          { protocol: 'tcp', portRange: '22', sourceAddresses: ['0.0.0.0/0'] },
        ]),
      ],
      ['one droplet', 'group-two-replicas', set(':DropletAutoscale', 'config.minInstances', 1)],
      ['plain HTTP', 'do-balancer-https', set(':LoadBalancer', 'forwardingRules', [{ entryProtocol: 'http' }])],
      ['no health check', 'do-balancer-health-check', set(':LoadBalancer', 'healthcheck', undefined)],
      ['a public Space', 'do-space-private', set('spacesBucket:SpacesBucket', 'acl', 'public-read')],
      ['a store', 'stores-protected', unprotect(':DatabaseCluster')],
    ],
  ],
  DOKS: [
    'digitalocean',
    'kubernetes',
    [
      ...onAnyCluster,
      ['a control plane of one', 'doks-high-availability', set(':KubernetesCluster', 'ha', false)],
      ['no upgrades', 'doks-upgrade', set(':KubernetesCluster', 'autoUpgrade', false)],
      ['too few nodes', 'node-capacity', set(':KubernetesCluster', 'nodePool.maxNodes', 3)],
    ],
  ],
};

describe.each(Object.entries(cases))('%s', (_says, [cloud, compute, spoiled]) => {
  const failures = async (rule: string, spoil: Spoil): Promise<Verdict[]> => {
    const { plan, resources } = await planOf(cloud, compute);
    return evaluate(spoil(resources), contextOfPlan(plan)).filter(
      (each) => each.rule === rule && each.state === 'fail',
    );
  };

  test.each(spoiled)('%s: %s', async (_what, rule, spoil) => {
    expect(await failures(rule, (resources) => resources)).toEqual([]);
    expect(await failures(rule, spoil)).not.toEqual([]);
  });
});
