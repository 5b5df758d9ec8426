import * as aws from '@pulumi/aws';
import type * as pulumi from '@pulumi/pulumi';
import type { Capacity, OffHoursPlan } from '../../../plan/types';
import { nameOf } from '../../naming';
import type { RulesContext } from './rules';

/** What a schedule owns from then on: `up` leaves it alone. A new capacity comes with the next morning. */
export const ownedByOffHours: (keyof aws.autoscaling.GroupArgs)[] = ['minSize', 'maxSize', 'desiredCapacity'];

/**
 * Nobody works: on the evening of every day of work the group goes to nothing, on the morning it comes back with the
 * capacity of the plan. Days without work begin with an evening, so they need no action of their own.
 */
export function createOffHours(
  { name, region, parent }: RulesContext,
  hours: OffHoursPlan,
  { min, max, desired }: Pick<Capacity, 'min' | 'max' | 'desired'>,
  group: aws.autoscaling.Group,
): void {
  const action = (part: string, time: string, sizes: Sizes): pulumi.Resource =>
    new aws.autoscaling.Schedule(
      nameOf('aws:autoscaling/policy', name, part),
      {
        region,
        autoscalingGroupName: group.name,
        scheduledActionName: part,
        recurrence: recurrence(time, hours.days),
        timeZone: hours.timezone,
        ...sizes,
      },
      // The provider sends the first start again with every change, and AWS refuses one that is in the past (pulumi-aws
      // #2473). So another action takes its place, and not beside it: two of one group may not begin at one moment.
      { parent, replaceOnChanges: [...changing], deleteBeforeReplace: true },
    );
  action('work-begins', hours.from, { minSize: min, maxSize: max, desiredCapacity: desired });
  action('work-ends', hours.to, { minSize: 0, maxSize: 0, desiredCapacity: 0 });
}

/** What a change of the plan may touch. */
const changing = ['minSize', 'maxSize', 'desiredCapacity', 'recurrence', 'timeZone'] as const;

type Sizes = Required<Pick<aws.autoscaling.ScheduleArgs, 'minSize' | 'maxSize' | 'desiredCapacity'>>;

/** Cron of five fields: `HH:MM` on days from 1 Monday to 7 Sunday, which cron calls 0. */
export function recurrence(time: string, days: number[]): string {
  const [hour, minute] = time.split(':').map(Number);
  return `${minute} ${hour} * * ${days.map((day) => day % 7).join(',')}`;
}
