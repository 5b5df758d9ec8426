import { randomBytes } from 'node:crypto';
import type { Cloud } from '../../model/cloud';
import { CloudError, problem } from '../../model/errors';
import { upperAlphanumeric } from '../../model/ids';
import { flag, list, text, texts } from '../../model/reading';
import type { Reference, ResourceType } from '../../model/resource-type';
import type { Bag } from '../../model/values';
import { aws, named, toKey, toRole, toSecurityGroup, toSubnet } from '../parts';
import { known, refuseLeap } from './versions';

export const cluster: ResourceType = {
  token: aws('eks', 'Cluster'),
  naming: named(100, {
    pattern: /^[0-9A-Za-z][A-Za-z0-9_-]*$/,
    rule: 'InvalidParameterException: a cluster name begins with a letter or digit and holds letters, digits, - and _',
    taken: { code: 'ResourceInUseException', sentence: (name) => `Cluster already exists with name: ${name}` },
  }),
  required: ['roleArn', 'vpcConfig'],
  references: [
    toRole('roleArn'),
    // Its ends in the network sit in the subnets and wear the groups.
    toSubnet('vpcConfig.subnetIds.*'),
    toSecurityGroup('vpcConfig.securityGroupIds.*'),
    toKey('encryptionConfig.provider.keyArn'),
  ],
  enumerations: {
    version: known,
    'accessConfig.authenticationMode': ['API', 'API_AND_CONFIG_MAP', 'CONFIG_MAP'],
    'upgradePolicy.supportType': ['STANDARD', 'EXTENDED'],
    'enabledClusterLogTypes.*': ['api', 'audit', 'authenticator', 'controllerManager', 'scheduler'],
    'kubernetesNetworkConfig.ipFamily': ['ipv4', 'ipv6'],
  },
  replaceOn: [
    'accessConfig.bootstrapClusterCreatorAdminPermissions',
    'kubernetesNetworkConfig.ipFamily',
    'kubernetesNetworkConfig.serviceIpv4Cidr',
    'name',
    'outpostConfig.controlPlaneInstanceType',
    'outpostConfig.controlPlanePlacement.groupName',
    'roleArn',
  ],
  sets: ['enabledClusterLogTypes', 'vpcConfig.subnetIds', 'vpcConfig.securityGroupIds', 'vpcConfig.publicAccessCidrs'],
  keeps: ['version', 'accessConfig', 'kubernetesNetworkConfig', 'upgradePolicy', 'computeConfig', 'storageConfig'],
  computed: [
    'arn',
    'certificateAuthority',
    'clusterId',
    'createdAt',
    'endpoint',
    'identities',
    'platformVersion',
    'status',
    'tagsAll',
  ],
  defaults: { bootstrapSelfManagedAddons: true, deletionProtection: false, upgradePolicy: { supportType: 'EXTENDED' } },
  inUse: 'ResourceInUseException',
  check: (inputs) => {
    const problems = [];
    if (texts(inputs, 'vpcConfig.subnetIds').length === 1) {
      problems.push(
        problem(
          'vpcConfig.subnetIds',
          'InvalidParameterException: Subnets specified must be in at least two different AZs',
        ),
      );
    }
    const [isPublic, isPrivate] = ['endpointPublicAccess', 'endpointPrivateAccess'].map((key) =>
      flag(inputs, `vpcConfig.${key}`),
    );
    if (isPublic === false && isPrivate !== true) {
      problems.push(
        problem('vpcConfig', 'InvalidParameterException: Private and public endpoint access cannot be false'),
      );
    }
    if (isPublic === false && list(inputs, 'vpcConfig.publicAccessCidrs').length > 0) {
      const reason = 'InvalidParameterException: CIDRs for a public endpoint that is switched off';
      problems.push(problem('vpcConfig.publicAccessCidrs', reason));
    }
    return problems;
  },
  create: ({ inputs, cloud }) => {
    const name = text(inputs, 'name') ?? '';
    const id = upperAlphanumeric(32);
    return {
      id: name,
      state: {
        arn: cloud.arn('eks', `cluster/${name}`),
        certificateAuthority: { data: randomBytes(48).toString('base64') },
        createdAt: new Date().toISOString(),
        clusterId: '',
        endpoint: `https://${id}.gr7.${cloud.region}.eks.amazonaws.com`,
        identities: [{ oidcs: [{ issuer: `https://oidc.eks.${cloud.region}.amazonaws.com/id/${id}` }] }],
        platformVersion: 'eks.1',
        status: 'ACTIVE',
        ...(inputs.version === undefined ? { version: known[known.length - 1]! } : {}),
      },
    };
  },
  update: ({ record, inputs, changed, cloud }) => {
    const [before, after] = [record.inputs, inputs].map((given) => zonesOf(given, cloud));
    if (changed.includes('vpcConfig') && before !== after) {
      const sentence = `Provided subnets belong to the AZs ${after}. But they should belong to the exact set of AZs in which subnets were provided during cluster creation: ${before}`;
      throw new CloudError('InvalidParameterException', sentence);
    }
    const [from, to] = [text(record.inputs, 'version'), text(inputs, 'version')];
    if (changed.includes('version') && from && to) refuseLeap(from, to);
    if (changed.includes('encryptionConfig') && inputs.encryptionConfig === undefined) {
      throw new CloudError('InvalidParameterException', 'Encryption of secrets cannot be disabled once it is enabled');
    }
  },
  remove: (record) => {
    if (flag(record.inputs, 'deletionProtection') === true) {
      const sentence = `Cannot delete cluster ${record.id}: deletion protection is enabled`;
      throw new CloudError('InvalidRequestException', sentence);
    }
  },
};

/** The zones of the control plane's ends, in order. */
function zonesOf(inputs: Bag, cloud: Cloud): string {
  const zones = texts(inputs, 'vpcConfig.subnetIds').map((id) => {
    const subnet = cloud.find([aws('ec2', 'Subnet')], id);
    return text(subnet?.inputs, 'availabilityZone') ?? text(subnet?.state, 'availabilityZone');
  });
  return [...new Set(zones)].sort().join(', ');
}

/** A part of a cluster. Those that run on it keep it from being deleted; its papers go with it. */
export const toCluster = (holds: boolean): Reference => ({
  path: 'clusterName',
  to: [cluster.token],
  error: 'ResourceNotFoundException',
  holds,
});
