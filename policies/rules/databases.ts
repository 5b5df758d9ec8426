import { isGivenUp } from '../released';
import { inProd } from '../context';
import { fail, inspect, inspectEach, type Judgement, pass, unknown } from '../judge';
import type { Resource, ResourceRule } from '../rule';
import { at, flag, type Known, list, numeric, present, show, UNKNOWN, type Value } from '../values';

const atlasCluster = ['mongodbatlas:index/advancedCluster:AdvancedCluster'];

export const databaseNotPublic: ResourceRule = {
  id: 'database-not-public',
  title: 'No database has a public address',
  why: 'A database that the internet reaches is one leaked password away from being read.',
  mend: 'Set publiclyAccessible to false and reach it from the private subnets.',
  severity: 'mandatory',
  controls: ['AWS FSBP RDS.2', 'Checkov CKV_AWS_17'],
  scope: 'resource',
  types: ['aws:rds/instance:Instance', 'aws:rds/clusterInstance:ClusterInstance'],
  check: (resource) => [
    inspect(resource, ['publiclyAccessible'], (open) => (flag(open) ? 'publiclyAccessible is true' : undefined)),
  ],
};

export const atlasTier: ResourceRule = {
  id: 'atlas-tier',
  title: 'An Atlas cluster in prod is M10 or better',
  why: 'M0 and the other shared tiers have no backup, no private endpoint and no guaranteed capacity.',
  mend: 'Set database.tier to M10 or better (the guide: M30 in prod).',
  severity: 'mandatory',
  controls: [],
  scope: 'resource',
  types: [...atlasCluster, 'mongodbatlas:index/flexCluster:FlexCluster'],
  where: inProd,
  check(resource) {
    if (resource.type.endsWith(':FlexCluster')) return [fail('a Flex cluster is a shared tier')];
    return eachRegion(resource, (region, path) => {
      const size = at(region, 'electableSpecs.instanceSize');
      // A region may be read-only; then its electable specification is missing and nothing is to be said.
      if (size === UNKNOWN) return unknown(`${path}.electableSpecs.instanceSize`);
      if (!present(size)) return pass;
      return tierNumber(size) >= 10 ? pass : fail(`its instance size is ${show(size)}`);
    });
  },
};

export const atlasBackup: ResourceRule = {
  id: 'atlas-backup',
  title: 'An Atlas cluster in prod has continuous backup',
  why: 'Without point-in-time restore, a bad migration costs everything since the last snapshot.',
  mend: 'Set backupEnabled and pitEnabled to true.',
  severity: 'mandatory',
  controls: [],
  scope: 'resource',
  types: atlasCluster,
  where: inProd,
  check: (resource) =>
    ['backupEnabled', 'pitEnabled'].map((property) =>
      inspect(resource, [property], (enabled) => (flag(enabled) ? undefined : `${property} is ${show(enabled)}`)),
    ),
};

export const atlasElectableNodes: ResourceRule = {
  id: 'atlas-electable-nodes',
  title: 'An Atlas cluster in prod has three electable nodes or more, an odd number',
  why: 'Two nodes cannot elect a primary once one is lost, and an even number buys no more failures.',
  mend: 'Set electableSpecs.nodeCount so that the regions of a shard have 3, 5 or 7 in all.',
  severity: 'mandatory',
  controls: [],
  scope: 'resource',
  types: atlasCluster,
  where: inProd,
  check: (resource) =>
    inspectEach(resource, 'replicationSpecs', (spec, path) => {
      const regions = at(spec, 'regionConfigs');
      const counts = list(regions).map((region) => at(region, 'electableSpecs.nodeCount'));
      if (regions === UNKNOWN || counts.includes(UNKNOWN)) return unknown(`${path}.regionConfigs`);
      const nodes = counts.reduce<number>((sum, count) => sum + (numeric(count) ?? 0), 0);
      return nodes >= 3 && nodes % 2 === 1 ? pass : fail(`it has ${nodes} electable nodes`);
    }),
};

export const atlasAccessList: ResourceRule = {
  id: 'atlas-access-list',
  title: 'An Atlas project never lets the whole internet in',
  why: 'An open access list leaves the password as the only door.',
  mend: 'List the addresses of the NAT gateways, or use the private endpoint.',
  severity: 'mandatory',
  controls: [],
  scope: 'resource',
  types: ['mongodbatlas:index/projectIpAccessList:ProjectIpAccessList'],
  check: (resource) =>
    ['cidrBlock', 'ipAddress'].map((property) =>
      inspect(resource, [property], (address) =>
        typeof address === 'string' && /^(0\.0\.0\.0|::)(\/0)?$|\/0$/.test(address)
          ? `${property} is ${show(address)}`
          : undefined,
      ),
    ),
};

export const atlasTerminationProtection: ResourceRule = {
  id: 'atlas-termination-protection',
  title: 'An Atlas cluster in prod is protected against termination',
  why: "Atlas's own protection also holds in its console and for other tools.",
  mend: 'Set terminationProtectionEnabled to true.',
  severity: 'mandatory',
  controls: [],
  scope: 'resource',
  types: atlasCluster,
  where: inProd,
  check: (resource) =>
    isGivenUp(resource)
      ? []
      : [
          inspect(resource, ['terminationProtectionEnabled'], (enabled) =>
            flag(enabled) ? undefined : `terminationProtectionEnabled is ${show(enabled)}`,
          ),
        ],
};

export const atlasAutoscalingMax: ResourceRule = {
  id: 'atlas-autoscaling-max',
  title: 'Atlas compute autoscaling has a ceiling, not below the tier it starts from',
  why: 'Without a ceiling a bad query can be answered with the largest machine there is.',
  mend: 'Set autoScaling.computeMaxInstanceSize (database.maxTier).',
  severity: 'mandatory',
  controls: [],
  scope: 'resource',
  types: atlasCluster,
  check: (resource) =>
    eachRegion(resource, (region, path) => {
      const scales = at(region, 'autoScaling.computeEnabled');
      const max = at(region, 'autoScaling.computeMaxInstanceSize');
      if (scales === UNKNOWN || (flag(scales) && max === UNKNOWN)) return unknown(`${path}.autoScaling`);
      if (!flag(scales)) return pass;
      if (!present(max)) return fail('compute autoscaling is on and computeMaxInstanceSize is not set');
      const size = at(region, 'electableSpecs.instanceSize');
      if (tierNumber(size) <= tierNumber(max)) return pass;
      return fail(`computeMaxInstanceSize ${show(max)} is below the instance size ${show(size)}`);
    }),
};

/** Every region of every shard of an Atlas cluster. */
function eachRegion(resource: Resource, look: (region: Known, path: string) => Judgement): Judgement[] {
  return inspectEach(resource, 'replicationSpecs', (spec, path) => {
    const regions = at(spec, 'regionConfigs');
    if (regions === UNKNOWN) return unknown(`${path}.regionConfigs`);
    return list(regions).map((region, index) => {
      const here = `${path}.regionConfigs[${index}]`;
      return region === UNKNOWN ? unknown(here) : look(region, here);
    });
  });
}

/** `M30` and `R40` to 30 and 40; 0 for anything that is no tier. */
function tierNumber(size: Value): number {
  return typeof size === 'string' ? Number(/^[MR](\d+)/.exec(size)?.[1] ?? 0) : 0;
}

export const databaseRules = [
  databaseNotPublic,
  atlasTier,
  atlasBackup,
  atlasElectableNodes,
  atlasAccessList,
  atlasTerminationProtection,
  atlasAutoscalingMax,
];
