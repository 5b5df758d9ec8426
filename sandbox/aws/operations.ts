import { createHash } from 'node:crypto';
import { problem } from '../model/errors';
import { list, matches, number, text } from '../model/reading';
import type { ResourceType } from '../model/resource-type';
import type { Bag } from '../model/values';
import { aws, named } from './parts';

export const budget: ResourceType = {
  token: aws('budgets', 'Budget'),
  global: true,
  naming: named(100, {
    pattern: /^[^:\\]+$/,
    rule: 'InvalidParameterException: a budget name has no colon and no backslash',
    taken: {
      code: 'DuplicateRecordException',
      sentence: (name) => `Error creating budget: ${name} - the budget already exists.`,
    },
  }),
  required: ['budgetType', 'timeUnit'],
  references: [
    {
      path: 'notifications.*.subscriberSnsTopicArns.*',
      to: [aws('sns', 'Topic')],
      error: 'InvalidParameterException',
      anyRegion: true,
    },
  ],
  enumerations: {
    budgetType: [
      'USAGE',
      'COST',
      'RI_UTILIZATION',
      'RI_COVERAGE',
      'SAVINGS_PLANS_UTILIZATION',
      'SAVINGS_PLANS_COVERAGE',
    ],
    timeUnit: ['DAILY', 'MONTHLY', 'QUARTERLY', 'ANNUALLY', 'CUSTOM'],
    'notifications.*.comparisonOperator': ['GREATER_THAN', 'LESS_THAN', 'EQUAL_TO'],
    'notifications.*.notificationType': ['ACTUAL', 'FORECASTED'],
    'notifications.*.thresholdType': ['PERCENTAGE', 'ABSOLUTE_VALUE'],
  },
  replaceOn: ['accountId', 'name', 'namePrefix'],
  sets: ['notifications', 'costFilters'],
  keeps: ['accountId', 'limitAmount', 'limitUnit', 'costTypes', 'timePeriodStart'],
  computed: ['arn', 'accountId', 'tagsAll', 'timePeriodStart'],
  check: (inputs) => {
    const problems = [];
    if (list(inputs, 'notifications').length > 10) {
      problems.push(problem('notifications', 'CreationLimitExceededException: a budget has at most 10 notifications'));
    }
    for (const { path, value } of matches(inputs, 'notifications.*')) {
      if (list(value, 'subscriberEmailAddresses').length > 10) {
        problems.push(
          problem(path.join('.'), 'CreationLimitExceededException: a notification has at most 10 e-mail subscribers'),
        );
      }
      const nobody = ['subscriberEmailAddresses', 'subscriberSnsTopicArns'].every((key) =>
        isMissing(value as Bag, key),
      );
      if (nobody)
        problems.push(problem(path.join('.'), 'InvalidParameterException: a notification has at least one subscriber'));
    }
    if ((number(inputs, 'limitAmount') ?? 1) <= 0) {
      problems.push(problem('limitAmount', 'InvalidParameterException: the limit must be above zero'));
    }
    return problems;
  },
  create: ({ inputs, cloud }) => {
    const name = text(inputs, 'name') ?? '';
    return {
      id: `${cloud.account}:${name}`,
      state: {
        arn: cloud.arn('budgets', `budget/${name}`, ''),
        accountId: text(inputs, 'accountId') ?? cloud.account,
        timePeriodStart: text(inputs, 'timePeriodStart') ?? '2026-01-01_00:00',
      },
    };
  },
};

const isMissing = (bag: Bag, key: string): boolean =>
  bag[key] === undefined || (Array.isArray(bag[key]) && bag[key].length === 0);

export const document: ResourceType = {
  token: aws('ssm', 'Document'),
  naming: named(128, {
    pattern: /^(?!aws|amazon|amzn)[\w.-]{3,}$/i,
    rule: 'InvalidDocument: a name has 3 to 128 letters, digits and _.-, and does not start with aws, amazon or amzn',
    taken: { code: 'DocumentAlreadyExists', sentence: () => 'Document with same name already exists' },
  }),
  required: ['content', 'documentType'],
  enumerations: {
    documentFormat: ['JSON', 'TEXT', 'YAML'],
    documentType: [
      'Command',
      'Policy',
      'Automation',
      'Session',
      'Package',
      'ApplicationConfiguration',
      'ChangeCalendar',
    ],
  },
  replaceOn: ['name'],
  computed: [
    'arn',
    'createdDate',
    'defaultVersion',
    'description',
    'documentVersion',
    'hash',
    'hashType',
    'latestVersion',
    'owner',
    'parameters',
    'platformTypes',
    'schemaVersion',
    'status',
    'tagsAll',
  ],
  defaults: { documentFormat: 'JSON' },
  check: (inputs) => {
    const content = text(inputs, 'content');
    if (content === undefined || (text(inputs, 'documentFormat') ?? 'JSON') !== 'JSON') return [];
    try {
      JSON.parse(content);
      return [];
    } catch {
      return [problem('content', 'InvalidDocumentContent: JSON not well-formed.')];
    }
  },
  create: ({ inputs, cloud }) => {
    const name = text(inputs, 'name') ?? '';
    return {
      id: name,
      state: {
        arn: cloud.arn('ssm', `document/${name}`),
        createdDate: new Date().toISOString(),
        ...described(inputs, '1', cloud.account),
      },
    };
  },
  changing: (changed) =>
    changed.includes('content') ? ['defaultVersion', 'documentVersion', 'hash', 'latestVersion'] : [],
  update: ({ record, inputs, changed, cloud }) => {
    const version = Number(text(record.state, 'latestVersion') ?? '1') + (changed.includes('content') ? 1 : 0);
    return { state: described(inputs, String(version), cloud.account) };
  },
};

function described(inputs: Bag, version: string, account: string): Bag {
  const content = text(inputs, 'content') ?? '';
  return {
    defaultVersion: version,
    description: '',
    documentVersion: version,
    hash: createHash('sha256').update(content).digest('hex'),
    hashType: 'Sha256',
    latestVersion: version,
    owner: account,
    parameters: [],
    platformTypes: ['Linux', 'MacOS', 'Windows'],
    schemaVersion: /"schemaVersion"\s*:\s*"([^"]+)"/.exec(content)?.[1] ?? '1.0',
    status: 'Active',
  };
}

export const operations = [budget, document];
