import { CloudError, problem, type Problem } from '../../model/errors';
import { hex } from '../../model/ids';
import { flag, number, text } from '../../model/reading';
import type { Bag } from '../../model/values';
import { COMPUTE, google } from '../google';
import { between, gcp, label, lastOf, shaped, to, toServiceAccount } from '../parts';
import { cluster } from './cluster';
import { nodeConfigReplaces } from './node-config';

export const nodePool = google({
  token: gcp('container', 'NodePool'),
  id: '{cluster}/nodePools/{name}',
  naming: label(40),
  required: ['cluster'],
  references: [to('cluster', [cluster.token]), toServiceAccount('nodeConfig.serviceAccount')],
  enumerations: {
    'autoscaling.locationPolicy': ['BALANCED', 'ANY'],
    'nodeConfig.diskType': [
      'pd-standard',
      'pd-balanced',
      'pd-ssd',
      'hyperdisk-balanced',
      'hyperdisk-throughput',
      'hyperdisk-extreme',
    ],
    'nodeConfig.workloadMetadataConfig.mode': ['MODE_UNSPECIFIED', 'GCE_METADATA', 'GKE_METADATA'],
    'upgradeSettings.strategy': ['SURGE', 'BLUE_GREEN', 'SHORT_LIVED'],
  },
  replaceOn: [
    'cluster',
    'initialNodeCount',
    'location',
    'maxPodsPerNode',
    'name',
    'namePrefix',
    'networkConfig.acceleratorNetworkProfile',
    'networkConfig.additionalNodeNetworkConfigs',
    'networkConfig.additionalPodNetworkConfigs',
    'networkConfig.createPodRange',
    'networkConfig.podCidrOverprovisionConfig',
    'networkConfig.podIpv4CidrBlock',
    'networkConfig.podRange',
    'networkConfig.subnetwork',
    ...nodeConfigReplaces,
    'placementPolicy',
    'project',
    'queuedProvisioning',
  ],
  sets: ['nodeLocations', 'nodeConfig.oauthScopes', 'nodeConfig.tags'],
  keeps: [
    'initialNodeCount',
    'location',
    'management',
    'maxPodsPerNode',
    'networkConfig',
    'nodeConfig',
    'nodeCount',
    'nodeLocations',
    'project',
    'queuedProvisioning',
    'upgradeSettings',
    'version',
  ],
  computed: [
    'initialNodeCount',
    'instanceGroupUrls',
    'location',
    'managedInstanceGroupUrls',
    'maxPodsPerNode',
    'nodeCount',
    'nodeLocations',
    'operation',
    'project',
    'version',
  ],
  check: checkPool,
  make: ({ inputs, cloud, place }) => {
    const home = cloud.find([cluster.token], text(inputs, 'cluster') ?? '');
    if (!home) throw new CloudError('notFound', `cluster ${text(inputs, 'cluster')} was not found`);
    if (flag(home.inputs, 'enableAutopilot')) {
      throw new CloudError('badRequest', 'Autopilot clusters do not support node pools of their own');
    }
    const location = text(home.inputs, 'location') ?? '';
    const name = text(inputs, 'name') ?? '';
    const given = Array.isArray(inputs.nodeLocations) ? inputs.nodeLocations : home.inputs.nodeLocations;
    const zones = (Array.isArray(given) ? given : (home.state.nodeLocations ?? [])) as string[];
    const urls = zones.map(
      (zone) =>
        `${COMPUTE}projects/${place.project}/zones/${zone}/instanceGroupManagers/gke-${lastOf(home.id)}-${name}-${hex(8)}-grp`,
    );
    const least =
      number(inputs, 'autoscaling.minNodeCount') ??
      Math.ceil((number(inputs, 'autoscaling.totalMinNodeCount') ?? 0) / Math.max(zones.length, 1));
    const count = number(inputs, 'initialNodeCount') ?? number(inputs, 'nodeCount') ?? least;
    return {
      id: `${home.id}/nodePools/${name}`,
      state: {
        ...absent(inputs, {
          initialNodeCount: count,
          location,
          maxPodsPerNode: 110,
          nodeCount: count,
          nodeLocations: zones,
          project: place.project,
          version: home.state.nodeVersion ?? '',
        }),
        instanceGroupUrls: urls.map((url) => url.replace('instanceGroupManagers', 'instanceGroups')),
        managedInstanceGroupUrls: urls.map((url) => url.replace('instanceGroupManagers', 'instanceGroups')),
        operation: '',
      },
    };
  },
});

/** What the program said nothing of. */
const absent = (inputs: Bag, outputs: Bag): Bag =>
  Object.fromEntries(Object.entries(outputs).filter(([key]) => inputs[key] === undefined));

function checkPool(inputs: Bag): Problem[] {
  const problems = [
    ...between(inputs, 'maxPodsPerNode', 8, 256),
    ...between(inputs, 'nodeConfig.diskSizeGb', 10, 65536),
    ...shaped(
      (inputs.nodeConfig ?? {}) as Bag,
      'machineType',
      /^(e2|n1|n2|n2d|n4|c2|c3|c3d|c4|t2d|t2a|m1|m2|m3|custom|g2|a2|a3)-[a-z0-9-]+$/,
      'a machine type',
    ),
  ];
  const ofZone = ['minNodeCount', 'maxNodeCount'].map((key) => number(inputs, `autoscaling.${key}`));
  const ofAll = ['totalMinNodeCount', 'totalMaxNodeCount'].map((key) => number(inputs, `autoscaling.${key}`));
  if (ofZone.some((value) => value !== undefined) && ofAll.some((value) => value !== undefined)) {
    problems.push(
      problem('autoscaling', 'badRequest: counts of a zone and counts of the whole pool exclude each other'),
    );
  }
  for (const [least, most] of [ofZone, ofAll]) {
    if (least !== undefined && most !== undefined && least > most) {
      problems.push(problem('autoscaling', `badRequest: the least count (${least}) exceeds the most (${most})`));
    }
  }
  const [surge, away] = ['maxSurge', 'maxUnavailable'].map((key) => number(inputs, `upgradeSettings.${key}`));
  if (surge === 0 && away === 0) {
    problems.push(problem('upgradeSettings', 'badRequest: maxSurge and maxUnavailable cannot both be 0'));
  }
  return problems;
}
