import { inProd } from '../context';
import { expect, fail, inspect, inspectEach, type Judgement, pass, unknown } from '../judge';
import type { ResourceRule } from '../rule';
import { at, flag, list, present, show, text, UNKNOWN } from '../values';

const eks = 'aws:eks/cluster:Cluster';
const gke = 'gcp:container/cluster:Cluster';
const doks = 'digitalocean:index/kubernetesCluster:KubernetesCluster';
const common = { severity: 'mandatory', scope: 'resource' } as const;
/** Wider than /8: a few such ranges are all of the internet. */
const world = (range: unknown) => typeof range === 'string' && /\/[0-7]$/.test(range.trim());

export const privateEndpoint: ResourceRule = {
  ...common,
  id: 'cluster-endpoint-private',
  title: "A cluster's API is not open to the whole internet",
  why: "It is then one leaked token, or one hole in the API server, away from being somebody else's.",
  mend: 'Close the public endpoint, or name the ranges that may reach it (controlPlaneCidrs).',
  controls: ['AWS FSBP EKS.1', 'Checkov CKV_AWS_38', 'Checkov CKV_AWS_39', 'Checkov CKV_GCP_20'],
  types: [eks, gke],
  check: (cluster) =>
    cluster.type === eks
      ? [
          inspect(cluster, ['vpcConfig.endpointPublicAccess', 'vpcConfig.publicAccessCidrs'], (open, ranges) => {
            if (open === false || open === 'false') return undefined;
            if (list(ranges).includes(UNKNOWN)) return UNKNOWN;
            // AWS opens both where nothing is said.
            const all = !present(ranges) || list(ranges).some(world);
            return all ? 'its public endpoint is open to everybody' : undefined;
          }),
        ]
      : [
          inspect(
            cluster,
            [
              'privateClusterConfig.enablePrivateEndpoint',
              'masterAuthorizedNetworksConfig',
              'controlPlaneEndpointsConfig.ipEndpointsConfig.enabled',
            ],
            (closed, networks, byAddress) =>
              flag(closed) || byAddress === false || (typeof networks === 'object' && networks !== null)
                ? undefined
                : 'no networks are named that may reach it',
          ),
          ...inspectEach(cluster, 'masterAuthorizedNetworksConfig.cidrBlocks', (block) => {
            const range = at(block, 'cidrBlock');
            if (range === UNKNOWN) return unknown('masterAuthorizedNetworksConfig.cidrBlocks');
            return world(range) ? fail(`${show(range)} may reach it`) : pass;
          }),
        ],
};

export const clusterSecrets: ResourceRule = {
  ...common,
  id: 'eks-secrets-encrypted',
  title: "An EKS cluster encrypts its Secrets with a key of the account's own",
  why: 'A Secret holds the passwords of the stores; it cannot be turned off again, and is a line at creation.',
  mend: "Set encryptionConfig with resources ['secrets'] and a KMS key.",
  controls: ['AWS FSBP EKS.3', 'Checkov CKV_AWS_58'],
  types: [eks],
  check: (cluster) => [
    inspect(cluster, ['encryptionConfig.resources'], (resources) =>
      list(resources).includes('secrets') ? undefined : `encryptionConfig.resources is ${show(resources)}`,
    ),
  ],
};

export const clusterLogs: ResourceRule = {
  ...common,
  id: 'eks-logs',
  title: 'An EKS cluster keeps the logs of its API and its audit log',
  why: 'Who changed what in the cluster cannot be asked for after an incident.',
  mend: "Set enabledClusterLogTypes to ['api', 'audit', 'authenticator'] or more.",
  severity: 'advisory',
  controls: ['AWS FSBP EKS.8', 'Checkov CKV_AWS_37'],
  types: [eks],
  check: (cluster) => [
    inspect(cluster, ['enabledClusterLogTypes'], (types) => {
      const missing = ['api', 'audit'].filter((type) => !list(types).includes(type));
      return missing.length === 0 ? undefined : `it does not log ${missing.join(', ')}`;
    }),
  ],
};

/**
 * The oldest version in EKS's standard support: that of 1.33 ended on 2026-07-29, that of 1.34 ends on 2026-12-02
 * (docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html). DOKS drops a version at about the same time.
 */
const oldest = [1, 34] as const;

export const clusterVersion: ResourceRule = {
  ...common,
  id: 'cluster-version',
  title: `A cluster runs Kubernetes ${oldest.join('.')} or newer`,
  why: 'A version out of standard support gets no repairs in time, and on EKS costs six times as much ($0.60 an hour).',
  mend: 'Raise KUBERNETES_VERSION in plan/cluster.ts one minor at a time, and the cluster with it.',
  controls: ['AWS FSBP EKS.2', 'Checkov CKV_AWS_339'],
  types: [eks, doks],
  check: (cluster) => [
    inspect(cluster, ['version'], (version) => {
      const [, major, minor] = /^(\d+)\.(\d+)/.exec(text(version)) ?? [];
      if (major === undefined) return `its version is ${show(version)}`;
      const old = Number(major) < oldest[0] || (Number(major) === oldest[0] && Number(minor) < oldest[1]);
      return old ? `its version is ${show(version)}` : undefined;
    }),
  ],
};

export const gkeCluster: ResourceRule = {
  ...common,
  id: 'gke-private',
  title: 'A GKE cluster has private nodes, workload identity, a release channel and network policies',
  why: "Nodes with public addresses are ways past the firewall; pods without an identity of their own use the node's.",
  mend: "Set privateClusterConfig.enablePrivateNodes, workloadIdentityConfig, releaseChannel and datapathProvider 'ADVANCED_DATAPATH'.",
  controls: ['Checkov CKV_GCP_64', 'Checkov CKV_GCP_25', 'Checkov CKV_GCP_70', 'Checkov CKV_GCP_12'],
  types: [gke],
  check: (cluster): Judgement[] => [
    inspect(cluster, ['privateClusterConfig.enablePrivateNodes'], (on) =>
      flag(on) ? undefined : `enablePrivateNodes is ${show(on)}`,
    ),
    inspect(cluster, ['releaseChannel.channel'], (channel) =>
      present(channel) && channel !== 'UNSPECIFIED' ? undefined : `its release channel is ${show(channel)}`,
    ),
    expect(present(cluster.props.workloadIdentityConfig), 'it has no workloadIdentityConfig', 'workloadIdentityConfig'),
    inspect(cluster, ['datapathProvider', 'networkPolicy.enabled'], (path, enabled) =>
      path === 'ADVANCED_DATAPATH' || flag(enabled) ? undefined : 'nothing enforces its network policies',
    ),
    inspect(cluster, ['enableShieldedNodes', 'enableLegacyAbac'], (shielded, legacy) =>
      shielded === false ? 'enableShieldedNodes is false' : flag(legacy) ? 'enableLegacyAbac is true' : undefined,
    ),
  ],
};

export const doksControlPlane: ResourceRule = {
  ...common,
  id: 'doks-high-availability',
  title: 'A DOKS cluster in prod has a control plane of several nodes',
  why: 'With a single one nothing is scheduled, scaled or repaired while it is away. It cannot be turned off again.',
  mend: 'Set ha to true ($40 a month).',
  controls: [],
  types: [doks],
  where: inProd,
  check: (cluster) => [inspect(cluster, ['ha'], (on) => (flag(on) ? undefined : `ha is ${show(on)}`))],
};

export const doksUpgrade: ResourceRule = {
  ...common,
  id: 'doks-upgrade',
  title: 'A DOKS cluster upgrades itself, with new nodes before old ones go',
  why: 'A version that nobody raises goes out of support; without surge an upgrade takes capacity away.',
  mend: 'Set autoUpgrade and surgeUpgrade to true, with a maintenancePolicy.',
  severity: 'advisory',
  controls: ['Trivy AVD-DIG-0005', 'Trivy AVD-DIG-0008'],
  types: [doks],
  check: (cluster) =>
    ['autoUpgrade', 'surgeUpgrade'].map((path) =>
      inspect(cluster, [path], (on) => (flag(on) ? undefined : `${path} is ${show(on)}`)),
    ),
};

export const clusterRules = [
  privateEndpoint,
  clusterVersion,
  clusterSecrets,
  clusterLogs,
  gkeCluster,
  doksControlPlane,
  doksUpgrade,
];
