import type { Cloud } from '../../model/cloud';
import { CloudError, problem, type Problem } from '../../model/errors';
import { uuid } from '../../model/ids';
import { number, text } from '../../model/reading';
import type { ResourceType } from '../../model/resource-type';
import type { Bag } from '../../model/values';
import { aws, named, toRole, toSubnet } from '../parts';
import { cluster, toCluster } from './cluster';
import { refuseNewer } from './versions';

const template = aws('ec2', 'LaunchTemplate');

export const nodeGroup: ResourceType = {
  token: aws('eks', 'NodeGroup'),
  naming: {
    ...named(63, {
      pattern: /^[0-9A-Za-z][A-Za-z0-9_-]*$/,
      rule: 'InvalidParameterException: a node group name begins with a letter or digit and holds letters, digits, - and _',
      taken: {
        code: 'ResourceInUseException',
        sentence: (name) => `NodeGroup already exists with name ${name}`,
        within: 'clusterName',
      },
    }),
    property: 'nodeGroupName',
  },
  required: ['clusterName', 'nodeRoleArn', 'scalingConfig', 'subnetIds'],
  references: [
    toCluster(true),
    toRole('nodeRoleArn'),
    toSubnet('subnetIds.*'),
    { path: 'launchTemplate.id', to: [template], error: 'InvalidRequestException' },
    { path: 'launchTemplate.name', to: [template], error: 'InvalidRequestException' },
  ],
  enumerations: {
    amiType: [
      'AL2023_x86_64_STANDARD',
      'AL2023_ARM_64_STANDARD',
      'BOTTLEROCKET_x86_64',
      'BOTTLEROCKET_ARM_64',
      'CUSTOM',
    ],
    capacityType: ['ON_DEMAND', 'SPOT', 'CAPACITY_BLOCK'],
  },
  replaceOn: [
    'amiType',
    'capacityType',
    'clusterName',
    'diskSize',
    'instanceTypes',
    'launchTemplate.id',
    'launchTemplate.name',
    'nodeGroupName',
    'nodeGroupNamePrefix',
    'nodeRoleArn',
    'remoteAccess',
    'subnetIds',
  ],
  sets: ['subnetIds', 'taints'],
  keeps: ['amiType', 'capacityType', 'diskSize', 'instanceTypes', 'releaseVersion', 'version', 'updateConfig'],
  computed: ['arn', 'resources', 'status', 'tagsAll'],
  defaults: { capacityType: 'ON_DEMAND' },
  check: (inputs) => [...sizes(inputs), ...oneSource(inputs)],
  create: ({ inputs, cloud }) => {
    versionFits(inputs, cloud);
    templateExists(inputs, cloud);
    const [owner, name] = [text(inputs, 'clusterName') ?? '', text(inputs, 'nodeGroupName') ?? ''];
    const group = `eks-${name}-${uuid()}`;
    return {
      id: `${owner}:${name}`,
      state: {
        arn: cloud.arn('eks', `nodegroup/${owner}/${name}/${uuid()}`),
        resources: [{ autoscalingGroups: [{ name: group }], remoteAccessSecurityGroupId: '' }],
        status: 'ACTIVE',
      },
    };
  },
  update: ({ inputs, changed, cloud }) => {
    if (changed.includes('version') || changed.includes('releaseVersion')) versionFits(inputs, cloud);
    if (changed.includes('launchTemplate')) templateExists(inputs, cloud);
  },
};

/** EKS asks for the three together at each update too, so a least size above what runs is refused. */
function sizes(inputs: Bag): Problem[] {
  const [min, max, desired] = ['minSize', 'maxSize', 'desiredSize'].map((key) =>
    number(inputs, `scalingConfig.${key}`),
  );
  const refuse = (key: string, what: string) => problem(`scalingConfig.${key}`, `InvalidParameterException: ${what}`);
  const problems: Problem[] = [];
  if (max !== undefined && max < 1) problems.push(refuse('maxSize', 'maxSize must be at least 1'));
  if (min !== undefined && desired !== undefined && min > desired) {
    problems.push(refuse('minSize', `Minimum capacity ${min} can't be greater than desired size ${desired}`));
  }
  if (max !== undefined && desired !== undefined && desired > max) {
    problems.push(refuse('desiredSize', `desired capacity ${desired} can't be greater than max size ${max}`));
  }
  return problems;
}

/** What the launch template says, the group may not say too. */
function oneSource(inputs: Bag): Problem[] {
  if (inputs.launchTemplate === undefined || inputs.diskSize === undefined) return [];
  return [problem('diskSize', 'InvalidParameterException: Disk size must be specified within the launch template')];
}

function versionFits(inputs: Bag, cloud: Cloud): void {
  const owner = cloud.find([cluster.token], text(inputs, 'clusterName') ?? '');
  const [nodes, controlPlane] = [text(inputs, 'version'), text(owner?.inputs, 'version')];
  if (nodes && controlPlane) refuseNewer(nodes, controlPlane);
  const release = text(inputs, 'releaseVersion');
  if (nodes === undefined || release === undefined || release.startsWith(`${nodes}.`)) return;
  throw new CloudError('InvalidParameterException', `Requested release version ${release} is not valid for ${nodes}`);
}

function templateExists(inputs: Bag, cloud: Cloud): void {
  const found = cloud.find([template], text(inputs, 'launchTemplate.id') ?? text(inputs, 'launchTemplate.name') ?? '');
  const version = text(inputs, 'launchTemplate.version');
  if (!found || version === undefined || version.startsWith('$')) return;
  const latest = number(found.state, 'latestVersion') ?? 1;
  if (/^\d+$/.test(version) && Number(version) >= 1 && Number(version) <= latest) return;
  throw new CloudError('InvalidRequestException', `Launch template version ${version} does not exist`);
}
