import { CloudError, problem, type Problem } from '../../model/errors';
import { list, matches, number, text } from '../../model/reading';
import type { Bag } from '../../model/values';
import { COMPUTE, google } from '../google';
import { gcp, label, to } from '../parts';
import { groupManager } from './group';

export const autoscaler = google({
  token: gcp('compute', 'RegionAutoscaler'),
  id: 'projects/{project}/regions/{region}/autoscalers/{name}',
  links: COMPUTE,
  naming: label(),
  required: ['autoscalingPolicy', 'target'],
  references: [to('target', [groupManager.token], true)],
  enumerations: {
    'autoscalingPolicy.mode': ['OFF', 'ONLY_UP', 'ON', 'ONLY_SCALE_OUT'],
    'autoscalingPolicy.metrics.*.type': ['GAUGE', 'DELTA_PER_SECOND', 'DELTA_PER_MINUTE'],
    'autoscalingPolicy.cpuUtilization.predictiveMethod': ['NONE', 'OPTIMIZE_AVAILABILITY'],
  },
  replaceOn: ['name', 'project', 'region'],
  computed: ['creationTimestamp'],
  check: (inputs) => {
    const problems = ['cpuUtilization', 'loadBalancingUtilization']
      .map((signal) => ({ signal, target: number(inputs, `autoscalingPolicy.${signal}.target`) }))
      .filter(({ target }) => target !== undefined && (target <= 0 || target > 1))
      .map(({ signal, target }) =>
        problem('autoscalingPolicy', `invalid: the target of ${signal} lies in (0, 1], got ${target}`),
      );
    const [least, most] = ['minReplicas', 'maxReplicas'].map((key) => number(inputs, `autoscalingPolicy.${key}`));
    if (least !== undefined && most !== undefined && least > most) {
      problems.push(
        problem('autoscalingPolicy', `invalid: minReplicas (${least}) must not exceed maxReplicas (${most})`),
      );
    }
    if (most === 0) problems.push(problem('autoscalingPolicy', 'invalid: maxReplicas is above 0'));
    if (list(inputs, 'autoscalingPolicy.metrics').length > 5) {
      problems.push(problem('autoscalingPolicy', 'invalid: an autoscaler has at most 5 metrics'));
    }
    return [...problems, ...signalFaults(inputs)];
  },
  make: ({ inputs, cloud }) => {
    const target = cloud.find([groupManager.token], text(inputs, 'target') ?? '');
    const twin = cloud
      .all(gcp('compute', 'RegionAutoscaler'))
      .find((other) => cloud.find([groupManager.token], text(other.inputs, 'target') ?? '')?.id === target?.id);
    if (twin) throw new CloudError('conflict', `${target?.id} has an autoscaler already: ${twin.id}`);
    return { state: { creationTimestamp: new Date().toISOString() } };
  },
});

/** What Compute Engine refuses about the signals of an autoscaler, its pauses and its schedules. */
function signalFaults(inputs: Bag): Problem[] {
  const policy = 'autoscalingPolicy';
  const refuse = (reason: string): Problem => problem(policy, `invalid: ${reason}`);
  const problems: Problem[] = [];
  for (const { value } of matches(inputs, `${policy}.metrics.*`)) {
    const [target, share] = ['target', 'singleInstanceAssignment'].map((key) => number(value, key));
    if ((target === undefined) === (share === undefined)) {
      problems.push(
        refuse(`the metric ${text(value, 'name')} has a target or a single instance assignment, one of them`),
      );
    }
    if ((target ?? 1) <= 0 || (share ?? 1) <= 0) problems.push(refuse('the target of a metric is above 0'));
  }
  const window = number(inputs, `${policy}.scaleInControl.timeWindowSec`);
  if (window !== undefined && (window < 60 || window > 3_600)) {
    problems.push(refuse(`scaleInControl.timeWindowSec lies between 60 and 3600, got ${window}`));
  }
  for (const { value } of matches(inputs, `${policy}.scalingSchedules.*`)) {
    if ((number(value, 'durationSec') ?? 300) < 300) problems.push(refuse('a schedule lasts 300 seconds at least'));
  }
  if ((number(inputs, `${policy}.minReplicas`) ?? 0) < 0) problems.push(refuse('minReplicas is not below 0'));
  return problems;
}
