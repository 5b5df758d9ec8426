import type { QueuePlan } from '../../../plan/types';
import type { Condition, Measured } from './measured';
import { signals } from './names';
import { signalName, thresholdOf, valueOf, type Subject } from './values';

/** A number that Prometheus works out and keeps. */
export interface RecordingRule {
  record: string;
  expr: string;
  labels: Record<string, string>;
}

export interface RecordingGroups {
  groups: { name: string; interval: string; rules: RecordingRule[] }[];
}

/** Seconds between two looks. */
export const INTERVAL = 15;
/** The part of looks that must have found a number: a Prometheus that has just started knows nothing of the last minutes. */
const KNOWN_PART = 0.9;
/** Where the numbers are kept that conditions are about. */
const VALUE = 'scaling_value';

/** Everything that autoscalers ask for, in the form of a rules file, which is also that of a PrometheusRule's `spec`. Pure. */
export function signalRules(measured: Measured): RecordingGroups {
  const subjects: Subject[] = [
    ...measured.services.map((service): Subject => ({ kind: 'service', ...service })),
    ...measured.workers.map((worker): Subject => ({ kind: 'worker', ...worker })),
  ];
  const groups = [
    { name: 'queues', rules: measured.queues.flatMap((queue) => queueRules(queue, measured.namespace)) },
    // Rules of a group are worked out in their order: values before what is said of them.
    ...subjects.map((subject) => ({ name: `${subject.kind}-${subject.name}`, rules: subjectRules(subject, measured) })),
  ];
  return {
    groups: groups
      .filter(({ rules }) => rules.length > 0)
      .map(({ name, rules }) => ({ name, interval: `${INTERVAL}s`, rules })),
  };
}

function queueRules({ name, library }: QueuePlan, namespace: string): RecordingRule[] {
  // Two exporters ask the same broker.
  const of = (what: string) => `max(redis_script_values{namespace="${namespace}",key="${what}/${name}"})`;
  const labels = { namespace, queue: name };
  return [
    { record: signals.depth, expr: of('depth'), labels },
    ...(library === 'bullmq' ? [{ record: signals.wait, expr: of('wait'), labels }] : []),
  ];
}

/** The numbers that the conditions of a subject are about, each once, and then what they say together. */
function subjectRules(subject: Subject, measured: Measured): RecordingRule[] {
  const { out, in: inside } = subject.kind === 'service' ? subject.rules : subject;
  const own = { namespace: measured.namespace, [subject.kind]: subject.name };
  const byName = new Map([...out, ...inside].map((condition) => [signalName(condition), condition]));
  const values = [...byName].map(([signal, condition]) => ({
    record: VALUE,
    expr: valueOf(condition, subject, measured),
    labels: { ...own, signal },
  }));
  return [...values, { record: signals[subject.kind], expr: signalOf(out, inside, own), labels: own }];
}

/**
 * 2 when any condition of `out` has held all the time of its minutes, 0.5 when all of `in` have, 1 else. The target of
 * the autoscaler is 1, so at 1 nothing changes, whatever the averages are. Where something is not known, or not for
 * long enough, its condition does not hold: nobody is taken away for want of a number.
 */
export function signalOf(out: Condition[], inside: Condition[], labels: Record<string, string>): string {
  const more = out.map((condition) => held(condition, '>', labels)).join(' or ');
  const fewer = inside.map((condition) => `on () (${held(condition, '<', labels)})`).join(' and ');
  const said = [
    ...(out.length > 0 ? [`vector(2) and on () (${more})`] : []),
    ...(inside.length > 0 ? [`vector(0.5) and ${fewer}`] : []),
    'vector(1)',
  ];
  return said.map((one) => `(${one})`).join(' or ');
}

/** A condition holds for its minutes when the least, or the greatest, of all that time is beyond its threshold. */
function held(condition: Condition, sign: '<' | '>', own: Record<string, string>): string {
  const labels = Object.entries({ ...own, signal: signalName(condition) }).map(([key, value]) => `${key}="${value}"`);
  const series = `${VALUE}{${labels.join(',')}}[${condition.minutes}m]`;
  const extreme = sign === '>' ? 'min' : 'max';
  const looks = Math.floor(((condition.minutes * 60) / INTERVAL) * KNOWN_PART);
  return `${extreme}_over_time(${series}) ${sign} ${thresholdOf(condition)} and count_over_time(${series}) >= ${looks}`;
}
