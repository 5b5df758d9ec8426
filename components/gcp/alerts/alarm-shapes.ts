import type * as gcp from '@pulumi/gcp';
import type { Alarm } from '../../alarms';

/** What of the service Cloud Monitoring knows it by. */
export interface WatchedService {
  /** Name of the balancer's backend service. */
  backend: string;
  /** Id of the uptime check; asked for where the database is watched. */
  checkId: string;
}

/** Percentiles that Cloud Monitoring can take over several series. */
export const percentiles = [5, 50, 95, 99];

const balancer = 'loadbalancing.googleapis.com/https';
/** Seconds of one point: balancers report once a minute. */
export const period = '60s';

type Threshold = gcp.types.input.monitoring.AlertPolicyConditionConditionThreshold;

/** The part of an alert that says when it goes off. Pure: names, channels and labels are the component's. */
export function alarmShape(alarm: Alarm, service: WatchedService): Threshold {
  const lasting = { duration: `${alarm.minutes * 60}s`, comparison: 'COMPARISON_GT', trigger: { count: 1 } };
  switch (alarm.kind) {
    case 'error-rate':
      return { ...errorRatio(service.backend), ...lasting, thresholdValue: alarm.percent / 100 };
    case 'latency':
      return { ...latencies(service.backend, alarm.percentile), ...lasting, thresholdValue: alarm.seconds * 1000 };
    case 'database-down':
      return { ...failedChecks(service.checkId), ...lasting, thresholdValue: 1 };
  }
}

/** A metric of the balancer, of one backend service. */
export function metricOf(metric: string, backend: string): string {
  return `metric.type="${balancer}/${metric}" AND resource.type="https_lb_rule" AND resource.labels.backend_target_name="${backend}"`;
}

/** Requests a second, of all edges and clients together. */
export const rate = { alignmentPeriod: period, perSeriesAligner: 'ALIGN_RATE', crossSeriesReducer: 'REDUCE_SUM' };

/** The part of all requests that ended in a 5xx, of the service or of the balancer in its stead. From 0 to 1. */
export function errorRatio(backend: string) {
  return {
    filter: `${metricOf('request_count', backend)} AND metric.labels.response_code_class=500`,
    aggregations: [rate],
    denominatorFilter: metricOf('request_count', backend),
    denominatorAggregations: [rate],
  };
}

/** Milliseconds from the balancer's request to the service's answer. */
export function latencies(backend: string, percentile: number) {
  return {
    filter: metricOf('backend_latencies', backend),
    aggregations: [
      {
        alignmentPeriod: period,
        perSeriesAligner: 'ALIGN_DELTA',
        crossSeriesReducer: `REDUCE_PERCENTILE_${String(percentile).padStart(2, '0')}`,
      },
    ],
  };
}

/** How many of the places that ask found no answer. One alone may have a bad line; two have not. */
function failedChecks(checkId: string) {
  return {
    filter:
      'metric.type="monitoring.googleapis.com/uptime_check/check_passed" AND resource.type="uptime_url" ' +
      `AND metric.labels.check_id="${checkId}"`,
    aggregations: [
      {
        alignmentPeriod: '120s',
        perSeriesAligner: 'ALIGN_NEXT_OLDER',
        crossSeriesReducer: 'REDUCE_COUNT_FALSE',
        groupByFields: ['resource.label.*'],
      },
    ],
  };
}
