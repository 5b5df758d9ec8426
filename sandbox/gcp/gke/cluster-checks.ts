import type { Cloud } from '../../model/cloud';
import { CloudError, problem, type Problem } from '../../model/errors';
import { flag, matches, number, text } from '../../model/reading';
import type { Bag } from '../../model/values';
import { addressIn, rangeOf } from '../network/cidr';
import { gcp, shaped } from '../parts';

/** What GKE refuses about a cluster, whenever it is asked. */
export function checkCluster(inputs: Bag): Problem[] {
  const problems = [
    ...shaped(inputs, 'location', /^[a-z]+-[a-z]+\d+(-[a-z])?$/, 'a region or a zone'),
    ...shaped(inputs, 'minMasterVersion', /^(latest|\d+\.\d+(\.\d+(-gke\.\d+)?)?)$/, 'a version such as 1.33'),
  ];
  if (
    flag(inputs, 'enableAutopilot') !== true &&
    inputs.nodePools === undefined &&
    (number(inputs, 'initialNodeCount') ?? 0) < 1
  ) {
    problems.push(problem('initialNodeCount', 'badRequest: Cluster.initial_node_count must be greater than zero'));
  }
  const master = text(inputs, 'privateClusterConfig.masterIpv4CidrBlock');
  if (master !== undefined && rangeOf(master)?.bits !== 28) {
    problems.push(problem('privateClusterConfig', `badRequest: the control plane's range is a /28, got ${master}`));
  }
  if (
    text(inputs, 'databaseEncryption.state') === 'ENCRYPTED' &&
    (inputs.databaseEncryption as Bag).keyName === undefined
  ) {
    problems.push(problem('databaseEncryption', 'badRequest: encryption of secrets needs keyName'));
  }
  for (const { path, value } of matches(inputs, 'masterAuthorizedNetworksConfig.cidrBlocks.*.cidrBlock')) {
    if (typeof value === 'string' && /^[\d.]+\/\d+$/.test(value) && !rangeOf(value)) {
      problems.push(problem(path.join('.'), `badRequest: ${value} is no range`));
    }
  }
  return problems;
}

/** Pods and services get ranges that the subnetwork has under these names. */
export function haveRanges(inputs: Bag, cloud: Cloud): void {
  const subnet = cloud.find([gcp('compute', 'Subnetwork')], text(inputs, 'subnetwork') ?? '');
  const known = matches(subnet?.inputs, 'secondaryIpRanges.*.rangeName').map(({ value }) => value);
  for (const key of ['clusterSecondaryRangeName', 'servicesSecondaryRangeName']) {
    const asked = text(inputs, `ipAllocationPolicy.${key}`);
    if (subnet && asked !== undefined && !known.includes(asked)) {
      throw new CloudError('badRequest', `Secondary range "${asked}" does not exist in subnetwork "${subnet.id}"`);
    }
  }
}

export function servicesRange(inputs: Bag, cloud: Cloud): string {
  const subnet = cloud.find([gcp('compute', 'Subnetwork')], text(inputs, 'subnetwork') ?? '');
  const asked = text(inputs, 'ipAllocationPolicy.servicesSecondaryRangeName');
  const found = matches(subnet?.inputs, 'secondaryIpRanges.*').find(({ value }) => text(value, 'rangeName') === asked);
  const range = text(found?.value, 'ipCidrRange') ?? text(inputs, 'ipAllocationPolicy.servicesIpv4CidrBlock');
  return range ?? `${addressIn('34.118.224.0/20', 0)}/20`;
}
