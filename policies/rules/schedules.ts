import { inProd } from '../context';
import { fail, inspect, pass } from '../judge';
import type { ResourceRule } from '../rule';
import { present, show, text } from '../values';

const autoscalers = ['gcp:compute/regionAutoscaler:RegionAutoscaler', 'gcp:compute/autoscaler:Autoscaler'];
const group = 'aws:autoscaling/schedule:Schedule';
const clock = 'aws:scheduler/schedule:Schedule';
const cron = 'kubernetes:batch/v1:CronJob';

export const noOffHours: ResourceRule = {
  id: 'no-off-hours-in-prod',
  title: 'Nothing in prod goes to rest by the clock',
  why: 'Somebody is always awake: a group that is set to zero in the evening is an outage every evening.',
  mend: 'Leave offHours out of the configuration of prod.',
  severity: 'mandatory',
  controls: [],
  scope: 'resource',
  types: [group, clock, cron, ...autoscalers],
  where: inProd,
  check(resource) {
    switch (resource.type) {
      case group:
        return [fail('a schedule changes the size of a group')];
      case clock:
        return [
          inspect(resource, ['target.arn'], (arn) =>
            /:(stop|start)DB/i.test(text(arn)) ? `it calls ${text(arn).split(':').pop()}` : undefined,
          ),
        ];
      case cron:
        return [/(^|-)off-hours(-|$)/.test(resource.name) ? fail('it takes pods away by the clock') : pass];
      default:
        return [
          inspect(resource, ['autoscalingPolicy.scalingSchedules'], (schedules) =>
            present(schedules) ? `scalingSchedules is ${show(schedules)}` : undefined,
          ),
        ];
    }
  },
};

export const scheduleRules = [noOffHours];
