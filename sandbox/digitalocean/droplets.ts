import { problem, type Problem } from '../model/errors';
import { hex, uuid } from '../model/ids';
import { at, list, number, text } from '../model/reading';
import type { ResourceType } from '../model/resource-type';
import { isUnknown, type Bag } from '../model/values';
import {
  between,
  matching,
  named,
  now,
  numericId,
  ocean,
  publicAddress,
  regions,
  toBalancer,
  toProject,
  toTag,
  toVpc,
  urn,
} from './parts';

const tagPattern = /^[A-Za-z0-9:_-]{1,255}$/;
const USER_DATA_LIMIT = 64 * 1024;

export const tag: ResourceType = {
  token: ocean('Tag'),
  naming: {
    property: 'name',
    max: 255,
    pattern: tagPattern,
    rule: '422 unprocessable_entity: a tag holds letters, digits, colons, dashes and underscores',
  },
  replaceOn: ['name'],
  computed: [
    'databasesCount',
    'dropletsCount',
    'imagesCount',
    'totalResourceCount',
    'volumeSnapshotsCount',
    'volumesCount',
  ],
  create: ({ inputs }) => ({
    id: text(inputs, 'name') ?? '',
    state: {
      databasesCount: 0,
      dropletsCount: 0,
      imagesCount: 0,
      totalResourceCount: 0,
      volumeSnapshotsCount: 0,
      volumesCount: 0,
    },
  }),
};

export const sshKey: ResourceType = {
  token: ocean('SshKey'),
  naming: named({ pattern: undefined }),
  required: ['publicKey'],
  replaceOn: ['publicKey'],
  computed: ['fingerprint'],
  check: (inputs) =>
    matching(
      inputs,
      'publicKey',
      /^(ssh|ecdsa)-/,
      '422 unprocessable_entity: Key invalid, key should be of the format type, key, comment',
    ),
  create: () => ({ id: numericId(), state: { fingerprint: hex(32).replace(/..(?!$)/g, '$&:') } }),
};

function userDataFits(inputs: Bag, path: string): Problem[] {
  const size = Buffer.byteLength(text(inputs, path) ?? '');
  return size <= USER_DATA_LIMIT ? [] : [problem(path, '422 unprocessable_entity: User data is too long')];
}

function tagsFit(inputs: Bag, path: string): Problem[] {
  return list(inputs, path)
    .filter((one): one is string => typeof one === 'string' && !isUnknown(one) && !tagPattern.test(one))
    .map((one) => problem(path, `422 unprocessable_entity: ${one} is no tag`));
}

const hostName = { max: 63, pattern: /^[A-Za-z0-9][A-Za-z0-9.-]*$/ };

export const droplet: ResourceType = {
  token: ocean('Droplet'),
  naming: named(hostName),
  required: ['image', 'size'],
  enumerations: { region: regions },
  references: [toVpc('vpcUuid')],
  replaceOn: [
    ...['dropletAgent', 'image', 'monitoring', 'publicNetworking', 'region', 'sshKeys', 'userData', 'vpcUuid'],
  ],
  sets: ['sshKeys', 'tags', 'volumeIds'],
  keeps: ['backups', 'ipv6', 'monitoring', 'region', 'resizeDisk', 'vpcUuid'],
  computed: [
    ...['createdAt', 'disk', 'dropletUrn', 'ipv4Address', 'ipv4AddressPrivate', 'locked', 'memory'],
    ...['priceHourly', 'priceMonthly', 'status', 'vcpus'],
  ],
  defaults: { backups: false, ipv6: false, resizeDisk: true },
  check: (inputs) => [...userDataFits(inputs, 'userData'), ...tagsFit(inputs, 'tags')],
  create: ({ inputs }) => {
    const id = numericId();
    const [, vcpus = '1', memory = '1'] = /(\d+)vcpu-(\d+)gb/.exec(text(inputs, 'size') ?? '') ?? [];
    return {
      id,
      state: {
        createdAt: now(),
        disk: Number(memory) * 20,
        dropletUrn: urn('droplet', id),
        ipv4Address: at(inputs, 'publicNetworking') === false ? '' : publicAddress(),
        ipv4AddressPrivate: '10.0.0.10',
        locked: false,
        memory: Number(memory) * 1024,
        priceHourly: 0,
        priceMonthly: 0,
        status: 'active',
        vcpus: Number(vcpus),
      },
    };
  },
};

export const dropletAutoscale: ResourceType = {
  token: ocean('DropletAutoscale'),
  naming: named(hostName),
  required: ['config', 'dropletTemplate'],
  enumerations: { 'dropletTemplate.region': regions },
  references: [toVpc('dropletTemplate.vpcUuid'), toProject('dropletTemplate.projectId')],
  replaceOn: [],
  sets: ['dropletTemplate.sshKeys', 'dropletTemplate.tags'],
  computed: ['createdAt', 'currentUtilizations', 'status', 'updatedAt'],
  check: (inputs) => {
    const [least, most] = ['config.minInstances', 'config.maxInstances'].map((path) => number(inputs, path));
    const fixed = number(inputs, 'config.targetNumberInstances') !== undefined;
    const problems = [
      ...between(inputs, 'config.targetCpuUtilization', 0.05, 1),
      ...between(inputs, 'config.targetMemoryUtilization', 0.05, 1),
      ...between(inputs, 'config.minInstances', 1, 500),
      ...between(inputs, 'config.maxInstances', 1, 1000),
      ...between(inputs, 'config.cooldownMinutes', 5, 20),
      ...userDataFits(inputs, 'dropletTemplate.userData'),
      ...tagsFit(inputs, 'dropletTemplate.tags'),
    ];
    if (least !== undefined && most !== undefined && most < least) {
      problems.push(problem('config.maxInstances', '422 unprocessable_entity: max_instances is below min_instances'));
    }
    if (fixed === (least !== undefined)) {
      problems.push(problem('config', '422 unprocessable_entity: a pool has a range or a fixed number of instances'));
    }
    if (at(inputs, 'dropletTemplate.sshKeys') !== undefined && list(inputs, 'dropletTemplate.sshKeys').length === 0) {
      problems.push(problem('dropletTemplate.sshKeys', '422 unprocessable_entity: ssh_keys are mandatory'));
    }
    return problems;
  },
  create: () => ({
    id: uuid(),
    state: { createdAt: now(), currentUtilizations: [], status: 'active', updatedAt: now() },
  }),
  changing: () => ['updatedAt'],
  update: () => ({ state: { updatedAt: now() } }),
};

const protocols = ['tcp', 'udp', 'icmp'] as const;

export const firewall: ResourceType = {
  token: ocean('Firewall'),
  naming: named({ taken: { code: '409 conflict', sentence: (name) => `duplicate name ${name}` } }),
  enumerations: { 'inboundRules.*.protocol': protocols, 'outboundRules.*.protocol': protocols },
  references: [
    toTag('tags.*'),
    toTag('inboundRules.*.sourceTags.*'),
    toBalancer('inboundRules.*.sourceLoadBalancerUids.*'),
  ],
  replaceOn: [],
  sets: ['dropletIds', 'inboundRules', 'outboundRules', 'tags'],
  computed: ['createdAt', 'pendingChanges', 'status'],
  check: (inputs) => {
    const rules = [...list(inputs, 'inboundRules'), ...list(inputs, 'outboundRules')];
    const problems = rules
      .filter((rule) => text(rule, 'protocol') !== 'icmp' && at(rule, 'portRange') === undefined)
      .map(() => problem('inboundRules', '`port_range` of a rule is required if protocol is `tcp` or `udp`'));
    return rules.length > 0 ? problems : [problem('inboundRules', 'At least one rule must be specified')];
  },
  create: () => ({ id: uuid(), state: { createdAt: now(), pendingChanges: [], status: 'succeeded' } }),
};

export const droplets = [tag, sshKey, droplet, dropletAutoscale, firewall];
