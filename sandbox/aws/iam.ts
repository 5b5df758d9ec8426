import { upperAlphanumeric } from '../model/ids';
import { flag, text } from '../model/reading';
import { CloudError } from '../model/errors';
import type { Naming, ResourceType } from '../model/resource-type';
import { aws, json, named, toRole } from './parts';

const iamName = (max: number, kind: string): Naming =>
  named(max, {
    pattern: /^[\w+=,.@-]+$/,
    rule: 'ValidationError: a name holds letters, digits and +=,.@_-',
    taken: {
      code: 'EntityAlreadyExists',
      sentence: (name) => `${kind} with name ${name} already exists.`,
      scope: 'everywhere',
    },
  });
const path = (inputs: Parameters<typeof text>[0]): string => text(inputs, 'path') ?? '/';

export const role: ResourceType = {
  token: aws('iam', 'Role'),
  global: true,
  naming: iamName(64, 'Role'),
  required: ['assumeRolePolicy'],
  replaceOn: ['name', 'namePrefix', 'path'],
  sets: ['managedPolicyArns', 'inlinePolicies'],
  keeps: ['managedPolicyArns', 'inlinePolicies'],
  computed: ['arn', 'createDate', 'tagsAll', 'uniqueId'],
  defaults: { forceDetachPolicies: false, maxSessionDuration: 3600, path: '/' },
  inUse: 'DeleteConflict',
  check: (inputs) => json(inputs, 'assumeRolePolicy', 'MalformedPolicyDocument'),
  create: ({ inputs, cloud }) => {
    const name = text(inputs, 'name') ?? '';
    return {
      id: name,
      state: {
        arn: cloud.arn('iam', `role${path(inputs)}${name}`),
        createDate: new Date().toISOString(),
        uniqueId: `AROA${upperAlphanumeric(17)}`,
      },
    };
  },
  remove: (record) => {
    if (flag(record.actual, 'foreignPolicies') && !flag(record.inputs, 'forceDetachPolicies')) {
      throw new CloudError('DeleteConflict', 'Cannot delete entity, must detach all policies first.');
    }
  },
};

export const rolePolicy: ResourceType = {
  token: aws('iam', 'RolePolicy'),
  global: true,
  naming: named(128, { pattern: /^[\w+=,.@-]+$/, rule: 'ValidationError: a name holds letters, digits and +=,.@_-' }),
  required: ['policy', 'role'],
  references: [toRole('role', true)],
  replaceOn: ['name', 'namePrefix', 'role'],
  computed: [],
  check: (inputs) => json(inputs, 'policy', 'MalformedPolicyDocument'),
  create: ({ inputs }) => ({ id: `${text(inputs, 'role')}:${text(inputs, 'name')}`, state: {} }),
};

export const rolePolicyAttachment: ResourceType = {
  token: aws('iam', 'RolePolicyAttachment'),
  global: true,
  required: ['policyArn', 'role'],
  references: [
    toRole('role', true),
    {
      path: 'policyArn',
      to: [aws('iam', 'Policy')],
      error: 'NoSuchEntity',
      holds: true,
      except: /^arn:aws:iam::aws:policy\//,
    },
  ],
  replaceOn: ['policyArn', 'role'],
  computed: [],
  create: ({ inputs }) => ({ id: `${text(inputs, 'role')}/${text(inputs, 'policyArn')}`, state: {} }),
};

export const instanceProfile: ResourceType = {
  token: aws('iam', 'InstanceProfile'),
  global: true,
  naming: iamName(128, 'Instance Profile'),
  // The provider takes a role out of its profiles before it deletes it, so a profile holds none.
  references: [toRole('role')],
  replaceOn: ['name', 'namePrefix', 'path'],
  computed: ['arn', 'createDate', 'tagsAll', 'uniqueId'],
  defaults: { path: '/' },
  create: ({ inputs, cloud }) => {
    const name = text(inputs, 'name') ?? '';
    return {
      id: name,
      state: {
        arn: cloud.arn('iam', `instance-profile${path(inputs)}${name}`),
        createDate: new Date().toISOString(),
        uniqueId: `AIPA${upperAlphanumeric(17)}`,
      },
    };
  },
};

export const managedPolicy: ResourceType = {
  token: aws('iam', 'Policy'),
  global: true,
  naming: iamName(128, 'Policy'),
  required: ['policy'],
  replaceOn: ['description', 'name', 'namePrefix', 'path'],
  computed: ['arn', 'attachmentCount', 'policyId', 'tagsAll'],
  defaults: { path: '/' },
  inUse: 'DeleteConflict',
  check: (inputs) => json(inputs, 'policy', 'MalformedPolicyDocument'),
  create: ({ inputs, cloud }) => {
    const arn = cloud.arn('iam', `policy${path(inputs)}${text(inputs, 'name')}`);
    return { id: arn, state: { arn, attachmentCount: 0, policyId: `ANPA${upperAlphanumeric(17)}` } };
  },
};

export const iam = [role, rolePolicy, rolePolicyAttachment, instanceProfile, managedPolicy];
