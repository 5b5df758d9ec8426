import { problem, type Problem } from '../model/errors';
import { list, number, text } from '../model/reading';
import type { ResourceType } from '../model/resource-type';
import type { Bag } from '../model/values';
import { aws, between, json, named, toKey } from './parts';

/** Days that a log group can keep its events, from the API's reference; 0 keeps them. */
const retentions = [
  0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];
const comparisons = [
  'GreaterThanOrEqualToThreshold',
  'GreaterThanThreshold',
  'LessThanThreshold',
  'LessThanOrEqualToThreshold',
  'LessThanLowerOrGreaterThanUpperThreshold',
  'LessThanLowerThreshold',
  'GreaterThanUpperThreshold',
];

export const logGroup: ResourceType = {
  token: aws('cloudwatch', 'LogGroup'),
  naming: named(512, {
    pattern: /^[\w./#-]+$/,
    rule: 'InvalidParameterException: a name holds letters, digits and _-/.#',
    taken: { code: 'ResourceAlreadyExistsException', sentence: () => 'The specified log group already exists' },
  }),
  references: [toKey('kmsKeyId')],
  enumerations: { retentionInDays: retentions, logGroupClass: ['STANDARD', 'INFREQUENT_ACCESS', 'DELIVERY'] },
  replaceOn: ['logGroupClass', 'name', 'namePrefix'],
  keeps: ['logGroupClass'],
  computed: ['arn', 'tagsAll'],
  defaults: { logGroupClass: 'STANDARD', retentionInDays: 0, skipDestroy: false },
  create: ({ inputs, cloud }) => {
    const name = text(inputs, 'name') ?? '';
    return { id: name, state: { arn: cloud.arn('logs', `log-group:${name}`) } };
  },
};

const actions = ['alarmActions', 'okActions', 'insufficientDataActions'];

/** Metric math: one answer, ids of their own, and ten metrics at the most (CloudWatch: metric math in alarms). */
function mathProblems(queries: unknown[]): Problem[] {
  if (queries.length === 0) return [];
  const bags = queries as Bag[];
  const ids = bags.map((query) => text(query, 'id') ?? '');
  const answers = bags.filter(
    (query) => query.returnData === true || (bags.length === 1 && query.returnData === undefined),
  );
  const problems: Problem[] = [];
  const wrong = (reason: string) => problems.push(problem('metricQueries', `ValidationError: ${reason}`));
  if (answers.length !== 1) wrong('Exactly one element of the metrics list should return data.');
  if (new Set(ids).size < ids.length) wrong('The ids of the metrics list must be unique.');
  for (const id of ids.filter((candidate) => !/^[a-z][A-Za-z0-9_]*$/.test(candidate))) {
    wrong(`Invalid id "${id}": a lower-case letter first, then letters, digits and underscores.`);
  }
  if (bags.filter((query) => query.metric !== undefined).length > 10) wrong('An alarm takes ten metrics at the most.');
  return problems;
}

export const metricAlarm: ResourceType = {
  token: aws('cloudwatch', 'MetricAlarm'),
  naming: named(255),
  references: actions.map((key) => ({
    path: `${key}.*`,
    to: [aws('sns', 'Topic'), aws('autoscaling', 'Policy')],
    error: 'ValidationError',
    except: /^arn:aws:automate:/,
  })),
  enumerations: {
    comparisonOperator: comparisons,
    statistic: ['SampleCount', 'Average', 'Sum', 'Minimum', 'Maximum'],
    treatMissingData: ['breaching', 'notBreaching', 'ignore', 'missing'],
  },
  replaceOn: ['name'],
  sets: [...actions, 'metricQueries'],
  keeps: ['evaluateLowSampleCountPercentiles'],
  computed: ['arn', 'tagsAll'],
  defaults: { actionsEnabled: true, treatMissingData: 'missing' },
  check: (inputs) => {
    const queries = list(inputs, 'metricQueries');
    const problems = between(inputs, 'evaluationPeriods', 1, Number.MAX_SAFE_INTEGER);
    if (inputs.metricName !== undefined && queries.length > 0) {
      problems.push(problem('metricName', '"metricName": conflicts with metricQueries'));
    }
    if (
      inputs.metricName === undefined &&
      queries.length === 0 &&
      inputs.metricQueries === undefined &&
      inputs.evaluationCriteria === undefined
    ) {
      problems.push(problem('metricName', 'One of `metricName`, `metricQueries` must be set'));
    }
    const [to, of] = [number(inputs, 'datapointsToAlarm'), number(inputs, 'evaluationPeriods')];
    if (to !== undefined && of !== undefined && to > of) {
      problems.push(
        problem('datapointsToAlarm', 'ValidationError: DatapointsToAlarm must not exceed EvaluationPeriods'),
      );
    }
    problems.push(...mathProblems(queries));
    const period = number(inputs, 'period');
    if (period !== undefined && ![10, 20, 30].includes(period) && period % 60 !== 0) {
      problems.push(problem('period', 'ValidationError: Metric period must be 10, 20, 30 or a multiple of 60'));
    }
    return problems;
  },
  create: ({ inputs, cloud }) => {
    const name = text(inputs, 'name') ?? '';
    return { id: name, state: { arn: cloud.arn('cloudwatch', `alarm:${name}`) } };
  },
};

export const dashboard: ResourceType = {
  token: aws('cloudwatch', 'Dashboard'),
  naming: {
    property: 'dashboardName',
    max: 255,
    pattern: /^[\w-]+$/,
    rule: 'InvalidParameterValue: a dashboard name holds A-Z, a-z, 0-9, - and _',
  },
  required: ['dashboardBody', 'dashboardName'],
  replaceOn: ['dashboardName'],
  computed: ['dashboardArn'],
  check: (inputs) => json(inputs, 'dashboardBody', 'InvalidParameterInput'),
  create: ({ inputs, cloud }) => {
    const name = text(inputs, 'dashboardName') ?? '';
    return { id: name, state: { dashboardArn: cloud.arn('cloudwatch', `dashboard/${name}`, '') } };
  },
};

export const logResourcePolicy: ResourceType = {
  token: aws('cloudwatch', 'LogResourcePolicy'),
  required: ['policyDocument'],
  replaceOn: ['policyName'],
  replaceWhen: (olds, news) => (olds.resourceArn !== news.resourceArn ? ['resourceArn'] : []),
  computed: ['policyScope', 'revisionId'],
  check: (inputs) => {
    const problems = json(inputs, 'policyDocument', 'InvalidParameterException');
    if ((inputs.policyName === undefined) === (inputs.resourceArn === undefined)) {
      problems.push(problem('policyName', 'exactly one of policyName and resourceArn must be specified'));
    }
    if ((text(inputs, 'policyDocument') ?? '').length > 5120) {
      problems.push(problem('policyDocument', 'LimitExceededException: a policy document has at most 5120 characters'));
    }
    return problems;
  },
  create: ({ inputs }) => ({
    id: text(inputs, 'policyName') ?? text(inputs, 'resourceArn') ?? '',
    state: { policyScope: inputs.resourceArn === undefined ? 'ACCOUNT' : 'RESOURCE', revisionId: '' },
  }),
};

export const cloudwatch = [logGroup, metricAlarm, dashboard, logResourcePolicy];
