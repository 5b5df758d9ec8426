import { problem, type Problem } from '../../model/errors';
import { list, matches, text } from '../../model/reading';
import type { Bag } from '../../model/values';
import { google } from '../google';
import { numericId } from '../network/network';
import { gcp, oneOf, to } from '../parts';
import { notificationChannel } from './channels';

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

export const alertPolicy = google({
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

/** What Cloud Monitoring refuses about a query in Prometheus's language. */
function queryFaults(where: string, condition: Bag): Problem[] {
  const query = condition.conditionPrometheusQueryLanguage;
  if (query === undefined) return [];
  const seconds = (key: string): number => Number(/^(\d+)s$/.exec(text(query, key) ?? '0s')?.[1]);
  const problems: Problem[] = [];
  if (text(query, 'query')?.trim() === '') problems.push(problem(where, 'INVALID_ARGUMENT: the query is empty'));
  if (!(seconds('duration') % 30 === 0)) {
    problems.push(problem(where, 'INVALID_ARGUMENT: duration is a multiple of 30s'));
  }
  if (!(seconds('evaluationInterval') % 30 === 0)) {
    problems.push(problem(where, 'INVALID_ARGUMENT: evaluationInterval is a multiple of 30s'));
  }
  return problems;
}

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
    problems.push(...queryFaults(where, value as Bag));
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
