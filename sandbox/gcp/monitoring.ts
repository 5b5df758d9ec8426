import { problem, type Problem } from '../model/errors';
import { uuid } from '../model/ids';
import { list, matches, number, text } from '../model/reading';
import type { Bag } from '../model/values';
import { google } from './google';
import { gcp, oneOf, shaped, to } from './parts';
import { projectNumber } from './place';
import { numericId } from './network/network';

const channelTypes = [
  'email',
  'slack',
  'pagerduty',
  'webhook_basicauth',
  'webhook_tokenauth',
  'sms',
  'pubsub',
  'google_chat',
  'campfire',
  'hipchat',
];

export const notificationChannel = google({
  token: gcp('monitoring', 'NotificationChannel'),
  id: 'projects/{project}/notificationChannels/{type}',
  required: ['type'],
  enumerations: { type: channelTypes },
  replaceOn: ['project'],
  computed: ['name', 'verificationStatus'],
  inUse: 'FAILED_PRECONDITION',
  defaults: { enabled: true, forceDelete: false },
  check: (inputs) =>
    text(inputs, 'type') === 'email'
      ? shaped((inputs.labels ?? {}) as Bag, 'email_address', /^[^@\s]+@[^@\s]+$/, 'an e-mail address')
      : [],
  make: ({ place }) => {
    const id = `projects/${place.project}/notificationChannels/${numericId()}`;
    return { id, state: { name: id, verificationStatus: '' } };
  },
});

const conditionKinds = [
  'conditionThreshold',
  'conditionAbsent',
  'conditionMonitoringQueryLanguage',
  'conditionPrometheusQueryLanguage',
  'conditionMatchedLog',
  'conditionSql',
];
const aligners = [
  'ALIGN_NONE',
  'ALIGN_DELTA',
  'ALIGN_RATE',
  'ALIGN_INTERPOLATE',
  'ALIGN_NEXT_OLDER',
  'ALIGN_MIN',
  'ALIGN_MAX',
  'ALIGN_MEAN',
  'ALIGN_COUNT',
  'ALIGN_SUM',
  'ALIGN_STDDEV',
  'ALIGN_COUNT_TRUE',
  'ALIGN_COUNT_FALSE',
  'ALIGN_FRACTION_TRUE',
  'ALIGN_PERCENTILE_99',
  'ALIGN_PERCENTILE_95',
  'ALIGN_PERCENTILE_50',
  'ALIGN_PERCENTILE_05',
  'ALIGN_PERCENT_CHANGE',
];
const reducers = [
  'REDUCE_NONE',
  'REDUCE_MEAN',
  'REDUCE_MIN',
  'REDUCE_MAX',
  'REDUCE_SUM',
  'REDUCE_STDDEV',
  'REDUCE_COUNT',
  'REDUCE_COUNT_TRUE',
  'REDUCE_COUNT_FALSE',
  'REDUCE_FRACTION_TRUE',
  'REDUCE_PERCENTILE_99',
  'REDUCE_PERCENTILE_95',
  'REDUCE_PERCENTILE_50',
  'REDUCE_PERCENTILE_05',
];

const alertPolicy = google({
  token: gcp('monitoring', 'AlertPolicy'),
  id: 'projects/{project}/alertPolicies/{displayName}',
  required: ['combiner', 'conditions', 'displayName'],
  references: [to('notificationChannels.*', [notificationChannel.token], true)],
  enumerations: {
    combiner: ['AND', 'OR', 'AND_WITH_MATCHING_RESOURCE'],
    severity: ['CRITICAL', 'ERROR', 'WARNING'],
    'conditions.*.conditionThreshold.comparison': [
      'COMPARISON_GT',
      'COMPARISON_GE',
      'COMPARISON_LT',
      'COMPARISON_LE',
      'COMPARISON_EQ',
      'COMPARISON_NE',
    ],
    'conditions.*.conditionThreshold.aggregations.*.perSeriesAligner': aligners,
    'conditions.*.conditionThreshold.aggregations.*.crossSeriesReducer': reducers,
    'conditions.*.conditionThreshold.denominatorAggregations.*.perSeriesAligner': aligners,
    'conditions.*.conditionThreshold.denominatorAggregations.*.crossSeriesReducer': reducers,
    'conditions.*.conditionThreshold.evaluationMissingData': [
      'EVALUATION_MISSING_DATA_INACTIVE',
      'EVALUATION_MISSING_DATA_ACTIVE',
      'EVALUATION_MISSING_DATA_NO_OP',
    ],
  },
  replaceOn: ['project'],
  computed: ['creationRecords', 'name'],
  defaults: { enabled: true },
  check: checkAlert,
  make: ({ place }) => {
    const id = `projects/${place.project}/alertPolicies/${numericId()}`;
    return { id, state: { creationRecords: [{ mutateTime: new Date().toISOString(), mutatedBy: '' }], name: id } };
  },
});

function checkAlert(inputs: Bag): Problem[] {
  const problems: Problem[] = [];
  const count = list(inputs, 'conditions').length;
  if (Array.isArray(inputs.conditions) && (count < 1 || count > 6)) {
    problems.push(problem('conditions', `INVALID_ARGUMENT: a policy has 1 to 6 conditions, not ${count}`));
  }
  for (const { path, value } of matches(inputs, 'conditions.*')) {
    const where = path.join('.');
    const refuse = (reason: string) => problems.push(problem(where, `INVALID_ARGUMENT: ${reason}`));
    if (oneOf(value as Bag, conditionKinds).length > 0) refuse('a condition is of exactly one kind');
    const threshold = (value as Bag).conditionThreshold;
    if (threshold === undefined) continue;
    const seconds = Number(/^(\d+)s$/.exec(text(threshold, 'duration') ?? '0s')?.[1]);
    if (!(seconds % 60 === 0)) refuse(`duration is a multiple of 60s, got ${text(threshold, 'duration')}`);
    const filter = text(threshold, 'filter');
    if (filter !== undefined && !/resource\.type\s*=|resource\.labels/.test(filter))
      refuse('a filter names its resource.type');
    if (filter !== undefined && !/metric\.type\s*=/.test(filter)) refuse('a filter names one metric.type');
    for (const found of matches(threshold, 'aggregations.*.alignmentPeriod')) {
      const period = Number(/^(\d+)s$/.exec(String(found.value))?.[1]);
      if (!(period >= 60)) refuse(`an alignment period has at least 60s, got ${String(found.value)}`);
    }
    const divided = text(threshold, 'denominatorFilter') !== undefined;
    if (divided && list(threshold, 'denominatorAggregations').length === 0) {
      refuse('a denominator has aggregations of its own');
    }
  }
  return problems;
}

const uptimeCheck = google({
  token: gcp('monitoring', 'UptimeCheckConfig'),
  id: 'projects/{project}/uptimeCheckConfigs/{displayName}',
  required: ['displayName', 'timeout'],
  enumerations: { period: ['60s', '300s', '600s', '900s'], checkerType: ['STATIC_IP_CHECKERS', 'VPC_CHECKERS'] },
  replaceOn: [
    'checkerType',
    'httpCheck.authInfo.passwordWoVersion',
    'httpCheck.requestMethod',
    'monitoredResource',
    'project',
    'resourceGroup',
    'syntheticMonitor',
  ],
  keeps: ['checkerType', 'monitoredResource'],
  computed: ['name', 'uptimeCheckId'],
  defaults: { period: '300s' },
  check: (inputs) => {
    const seconds = Number(/^(\d+)s$/.exec(text(inputs, 'timeout') ?? '10s')?.[1]);
    return seconds >= 1 && seconds <= 60
      ? []
      : [problem('timeout', `INVALID_ARGUMENT: a timeout lies between 1s and 60s, got ${text(inputs, 'timeout')}`)];
  },
  make: ({ inputs, place }) => {
    const stem = (text(inputs, 'displayName') ?? '').toLowerCase().replace(/[^a-z0-9]+/g, '-');
    const uptimeCheckId = `${stem}-${numericId().slice(0, 11)}`;
    const id = `projects/${place.project}/uptimeCheckConfigs/${uptimeCheckId}`;
    return { id, state: { name: id, uptimeCheckId } };
  },
});

const dashboard = google({
  token: gcp('monitoring', 'Dashboard'),
  id: 'projects/{project}/dashboards/new',
  required: ['dashboardJson'],
  replaceOn: ['project'],
  check: (inputs) => {
    const source = text(inputs, 'dashboardJson');
    if (source === undefined) return [];
    try {
      const parsed = JSON.parse(source) as { displayName?: unknown };
      return typeof parsed.displayName === 'string'
        ? []
        : [problem('dashboardJson', 'INVALID_ARGUMENT: Field displayName must be specified')];
    } catch {
      return [problem('dashboardJson', '"dashboardJson" contains an invalid JSON')];
    }
  },
  make: ({ cloud }) => ({ id: `projects/${projectNumber(cloud)}/dashboards/${uuid()}` }),
});

const budget = google({
  token: gcp('billing', 'Budget'),
  id: 'billingAccounts/{billingAccount}/budgets/new',
  required: ['amount', 'billingAccount'],
  references: [to('allUpdatesRule.monitoringNotificationChannels.*', [notificationChannel.token])],
  enumerations: {
    ownershipScope: ['OWNERSHIP_SCOPE_UNSPECIFIED', 'ALL_USERS', 'BILLING_ACCOUNT'],
    'budgetFilter.creditTypesTreatment': ['INCLUDE_ALL_CREDITS', 'EXCLUDE_ALL_CREDITS', 'INCLUDE_SPECIFIED_CREDITS'],
    'budgetFilter.calendarPeriod': ['MONTH', 'QUARTER', 'YEAR', 'CALENDAR_PERIOD_UNSPECIFIED'],
    'thresholdRules.*.spendBasis': ['CURRENT_SPEND', 'FORECASTED_SPEND'],
  },
  replaceOn: ['billingAccount'],
  sets: ['budgetFilter.projects', 'thresholdRules'],
  keeps: ['budgetFilter', 'ownershipScope'],
  computed: ['name'],
  check: (inputs) => {
    const problems = shaped(
      inputs,
      'billingAccount',
      /^[0-9A-F]{6}-[0-9A-F]{6}-[0-9A-F]{6}$/,
      'a billing account such as 0123AB-4567CD-89EF01',
    );
    const units = number(inputs, 'amount.specifiedAmount.units');
    if (units !== undefined && units <= 0)
      problems.push(problem('amount', 'INVALID_ARGUMENT: the amount must be above zero'));
    const loose = matches(inputs, 'budgetFilter.projects.*').find(
      ({ value }) => !/^projects\/\d+$|^[0-9a-f-]{36}$/.test(String(value)),
    );
    if (loose)
      problems.push(
        problem(
          'budgetFilter',
          `INVALID_ARGUMENT: a project is named by its number, projects/123, not ${String(loose.value)}`,
        ),
      );
    if (list(inputs, 'allUpdatesRule.monitoringNotificationChannels').length > 5) {
      problems.push(problem('allUpdatesRule', 'INVALID_ARGUMENT: a budget has at most five notification channels'));
    }
    return problems;
  },
  make: ({ inputs }) => {
    const account = text(inputs, 'billingAccount') ?? '';
    const id = `billingAccounts/${account}/budgets/${uuid()}`;
    return { id, state: { name: id } };
  },
});

export const monitoring = [notificationChannel, alertPolicy, uptimeCheck, dashboard, budget];
