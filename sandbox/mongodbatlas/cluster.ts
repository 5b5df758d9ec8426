import { CloudError } from '../model/errors';
import { hex, lowerAlphanumeric } from '../model/ids';
import { flag, number, text } from '../model/reading';
import type { ResourceType, Updating } from '../model/resource-type';
import type { Bag } from '../model/values';
import { checkCluster } from './cluster-checks';
import { connectionStrings, hostOf } from './connection-strings';
import { atlas, toProject } from './parts';
import {
  diskOf,
  diskOfTier,
  isTenant,
  keepsSpecs,
  regionsOf,
  scalesCompute,
  scalesDisk,
  tierNumber,
  tierOf,
  withSizes,
} from './specs';

export const advancedCluster: ResourceType = {
  token: atlas('AdvancedCluster'),
  naming: {
    property: 'name',
    max: 64,
    pattern: /^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?$/,
    rule: 'INVALID_ATTRIBUTE: a cluster name holds letters, digits and hyphens, and neither starts nor ends with a hyphen',
    taken: {
      code: 'DUPLICATE_CLUSTER_NAME',
      sentence: (name) => `A cluster named ${name} is already present in the project.`,
      within: 'projectId',
    },
  },
  required: ['clusterType', 'projectId', 'replicationSpecs'],
  references: [toProject(true)],
  enumerations: {
    clusterType: ['REPLICASET', 'SHARDED', 'GEOSHARDED'],
    encryptionAtRestProvider: ['NONE', 'AWS', 'AZURE', 'GCP'],
    versionReleaseSystem: ['LTS', 'CONTINUOUS'],
    'replicationSpecs.*.regionConfigs.*.providerName': ['AWS', 'AZURE', 'GCP', 'TENANT', 'FLEX'],
    'replicationSpecs.*.regionConfigs.*.backingProviderName': ['AWS', 'AZURE', 'GCP'],
    'replicationSpecs.*.regionConfigs.*.electableSpecs.ebsVolumeType': ['STANDARD', 'PROVISIONED', 'HIGH_PERFORMANCE'],
  },
  replaceOn: ['name', 'projectId'],
  keeps: ['mongoDbMajorVersion', 'advancedConfiguration', 'biConnectorConfig', 'rootCertType', 'versionReleaseSystem'],
  computed: ['clusterId', 'configServerType', 'connectionStrings', 'createDate', 'mongoDbVersion', 'stateName'],
  defaults: {
    backupEnabled: false,
    encryptionAtRestProvider: 'NONE',
    paused: false,
    pitEnabled: false,
    rootCertType: 'ISRGROOTX1',
    terminationProtectionEnabled: false,
    versionReleaseSystem: 'LTS',
  },
  check: checkCluster,
  create: ({ inputs, cloud }) => {
    const [name, projectId] = [text(inputs, 'name') ?? '', text(inputs, 'projectId') ?? ''];
    const siblings = cloud.all(advancedCluster.token).filter((other) => text(other.inputs, 'projectId') === projectId);
    if (siblings.some((other) => hostOf(text(other.inputs, 'name') ?? '') === hostOf(name))) {
      const sentence = `The first 23 characters of ${name} are those of another cluster's name: both would have one host name.`;
      throw new CloudError('DUPLICATE_CLUSTER_NAME', sentence);
    }
    const tenants = siblings.filter((other) => isTenant(other.inputs));
    if (isTenant(inputs) && tenants.length > 0) {
      throw new CloudError('CANNOT_CREATE_FREE_CLUSTER_VIA_PUBLIC_API', 'a project has one free (M0) cluster at most');
    }
    const project = cloud.find([atlas('Project')], projectId);
    const major = text(inputs, 'mongoDbMajorVersion') ?? '8.0';
    return {
      id: hex(24),
      state: {
        clusterId: hex(24),
        configServerType: text(inputs, 'clusterType') === 'REPLICASET' ? '' : 'EMBEDDED',
        createDate: new Date().toISOString(),
        mongoDbVersion: `${major}.4`,
        stateName: 'IDLE',
      },
      actual: {
        instanceSize: tierOf(inputs) ?? 'M10',
        diskSizeGb: diskOf(inputs) ?? diskOfTier(tierOf(inputs) ?? 'M10'),
        replicaSet: lowerAlphanumeric(6),
        zone: text(project?.actual, 'zone') ?? lowerAlphanumeric(5),
      },
    };
  },
  update: updateCluster,
  changing: (changed) => (changed.includes('replicationSpecs') ? ['connectionStrings'] : []),
  view: (record, cloud) => ({
    connectionStrings: connectionStrings(record, cloud),
    ...(keepsSpecs(record.inputs) || isTenant(record.inputs)
      ? {}
      : { replicationSpecs: withSizes(record.inputs, sizes(record.actual)) }),
  }),
  remove: (record) => {
    if (flag(record.inputs, 'terminationProtectionEnabled')) {
      const sentence =
        'The current cluster has termination protection enabled. Terminating protected clusters is not allowed';
      throw new CloudError('CANNOT_TERMINATE_CLUSTER_WHEN_TERMINATION_PROTECTION_ENABLED', sentence);
    }
  },
};

const sizes = (actual: Bag): { instanceSize?: string; diskSizeGb?: number } => ({
  instanceSize: text(actual, 'instanceSize'),
  diskSizeGb: number(actual, 'diskSizeGb'),
});

function updateCluster({ record, inputs, changed }: Updating): { inputs?: Bag; state?: Bag; actual?: Bag } {
  const before = record.inputs;
  if (isTenant(before) && !isTenant(inputs)) return upgradeTenant(before, inputs);
  if (isTenant(before) && changed.length > 0) {
    const sentence = 'Cannot update a M0/M2/M5 cluster through the public API.';
    throw new CloudError('TENANT_CLUSTER_UPDATE_UNSUPPORTED', sentence);
  }
  if (isTenant(inputs)) {
    throw new CloudError('CANNOT_DOWNGRADE_TO_TENANT', 'a dedicated cluster cannot become a shared one');
  }
  if (text(before, 'clusterType') !== 'REPLICASET' && text(inputs, 'clusterType') === 'REPLICASET') {
    throw new CloudError('INVALID_CLUSTER_TYPE', 'a sharded cluster cannot become a replica set');
  }
  const [older, newer] = [before, inputs].map((bag) => Number(text(bag, 'mongoDbMajorVersion') ?? NaN));
  if ((newer ?? NaN) < (older ?? NaN)) {
    throw new CloudError('CANNOT_DOWNGRADE_MONGODB_VERSION', `MongoDB ${older} cannot be downgraded to ${newer}`);
  }
  const state: Bag = changed.includes('mongoDbMajorVersion') ? { mongoDbVersion: `${newer?.toFixed(1)}.4` } : {};
  const actual: Bag = {};
  // With effective fields Atlas owns what it scales: what the program writes there is kept, and has no effect.
  const atlasOwnsTier = keepsSpecs(inputs) && scalesCompute(before) && scalesCompute(inputs);
  const atlasOwnsDisk = keepsSpecs(inputs) && scalesDisk(before) && scalesDisk(inputs);
  const tier = tierOf(inputs);
  if (!atlasOwnsTier && tier !== undefined && tier !== tierOf(before)) actual.instanceSize = tier;
  const disk = diskOf(inputs);
  if (!atlasOwnsDisk && disk !== undefined && disk !== diskOf(before)) actual.diskSizeGb = disk;
  staysInRange(inputs, text(actual, 'instanceSize') ?? text(record.actual, 'instanceSize') ?? 'M10');
  return { state, actual };
}

/** Atlas checks a new range of the autoscaler against the tier that the cluster has at the moment. */
function staysInRange(inputs: Bag, actualTier: string): void {
  for (const region of regionsOf(inputs)) {
    if (!flag(region, 'autoScaling.computeEnabled')) continue;
    const least = text(region, 'autoScaling.computeMinInstanceSize');
    const most = text(region, 'autoScaling.computeMaxInstanceSize');
    const low = least !== undefined && tierNumber(actualTier) < tierNumber(least);
    const high = most !== undefined && tierNumber(actualTier) > tierNumber(most);
    if (low || high) {
      const sentence = `the cluster's instance size ${actualTier} lies outside of the autoscaling range ${least} to ${most}`;
      throw new CloudError('COMPUTE_AUTO_SCALING_INSTANCE_SIZE_OUT_OF_RANGE', sentence);
    }
  }
}

/**
 * The upgrade request of a tenant carries the tier, its place and whether there are backups; the provider sends the advanced
 * configuration after it. All else lies until the next update (UpgradeTenant of the Terraform provider, resource_upgrade.go).
 */
function upgradeTenant(before: Bag, inputs: Bag): { inputs: Bag; actual: Bag } {
  const tier = tierOf(inputs) ?? 'M10';
  const { providerName = null, regionName = null, priority = null } = regionsOf(inputs)[0] ?? {};
  const region = { providerName, regionName, priority, electableSpecs: { instanceSize: tier, nodeCount: 3 } };
  const sent = ['backupEnabled', 'advancedConfiguration'].filter((key) => inputs[key] !== undefined);
  return {
    inputs: {
      ...before,
      ...Object.fromEntries(sent.map((key) => [key, inputs[key] ?? null])),
      replicationSpecs: [{ regionConfigs: [region] }],
    },
    actual: { instanceSize: tier, diskSizeGb: diskOfTier(tier) },
  };
}
