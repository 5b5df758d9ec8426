import type { Cloud } from '../../model/cloud';
import { CloudError, problem, type Problem } from '../../model/errors';
import { flag, matches, number, text } from '../../model/reading';
import type { Bag } from '../../model/values';
import { COMPUTE, google, type GoogleType } from '../google';
import { gcp, label, toNetwork, toServiceAccount, toSubnetwork } from '../parts';
import { numericId } from '../network/network';
import { imageExists } from './images';

/** One value of metadata, a startup script too, in bytes; and all of it together. */
const VALUE_BYTES = 256 * 1024;
const ALL_BYTES = 512 * 1024;

const machine = /^(?:e2|n1|n2|n2d|n4|t2d|t2a|c2|c2d|c3|c3d|c4|c4a|m1|m2|m3|f1|g1|custom|z3|h3|a2|a3|g2)-[a-z0-9-]+$/;

function checkTemplate(inputs: Bag, cloud: Cloud): Problem[] {
  const problems: Problem[] = [];
  const type = text(inputs, 'machineType');
  if (type !== undefined && !machine.test(type)) {
    problems.push(problem('machineType', `invalid: Invalid value for field 'machineType': '${type}'`));
  }
  const disks = matches(inputs, 'disks.*');
  if (Array.isArray(inputs.disks) && disks.filter(({ value }) => flag(value, 'boot') !== false).length === 0) {
    problems.push(problem('disks', 'invalid: a template has a boot disk'));
  }
  for (const { path, value } of disks) {
    const image = text(value, 'sourceImage');
    if (image !== undefined && !imageExists(image, cloud)) {
      problems.push(problem(path.join('.'), `notFound: Could not find image or family ${image}`));
    }
    const size = number(value, 'diskSizeGb');
    if (size !== undefined && (size < 10 || size > 65536)) {
      problems.push(problem(path.join('.'), `invalid: a boot disk has 10 to 65536 GB, got ${size}`));
    }
  }
  const values = matches(inputs, 'metadata').flatMap(({ value }) => Object.values(value as Bag));
  const sizes = [...values, inputs.metadataStartupScript ?? ''].map((value) => Buffer.byteLength(String(value)));
  if (Math.max(0, ...sizes) > VALUE_BYTES || sizes.reduce((sum, size) => sum + size, 0) > ALL_BYTES) {
    problems.push(problem('metadata', 'invalid: a value of metadata has at most 256 KB, and all of them 512 KB'));
  }
  problems.push(...schedulingFaults(inputs));
  for (const { path, value } of matches(inputs, 'networkInterfaces.*')) {
    if (
      ['network', 'subnetwork', 'networkAttachment'].every(
        (key) => text(value, key) === undefined && !isThere(value, key),
      )
    ) {
      const reason = 'exactly one of network, subnetwork or networkAttachment must be provided';
      problems.push(problem(path.join('.'), reason));
    }
  }
  return problems;
}

/** Spare capacity is preemptible and not started again; a graceful shutdown takes an hour at the most. */
function schedulingFaults(inputs: Bag): Problem[] {
  const problems: Problem[] = [];
  const refuse = (reason: string) => problems.push(problem('scheduling', `invalid: ${reason}`));
  if (text(inputs, 'scheduling.provisioningModel') === 'SPOT') {
    if (flag(inputs, 'scheduling.preemptible') !== true) refuse('SPOT needs preemptible to be true');
    if (flag(inputs, 'scheduling.automaticRestart') !== false) refuse('SPOT needs automaticRestart to be false');
    if (flag(inputs, 'scheduling.gracefulShutdown.enabled')) refuse('SPOT has no graceful shutdown');
  }
  const seconds = number(inputs, 'scheduling.gracefulShutdown.maxDuration.seconds');
  if (seconds !== undefined && (seconds < 1 || seconds > 3_600)) {
    refuse(`a graceful shutdown takes 1 to 3600 seconds, got ${seconds}`);
  }
  return problems;
}

/** Given, though not known yet. */
const isThere = (value: unknown, key: string): boolean => (value as Bag)[key] !== undefined;

const shared: Omit<GoogleType, 'token' | 'id'> = {
  links: COMPUTE,
  labels: true,
  naming: label(),
  required: ['disks', 'machineType'],
  references: [
    toNetwork('networkInterfaces.*.network', false),
    toSubnetwork('networkInterfaces.*.subnetwork', false),
    toServiceAccount('serviceAccount.email'),
  ],
  enumerations: {
    keyRevocationActionType: ['NONE', 'STOP'],
    'scheduling.onHostMaintenance': ['MIGRATE', 'TERMINATE'],
    'scheduling.provisioningModel': ['STANDARD', 'SPOT', 'RESERVATION_BOUND', 'FLEX_START'],
    'networkInterfaces.*.nicType': ['GVNIC', 'VIRTIO_NET', 'IDPF', 'MRDMA', 'IRDMA'],
  },
  // A template is never changed, but for its labels: every other change makes a new one.
  replaceOn: [
    'advancedMachineFeatures',
    'canIpForward',
    'confidentialInstanceConfig',
    'description',
    'disks',
    'enableDisplay',
    'guestAccelerators',
    'instanceDescription',
    'keyRevocationActionType',
    'machineType',
    'metadata',
    'metadataStartupScript',
    'minCpuPlatform',
    'name',
    'namePrefix',
    'networkInterfaces',
    'networkPerformanceConfig',
    'project',
    'region',
    'reservationAffinity',
    'resourceManagerTags',
    'resourcePolicies',
    'scheduling',
    'serviceAccount',
    'shieldedInstanceConfig',
    'tags',
    'workloadIdentityConfig',
  ],
  sets: ['tags', 'serviceAccount.scopes'],
  keeps: ['confidentialInstanceConfig', 'reservationAffinity', 'scheduling', 'networkInterfaces', 'region'],
  computed: ['creationTimestamp', 'metadataFingerprint', 'numericId', 'tagsFingerprint'],
  defaults: { canIpForward: false },
  check: checkTemplate,
};

const outputs = (): Bag => ({
  creationTimestamp: new Date().toISOString(),
  metadataFingerprint: numericId(),
  numericId: numericId(),
  tagsFingerprint: '42WmSpB8rSM=',
});

/** A template in no region, which can make instances in each. */
export const instanceTemplate = google({
  ...shared,
  token: gcp('compute', 'InstanceTemplate'),
  id: 'projects/{project}/global/instanceTemplates/{name}',
  computed: [...(shared.computed ?? []), 'selfLinkUnique'],
  make: ({ id, inputs, cloud }) => {
    refuseLoneNetwork(inputs, cloud);
    const state = outputs();
    const unique = `${COMPUTE}${id}?uniqueId=${text(state, 'numericId')}`;
    return { state: { ...state, selfLinkUnique: unique }, actual: { alsoKnownAs: [unique] } };
  },
});

export const regionInstanceTemplate = google({
  ...shared,
  token: gcp('compute', 'RegionInstanceTemplate'),
  id: 'projects/{project}/regions/{region}/instanceTemplates/{name}',
  make: ({ inputs, cloud }) => {
    refuseLoneNetwork(inputs, cloud);
    return { state: outputs() };
  },
});

/** A network whose subnetworks are made by hand says not in which one an instance goes. */
function refuseLoneNetwork(inputs: Bag, cloud: Cloud): void {
  for (const { value } of matches(inputs, 'networkInterfaces.*')) {
    const home = cloud.find([gcp('compute', 'Network')], text(value, 'network') ?? '');
    if (home && text(value, 'subnetwork') === undefined && flag(home.inputs, 'autoCreateSubnetworks') === false) {
      throw new CloudError(
        'invalid',
        `Network interface must specify a subnet if the network ${home.id} is in custom mode`,
      );
    }
  }
}
