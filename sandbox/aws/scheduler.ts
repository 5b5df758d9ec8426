import { problem } from '../model/errors';
import { text } from '../model/reading';
import type { ResourceType } from '../model/resource-type';
import { aws, json, named, toRole } from './parts';

const expression = /^(rate\(\d+ (minute|hour|day)s?\)|cron\(\S+ \S+ \S+ \S+ \S+ \S+\)|at\(\S+\))$/;

export const schedule: ResourceType = {
  token: aws('scheduler', 'Schedule'),
  naming: named(64, { pattern: /^[\w.-]+$/, rule: 'ValidationException: a name holds letters, digits and -_.' }),
  required: ['flexibleTimeWindow', 'scheduleExpression', 'target'],
  references: [toRole('target.roleArn')],
  enumerations: { 'flexibleTimeWindow.mode': ['OFF', 'FLEXIBLE'], state: ['ENABLED', 'DISABLED'] },
  replaceOn: ['groupName', 'name', 'namePrefix'],
  keeps: ['groupName'],
  computed: ['arn', 'groupName'],
  defaults: { groupName: 'default', scheduleExpressionTimezone: 'UTC', state: 'ENABLED' },
  check: (inputs) => {
    const asked = text(inputs, 'scheduleExpression');
    const problems = inputs.target === undefined ? [] : json(inputs, 'target.input', 'ValidationException');
    if (asked !== undefined && !expression.test(asked)) {
      problems.push(problem('scheduleExpression', `ValidationException: Invalid Schedule Expression ${asked}.`));
    }
    return problems;
  },
  create: ({ inputs, cloud }) => {
    const name = text(inputs, 'name') ?? '';
    const group = text(inputs, 'groupName') ?? 'default';
    return {
      id: `${group}/${name}`,
      state: { arn: cloud.arn('scheduler', `schedule/${group}/${name}`), groupName: group },
    };
  },
};

export const scheduler = [schedule];
