import { boundsOf, groupOf } from '../bounds';
import { poolOf, poolTypes } from '../pools';
import { inProd } from '../context';
import { expect, fail, inspect, inspectEach, type Judgement, pass, unknown } from '../judge';
import { workerOf } from '../roles';
import type { Resource, ResourceRule } from '../rule';
import { imagesOf, unpinned } from '../user-data';
import { at, flag, list, present, show, UNKNOWN } from '../values';

const template = 'aws:ec2/launchTemplate:LaunchTemplate';
const instance = 'aws:ec2/instance:Instance';
const types = [template, instance];
const googleTemplates = [
  'gcp:compute/instanceTemplate:InstanceTemplate',
  'gcp:compute/regionInstanceTemplate:RegionInstanceTemplate',
];

export const imdsv2: ResourceRule = {
  id: 'instance-imdsv2',
  title: 'Instances answer metadata requests with a session token only (IMDSv2)',
  why: "With IMDSv1 a forged request through the application reads the instance role's credentials.",
  mend: "Set metadataOptions.httpTokens to 'required'.",
  severity: 'mandatory',
  controls: ['AWS FSBP EC2.8', 'AWS FSBP EC2.170', 'AWS FSBP AutoScaling.3', 'Checkov CKV_AWS_79'],
  scope: 'resource',
  types,
  check: (resource) => [
    inspect(resource, ['metadataOptions.httpTokens', 'metadataOptions.httpEndpoint'], (tokens, endpoint) =>
      tokens === 'required' || endpoint === 'disabled' ? undefined : `metadataOptions.httpTokens is ${show(tokens)}`,
    ),
  ],
};

export const encryptedVolumes: ResourceRule = {
  id: 'instance-encrypted-volumes',
  title: 'The volumes of instances are encrypted',
  why: 'A volume outlives its instance in snapshots and in the data centre.',
  mend: 'Declare the root volume (blockDeviceMappings, rootBlockDevice) with encrypted true.',
  severity: 'mandatory',
  controls: ['AWS FSBP EC2.3', 'Checkov CKV_AWS_8'],
  scope: 'resource',
  types,
  check(resource) {
    if (resource.type === instance) {
      return [
        inspect(resource, ['rootBlockDevice.encrypted'], (encrypted) =>
          flag(encrypted) ? undefined : `rootBlockDevice.encrypted is ${show(encrypted)}`,
        ),
        ...inspectEach(resource, 'ebsBlockDevices', (device, path) => encryptedAt(device, 'encrypted', path)),
      ];
    }
    const mappings = at(resource.props, 'blockDeviceMappings');
    if (mappings !== UNKNOWN && !present(mappings)) return [fail('it declares no volume, so the image decides')];
    return inspectEach(resource, 'blockDeviceMappings', (mapping, path) =>
      present(at(mapping, 'ebs')) ? encryptedAt(mapping, 'ebs.encrypted', path) : pass,
    );
  },
};

export const noPublicAddress: ResourceRule = {
  id: 'instance-no-public-ip',
  title: 'Instances have no public address',
  why: 'Behind a load balancer nothing needs to reach an instance; each address is a way past the firewall.',
  mend: 'Set associatePublicIpAddress to false, and put the instances into private subnets.',
  severity: 'mandatory',
  controls: ['AWS FSBP EC2.9', 'AWS FSBP EC2.25', 'AWS FSBP AutoScaling.5', 'Checkov CKV_AWS_88'],
  scope: 'resource',
  types,
  check: (resource) => [
    inspect(resource, ['associatePublicIpAddress'], (open) =>
      flag(open) ? 'associatePublicIpAddress is true' : undefined,
    ),
    ...inspectEach(resource, 'networkInterfaces', (card, path) => {
      const open = at(card, 'associatePublicIpAddress');
      if (open === UNKNOWN) return unknown(`${path}.associatePublicIpAddress`);
      return flag(open) ? fail(`${path}.associatePublicIpAddress is true`) : pass;
    }),
  ],
};

export const noKeyPair: ResourceRule = {
  id: 'instance-no-key-pair',
  title: 'Instances have no SSH key',
  why: 'A shared key says nothing about who came in, and cannot be taken back from one person.',
  mend: 'Leave keyName out and open a session with Session Manager.',
  severity: 'mandatory',
  controls: [],
  scope: 'resource',
  types,
  // That a key is set is known even where its name is not.
  check: (resource) => [expect(!present(resource.props.keyName), 'keyName is set', 'keyName')],
};

export const instanceType: ResourceRule = {
  id: 'instance-type',
  title: "Instance types, and those of clusters' nodes, are those of the phase, or of a phase below",
  why: "A larger machine than the phase's costs more than the phase is worth; the next phase is the way to it.",
  mend: "Use the phase's own machine (overrides.services.<service>.machine), or move the system a phase up.",
  severity: 'mandatory',
  controls: [],
  scope: 'resource',
  types: [
    ...types,
    'aws:autoscaling/group:Group',
    ...googleTemplates,
    'digitalocean:index/dropletAutoscale:DropletAutoscale',
    ...poolTypes,
  ],
  check(resource, context) {
    const pool = poolOf(resource);
    const bounds = boundsOf(context, groupOf(resource, context));
    const allowed = pool || ofNodes(resource) ? bounds.nodeTypes : bounds.instanceTypes;
    // Spare capacity is there where several kinds of machine are asked for: of one size they are one another's like.
    const likes = workerOf(resource, context)?.spot ? (allowed ?? []).map(kindOf) : [];
    const judge = (type: unknown, path: string): Judgement => {
      if (type === undefined || type === null) return pass;
      if (typeof type !== 'string' || allowed === undefined) return unknown(path);
      if (allowed.includes(type) || likes.includes(kindOf(type))) return pass;
      return fail(`${path} is ${show(type)}; ${context.phase ?? 'the phase'} allows ${allowed.join(', ')}`);
    };
    return [
      judge(pool?.machine, 'its machine'),
      judge(resource.props.instanceType, 'instanceType'),
      judge(resource.props.machineType, 'machineType'),
      judge(at(resource.props, 'dropletTemplate.size'), 'dropletTemplate.size'),
      ...overridesOf(resource).map((type) => judge(type, 'mixedInstancesPolicy.overrides.instanceType')),
    ];
  },
};

/** `r5a.large` and `r6i.large` are both `r.large`; a type that has no generations is itself. */
function kindOf(type: string): string {
  return type.replace(/^([a-z]+)\d+[a-z]*(\.\w+)$/, '$1$2');
}

export const imagePinned: ResourceRule = {
  id: 'image-pinned',
  title: 'The container image in prod is pinned to a release',
  why: 'A tag that moves cannot be rolled back, and two instances of a group may run two versions.',
  mend: 'Set images.<service> to a release, e.g. registry.example.com/app:1.4.2, or to a digest (@sha256:...).',
  severity: 'mandatory',
  controls: [],
  scope: 'resource',
  types: [template, ...googleTemplates, 'digitalocean:index/dropletAutoscale:DropletAutoscale'],
  where: inProd,
  check(resource) {
    if (ofNodes(resource)) return [pass];
    const { userData, tag } = imagesOf(resource);
    if (userData === UNKNOWN) return tag === undefined ? [unknown('userData')] : [pinned(tag)];
    // Once both are known the tag must say what runs, or it is no evidence in the next preview.
    const honest = expect(tag === undefined || userData.includes(tag), `its Image tag says ${show(tag)}`, 'tags.Image');
    return [...userData.map(pinned), honest];
  },
};

/**
 * A launch template of EKS's nodes: it names no image and no user data, for the node group adds both. A scaling group
 * could not start anything from it.
 */
function ofNodes(resource: Resource): boolean {
  const { imageId, userData, userDataBase64 } = resource.props;
  return resource.type === template && !present(imageId) && !present(userData) && !present(userDataBase64);
}

function pinned(image: string): Judgement {
  const problem = unpinned(image);
  return problem === undefined ? pass : fail(`the image ${show(image)} ${problem}`);
}

function encryptedAt(device: Parameters<typeof at>[0], property: string, path: string): Judgement {
  const encrypted = at(device, property);
  if (encrypted === UNKNOWN) return unknown(`${path}.${property}`);
  return flag(encrypted) ? pass : fail(`${path}.${property} is ${show(encrypted)}`);
}

function overridesOf(resource: Resource): ReturnType<typeof list> {
  return list(at(resource.props, 'mixedInstancesPolicy.launchTemplate.overrides')).map((override) =>
    at(override, 'instanceType'),
  );
}

export const instanceRules = [imdsv2, encryptedVolumes, noPublicAddress, noKeyPair, instanceType, imagePinned];
