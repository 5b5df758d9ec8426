import { cpuMillis, memoryMib } from '../../../plan/nodes/quantities';
import type { Condition, Measured, MeasuredService, MeasuredWorker } from './measured';
import { signals } from './names';

/** A service or worker whose numbers are asked for. */
export type Subject = ({ kind: 'service' } & MeasuredService) | ({ kind: 'worker' } & MeasuredWorker);

/** The window of rates of requests: four scrapes. Conditions have minutes of their own on top. */
const REQUESTS_WINDOW = '1m';
/** The same of processors, whose numbers come every half minute. */
const CPU_WINDOW = '2m';
const MIB = 1_048_576;

/** Tells the numbers apart that conditions of one subject are about: `cpu`, `latency-p95`. */
export function signalName(condition: Condition): string {
  if (condition.signal !== 'latency') return condition.signal;
  return condition.percentile === undefined ? 'latency-mean' : `latency-p${condition.percentile}`;
}

/** What a condition compares with. */
export function thresholdOf(condition: Condition): number {
  switch (condition.signal) {
    case 'cpu':
    case 'memory':
      return condition.percent;
    case 'requests-per-minute':
    case 'requests-in-flight':
      return condition.requests;
    case 'latency':
      return condition.millis;
    case 'depth-per-worker':
      return condition.jobs;
    case 'wait':
      return condition.seconds;
  }
}

/** The number that a condition is about, now, as PromQL. One series without labels, or none where it is not known. */
export function valueOf(condition: Condition, subject: Subject, { prefix, namespace }: Measured): string {
  const container = `{namespace="${namespace}",container="${subject.name}"}`;
  const own = `namespace="${namespace}",service="${subject.name}"`;
  const answering = `count(up{${own}} == 1)`;
  const rate = (name: string) => `rate(${prefix}_${name}{${own}}[${REQUESTS_WINDOW}])`;
  // Nobody asks, and somebody is there to be asked: that is zero, and not unknown.
  const orNone = (expression: string) => `${expression} or 0 * ${answering}`;
  const queue = `{namespace="${namespace}",queue="${subject.kind === 'worker' ? subject.queue : ''}"}`;
  switch (condition.signal) {
    case 'cpu': {
      const each = `sum by (pod) (rate(container_cpu_usage_seconds_total${container}[${CPU_WINDOW}]))`;
      return `100 * avg(${each}) / ${cpuMillis(subject.requests.cpu) / 1_000}`;
    }
    case 'memory': {
      const each = `max by (pod) (container_memory_working_set_bytes${container})`;
      return `100 * avg(${each}) / ${memoryMib(subject.requests.memory) * MIB}`;
    }
    case 'requests-per-minute':
      return orNone(`60 * sum(${rate('http_requests_total')}) / ${answering}`);
    case 'requests-in-flight':
      return orNone(`sum(${rate('http_request_duration_seconds_sum')}) / ${answering}`);
    case 'latency': {
      const { percentile } = condition;
      const seconds =
        percentile === undefined
          ? `sum(${rate('http_request_duration_seconds_sum')}) / sum(${rate('http_request_duration_seconds_count')})`
          : `histogram_quantile(${percentile / 100}, sum by (le) (${rate('http_request_duration_seconds_bucket')}))`;
      // Of no requests there is no quantile: that is no number, and not above or below any.
      return orNone(`1000 * (${seconds}) >= 0`);
    }
    case 'depth-per-worker': {
      const workers = `count(count by (pod) (container_memory_working_set_bytes${container}))`;
      return `max(${signals.depth}${queue}) / ${workers}`;
    }
    case 'wait':
      return `max(${signals.wait}${queue})`;
  }
}
