import type * as gcp from '@pulumi/gcp';
import type { AlarmOf } from '../../alarms';

/** What of the service Cloud Monitoring knows it by. */
export interface WatchedService {
  /** Name of the balancer's backend service. */
  backend: string;
  /** Id of the uptime check; asked for where the database is watched. */
  checkId: string;
  /** The label `workload` of its instances. */
  workload: string;
}

/** What is seen of a service, from its balancer and its instances. */
export const serviceKinds = ['error-rate', 'latency', 'database-down', 'cpu', 'memory', 'disk-free'] as const;
export type ServiceAlarm = AlarmOf<(typeof serviceKinds)[number]>;

/** Percentiles that Cloud Monitoring can take over several series. */
export const percentiles = [5, 50, 95, 99];

const balancer = 'loadbalancing.googleapis.com/https';
/** Seconds of one point: balancers report once a minute. */
export const period = '60s';

type Conditions = gcp.types.input.monitoring.AlertPolicyCondition;
/** When an alert goes off: a threshold of a metric, or where Google has no word for it a query. */
export type Condition = Pick<Conditions, 'conditionThreshold' | 'conditionPrometheusQueryLanguage'>;

/** The part of an alert that says when it goes off. Pure: names, channels and labels are the component's. */
export function alarmShape(alarm: ServiceAlarm, service: WatchedService): Condition {
  const above = (thresholdValue: number) => ({ ...lasting(alarm), comparison: 'COMPARISON_GT', thresholdValue });
  switch (alarm.kind) {
    case 'error-rate':
      return { conditionThreshold: { ...errorRatio(service.backend), ...above(alarm.percent / 100) } };
    case 'latency':
      return {
        conditionThreshold: { ...latencies(service.backend, alarm.percentile), ...above(alarm.seconds * 1000) },
      };
    case 'database-down':
      return { conditionThreshold: { ...failedChecks(service.checkId), ...above(1) } };
    case 'cpu':
      return { conditionThreshold: { ...cpuOf(service.workload), ...above(alarm.percent / 100) } };
    case 'memory':
      return whenTrue(alarm, `${memoryQuery(service.workload)} > ${alarm.percent}`);
    case 'disk-free':
      return whenTrue(alarm, `${diskFreeQuery(service.workload)} < ${alarm.percent}`);
  }
}

/** For how long, and of how many series: one is enough. */
export function lasting({ minutes }: { minutes: number }) {
  return { duration: `${minutes * 60}s`, trigger: { count: 1 } };
}

/** A query in Prometheus's language. The agent's metrics are not there before an agent has run, and are not asked for. */
function whenTrue({ minutes }: { minutes: number }, query: string): Condition {
  return {
    conditionPrometheusQueryLanguage: {
      query,
      duration: `${minutes * 60}s`,
      evaluationInterval: '60s',
      disableMetricValidation: true,
    },
  };
}

/** Of all instances of a service, from 0 to 1. */
export function cpuOf(workload: string) {
  return {
    filter:
      'metric.type="compute.googleapis.com/instance/cpu/utilization" AND resource.type="gce_instance" ' +
      `AND metadata.user_labels.workload="${workload}"`,
    aggregations: [{ alignmentPeriod: period, perSeriesAligner: 'ALIGN_MEAN', crossSeriesReducer: 'REDUCE_MEAN' }],
  };
}

/** Percent that is used, average of the instances; the Ops Agent measures it. */
export function memoryQuery(workload: string): string {
  return `avg(agent_googleapis_com:memory_percent_used{monitored_resource="gce_instance",state="used",metadata_user_workload="${workload}"})`;
}

/** Percent that is free, of the fullest disk. */
function diskFreeQuery(workload: string): string {
  return `min(agent_googleapis_com:disk_percent_used{monitored_resource="gce_instance",state="free",metadata_user_workload="${workload}"})`;
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
