import { lowerAlphanumeric, uuid } from '../../model/ids';
import { problem } from '../../model/errors';
import { text } from '../../model/reading';
import type { ResourceType } from '../../model/resource-type';
import { aws, toRole } from '../parts';
import { toCluster } from './cluster';

export const accessEntry: ResourceType = {
  token: aws('eks', 'AccessEntry'),
  required: ['clusterName', 'principalArn'],
  references: [toCluster(false)],
  enumerations: { type: ['STANDARD', 'EC2_LINUX', 'EC2_WINDOWS', 'EC2', 'FARGATE_LINUX', 'HYBRID_LINUX'] },
  replaceOn: ['clusterName', 'principalArn', 'type'],
  sets: ['kubernetesGroups'],
  keeps: ['kubernetesGroups', 'userName'],
  computed: ['accessEntryArn', 'createdAt', 'modifiedAt', 'tagsAll'],
  defaults: { type: 'STANDARD' },
  check: (inputs) => {
    const reserved = /^system:/.test(text(inputs, 'userName') ?? '');
    return reserved ? [problem('userName', 'InvalidParameterException: The username may not begin with system:')] : [];
  },
  create: ({ inputs, cloud }) => {
    const [owner, principal] = [text(inputs, 'clusterName') ?? '', text(inputs, 'principalArn') ?? ''];
    const now = new Date().toISOString();
    return {
      id: `${owner}:${principal}`,
      state: {
        accessEntryArn: cloud.arn('eks', `access-entry/${owner}/${principal.split(':').pop()}/${uuid()}`),
        createdAt: now,
        modifiedAt: now,
      },
    };
  },
};

export const accessPolicyAssociation: ResourceType = {
  token: aws('eks', 'AccessPolicyAssociation'),
  required: ['accessScope', 'clusterName', 'policyArn', 'principalArn'],
  references: [toCluster(false)],
  enumerations: { 'accessScope.type': ['cluster', 'namespace'] },
  replaceOn: ['accessScope', 'clusterName', 'policyArn', 'principalArn'],
  computed: ['associatedAt', 'modifiedAt'],
  check: (inputs) => {
    const arn = text(inputs, 'policyArn') ?? 'arn:aws:eks::aws:cluster-access-policy/';
    const right = arn.startsWith('arn:aws:eks::aws:cluster-access-policy/');
    return right
      ? []
      : [problem('policyArn', 'InvalidParameterException: The policyArn parameter format is not valid')];
  },
  create: ({ inputs }) => {
    const parts = ['clusterName', 'principalArn', 'policyArn'].map((key) => text(inputs, key) ?? '');
    const now = new Date().toISOString();
    return { id: parts.join('#'), state: { associatedAt: now, modifiedAt: now } };
  },
};

export const podIdentityAssociation: ResourceType = {
  token: aws('eks', 'PodIdentityAssociation'),
  required: ['clusterName', 'namespace', 'roleArn', 'serviceAccount'],
  references: [toCluster(false), toRole('roleArn')],
  replaceOn: ['clusterName', 'namespace', 'serviceAccount'],
  keeps: ['disableSessionTags'],
  computed: ['associationArn', 'associationId', 'externalId', 'tagsAll'],
  create: ({ inputs, cloud }) => {
    const associationId = `a-${lowerAlphanumeric(17)}`;
    const owner = text(inputs, 'clusterName') ?? '';
    return {
      id: associationId,
      state: {
        associationArn: cloud.arn('eks', `podidentityassociation/${owner}/${associationId}`),
        associationId,
        externalId: '',
      },
    };
  },
};
