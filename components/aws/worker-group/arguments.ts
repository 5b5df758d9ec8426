import type * as pulumi from '@pulumi/pulumi';
import type { OffHoursPlan, QueuePlan, QueueScaling } from '../../../plan/types';
import { type Fault, groupSizes, must, refuseFaults, wholeNumber } from '../../faults';
import { instanceFaults } from '../load-balanced-group/argument-faults';
import type { InstanceArgs } from '../load-balanced-group/arguments';
import { offHoursFaults, rulesFaults } from '../load-balanced-group/scaling-faults';
import { logRetention } from '../log-retention';

export interface WorkerGroupArgs extends InstanceArgs {
  /** AWS region, e.g. `us-east-1`. Default: the provider's. A change replaces everything. */
  region?: string;
  /** A change replaces everything. */
  vpcId: pulumi.Input<string>;
  /** Two or more, in different zones. They need a way out to fetch the image. */
  privateSubnetIds: pulumi.Input<string>[];
  /** How many, as of a service: `desired` is where the group starts, `steady` whether `min` stays. */
  capacity: { min: number; max: number; desired: number; steady?: boolean };
  /** The queue that the group grows with. */
  queue: QueuePlan;
  scaling: QueueScaling;
  /** Namespace of the queue's metrics in CloudWatch (`queueNamespace`). */
  namespace: string;
  /** On capacity that AWS may take back, save for one instance. Changed in place: the instances roll. */
  spot: boolean;
  /** When nobody works. The schedule then owns the group's sizes. Default: always on. */
  offHours?: OffHoursPlan;
  /** Days that the containers' logs are kept; a value that CloudWatch Logs knows. */
  logRetentionDays: number;
  tags?: Record<string, string>;
}

/** A lifecycle hook's own longest, without the minute for what comes after the job. */
const LONGEST_DRAIN = 7_200 - 60;

/** @throws Error that lists every fault of the arguments */
export function checkWorkerGroupArgs(name: string, args: WorkerGroupArgs): void {
  refuseFaults('WorkerGroup', name, [
    must(args.privateSubnetIds.length >= 2, 'privateSubnetIds', 'there must be at least 2, in different zones'),
    ...groupSizes(args.capacity, 0, 10_000),
    wholeNumber('drainSeconds', args.drainSeconds, 0, LONGEST_DRAIN),
    logRetention('logRetentionDays', args.logRetentionDays),
    ...instanceFaults(args),
    ...scalingFaults(args),
    ...offHoursFaults(args.offHours),
  ]);
}

function scalingFaults({ scaling, queue }: WorkerGroupArgs): Fault[] {
  if (scaling.kind === 'target') {
    return [
      must(scaling.jobs > 0, 'scaling.jobs', `${scaling.jobs} must be above 0`),
      wholeNumber('scaling.cooldownSeconds', scaling.cooldownSeconds, 0, 86_400),
    ];
  }
  const waits = [...scaling.out, ...scaling.in].some(({ signal }) => signal === 'wait');
  return [
    ...rulesFaults('scaling', scaling),
    must(
      !waits || queue.library === 'bullmq',
      'scaling',
      `how long a job of ${queue.library} has waited is known to nobody: scale on depth-per-worker`,
    ),
  ];
}
