import { CloudError, problem } from '../model/errors';
import { uuid } from '../model/ids';
import { flag, text } from '../model/reading';
import type { ResourceType } from '../model/resource-type';
import { aws, json, named, toKey } from './parts';

export const topic: ResourceType = {
  token: aws('sns', 'Topic'),
  naming: named(256, {
    pattern: /^[\w-]+(\.fifo)?$/,
    rule: 'InvalidParameter: a topic name holds letters, digits, - and _',
  }),
  references: [toKey('kmsMasterKeyId')],
  replaceOn: ['fifoTopic', 'name', 'namePrefix'],
  keeps: ['policy', 'signatureVersion', 'tracingConfig'],
  computed: ['arn', 'beginningArchiveTime', 'owner', 'tagsAll'],
  defaults: { fifoTopic: false, contentBasedDeduplication: false },
  create: ({ inputs, cloud }) => {
    const name = text(inputs, 'name') ?? '';
    if (flag(inputs, 'fifoTopic') !== name.endsWith('.fifo') && flag(inputs, 'fifoTopic')) {
      throw new CloudError('InvalidParameter', 'a FIFO topic name ends with .fifo');
    }
    const arn = cloud.arn('sns', name);
    return { id: arn, state: { arn, beginningArchiveTime: '', owner: cloud.account } };
  },
};

export const topicPolicy: ResourceType = {
  token: aws('sns', 'TopicPolicy'),
  required: ['arn', 'policy'],
  references: [{ path: 'arn', to: [topic.token], error: 'NotFound' }],
  replaceOn: ['arn'],
  computed: ['owner'],
  check: (inputs) => json(inputs, 'policy', 'InvalidParameter'),
  create: ({ inputs, cloud }) => ({ id: text(inputs, 'arn') ?? '', state: { owner: cloud.account } }),
};

export const topicSubscription: ResourceType = {
  token: aws('sns', 'TopicSubscription'),
  required: ['endpoint', 'protocol', 'topic'],
  references: [{ path: 'topic', to: [topic.token], error: 'NotFound' }],
  enumerations: {
    protocol: ['application', 'email', 'email-json', 'firehose', 'http', 'https', 'lambda', 'sms', 'sqs'],
  },
  replaceOn: ['endpoint', 'protocol', 'topic'],
  computed: ['arn', 'confirmationWasAuthenticated', 'ownerId', 'pendingConfirmation'],
  defaults: { confirmationTimeoutInMinutes: 1, endpointAutoConfirms: false, rawMessageDelivery: false },
  check: (inputs) => {
    const endpoint = text(inputs, 'endpoint');
    const mail = (text(inputs, 'protocol') ?? '').startsWith('email');
    if (!mail || endpoint === undefined || /^[^@\s]+@[^@\s]+$/.test(endpoint)) return [];
    return [problem('endpoint', `InvalidParameter: Invalid parameter: Email address: ${endpoint}`)];
  },
  create: ({ inputs, cloud }) => {
    const arn = `${text(inputs, 'topic')}:${uuid()}`;
    // Somebody has to click the link in the mail.
    const pending = /^(email|http)/.test(text(inputs, 'protocol') ?? '');
    const state = { arn, confirmationWasAuthenticated: !pending, ownerId: cloud.account, pendingConfirmation: pending };
    return { id: arn, state };
  },
};

export const sns = [topic, topicPolicy, topicSubscription];
