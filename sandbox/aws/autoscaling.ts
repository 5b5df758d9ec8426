import { CloudError, problem } from '../model/errors';
import { uuid } from '../model/ids';
import { number, text, texts } from '../model/reading';
import type { Cloud } from '../model/cloud';
import type { Reference, ResourceType } from '../model/resource-type';
import type { Bag } from '../model/values';
import { mixedProblems, policyProblems, scheduleProblems } from './autoscaling-checks';
import { aws, between, exactlyOne, named, toSubnet } from './parts';

const template = aws('ec2', 'LaunchTemplate');

export const group: ResourceType = {
  token: aws('autoscaling', 'Group'),
  naming: named(255, {
    pattern: /^[^:]+$/,
    rule: 'ValidationError: a group name has no colon',
    taken: {
      code: 'AlreadyExists',
      sentence: () => 'AutoScalingGroup by this name already exists - A group already exists with this name',
    },
  }),
  required: ['maxSize', 'minSize'],
  references: [
    // Its instances sit in the subnets.
    toSubnet('vpcZoneIdentifiers.*'),
    { path: 'launchTemplate.id', to: [template], error: 'InvalidLaunchTemplateId.NotFound' },
    { path: 'launchTemplate.name', to: [template], error: 'InvalidLaunchTemplateName.NotFoundException' },
    {
      path: 'mixedInstancesPolicy.launchTemplate.launchTemplateSpecification.launchTemplateId',
      to: [template],
      error: 'InvalidLaunchTemplateId.NotFound',
    },
    { path: 'targetGroupArns.*', to: [aws('lb', 'TargetGroup')], error: 'ValidationError' },
  ],
  enumerations: {
    healthCheckType: ['EC2', 'ELB', 'EC2,ELB', 'EBS'],
    'instanceRefresh.strategy': ['Rolling', 'ReplaceRootVolume'],
    'mixedInstancesPolicy.instancesDistribution.spotAllocationStrategy': [
      'lowest-price',
      'capacity-optimized',
      'capacity-optimized-prioritized',
      'price-capacity-optimized',
    ],
  },
  replaceOn: ['initialLifecycleHooks', 'name', 'namePrefix'],
  sets: ['vpcZoneIdentifiers', 'targetGroupArns', 'enabledMetrics', 'tags', 'suspendedProcesses', 'availabilityZones'],
  keeps: ['desiredCapacity', 'availabilityZones', 'healthCheckType', 'defaultCooldown'],
  computed: [
    'arn',
    'availabilityZones',
    'desiredCapacity',
    'predictedCapacity',
    'serviceLinkedRoleArn',
    'warmPoolSize',
  ],
  defaults: {
    defaultCooldown: 300,
    forceDelete: false,
    healthCheckGracePeriod: 300,
    healthCheckType: 'EC2',
    metricsGranularity: '1Minute',
    protectFromScaleIn: false,
    waitForCapacityTimeout: '10m',
  },
  check: (inputs) => {
    const problems = [
      ...exactlyOne(inputs, ['launchConfiguration', 'launchTemplate', 'mixedInstancesPolicy']),
      ...mixedProblems(inputs),
    ];
    const [min, max] = ['minSize', 'maxSize'].map((key) => number(inputs, key));
    if (min !== undefined && max !== undefined && min > max) {
      problems.push(
        problem('minSize', `ValidationError: Max bound, ${max}, must be greater than or equal to min bound, ${min}`),
      );
    }
    return problems;
  },
  create: ({ inputs, cloud }) => {
    versionExists(inputs, cloud);
    desiredInside(inputs);
    const name = text(inputs, 'name') ?? '';
    const zones = texts(inputs, 'vpcZoneIdentifiers').map((id) => {
      const subnet = cloud.find([aws('ec2', 'Subnet')], id);
      return text(subnet?.inputs, 'availabilityZone') ?? text(subnet?.state, 'availabilityZone') ?? `${cloud.region}a`;
    });
    return {
      id: name,
      state: {
        arn: cloud.arn('autoscaling', `autoScalingGroup:${uuid()}:autoScalingGroupName/${name}`),
        ...(inputs.availabilityZones === undefined ? { availabilityZones: [...new Set(zones)].sort() } : {}),
        ...(inputs.desiredCapacity === undefined ? { desiredCapacity: number(inputs, 'minSize') ?? 0 } : {}),
        predictedCapacity: 0,
        serviceLinkedRoleArn: `arn:aws:iam::${cloud.account}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling`,
        warmPoolSize: 0,
      },
    };
  },
  update: ({ record, inputs, changed, cloud }) => {
    if (changed.includes('launchTemplate') || changed.includes('mixedInstancesPolicy')) versionExists(inputs, cloud);
    const [min, max] = [number(inputs, 'minSize') ?? 0, number(inputs, 'maxSize') ?? Infinity];
    const own = inputs.desiredCapacity !== undefined;
    const desired = number(own ? inputs : record.state, 'desiredCapacity') ?? min;
    if (changed.includes('desiredCapacity')) desiredInside(inputs);
    // New bounds move a capacity that lies outside of them.
    const within = Math.min(Math.max(desired, min), max);
    const waited = ['minSize', 'desiredCapacity'].some((key) => changed.includes(key)) && waits(inputs);
    if (waited && within !== desired) throw waitedInVain(record.id, desired, within);
    if (own) inputs.desiredCapacity = within;
    else return { state: { desiredCapacity: within } };
  },
};

/** Said by the cloud alone: what the program ignores may lie outside of new bounds, and is not sent. */
function desiredInside(inputs: Bag): void {
  const [min = 0, max = Infinity, desired] = ['minSize', 'maxSize', 'desiredCapacity'].map((key) =>
    number(inputs, key),
  );
  if (desired === undefined || (desired >= min && desired <= max)) return;
  const sentence = `Desired capacity:${desired} must be between the specified min size:${min} and max size:${max}`;
  throw new CloudError('ValidationError', sentence);
}

/** A time that is zero turns the provider's waiting off. */
const waits = (inputs: Bag): boolean => !/^0+[a-z]*$/.test(text(inputs, 'waitForCapacityTimeout') ?? '10m');

/**
 * After a change of the least or of the capacity the provider waits for exactly as many instances as it was told last, and the cloud has moved
 * the group to its new bounds by then (terraform-provider-aws, internal/service/autoscaling/group.go).
 */
function waitedInVain(name: string, wanted: number, there: number): CloudError {
  const sentence = `waiting for Auto Scaling Group (${name}) capacity satisfied: timeout: want exactly ${wanted} healthy instance(s) in Auto Scaling Group, have ${there}`;
  return new CloudError('timeout', sentence);
}

function versionExists(inputs: Bag, cloud: Cloud): void {
  const mixed = 'mixedInstancesPolicy.launchTemplate.launchTemplateSpecification';
  const version = text(inputs, 'launchTemplate.version') ?? text(inputs, `${mixed}.version`);
  const id = text(inputs, 'launchTemplate.id') ?? text(inputs, `${mixed}.launchTemplateId`);
  const found = cloud.find([template], id ?? text(inputs, 'launchTemplate.name') ?? '');
  if (version === undefined || !found || version.startsWith('$')) return;
  const latest = number(found.state, 'latestVersion') ?? 1;
  if (!/^\d+$/.test(version) || Number(version) < 1 || Number(version) > latest) {
    const sentence = `You must use a valid fully-formed launch template. Could not find launch template version '${version}'`;
    throw new CloudError('InvalidLaunchTemplateId.VersionNotFound', sentence);
  }
}

const toGroup: Reference = { path: 'autoscalingGroupName', to: [group.token], error: 'ValidationError' };
/** Names are unique within their group. */
const within = (inputs: Bag, property: string): string =>
  `${text(inputs, 'autoscalingGroupName')}/${text(inputs, property)}`;

export const policy: ResourceType = {
  token: aws('autoscaling', 'Policy'),
  naming: named(255),
  required: ['autoscalingGroupName'],
  references: [toGroup],
  enumerations: {
    policyType: ['SimpleScaling', 'StepScaling', 'TargetTrackingScaling', 'PredictiveScaling'],
    adjustmentType: ['ChangeInCapacity', 'ExactCapacity', 'PercentChangeInCapacity'],
    metricAggregationType: ['Minimum', 'Maximum', 'Average'],
  },
  replaceOn: ['autoscalingGroupName', 'name'],
  keeps: ['metricAggregationType'],
  computed: ['arn'],
  defaults: { policyType: 'SimpleScaling', enabled: true },
  check: policyProblems,
  create: ({ inputs, cloud }) => {
    const [asg, name] = [text(inputs, 'autoscalingGroupName'), text(inputs, 'name')];
    const arn = cloud.arn('autoscaling', `scalingPolicy:${uuid()}:autoScalingGroupName/${asg}:policyName/${name}`);
    return { id: within(inputs, 'name'), state: { arn } };
  },
};

export const lifecycleHook: ResourceType = {
  token: aws('autoscaling', 'LifecycleHook'),
  naming: named(255, {
    pattern: /^[A-Za-z0-9_/-]+$/,
    rule: 'no spaces or special characters except "-", "_", and "/"',
  }),
  required: ['autoscalingGroupName', 'lifecycleTransition'],
  references: [toGroup],
  enumerations: {
    lifecycleTransition: ['autoscaling:EC2_INSTANCE_LAUNCHING', 'autoscaling:EC2_INSTANCE_TERMINATING'],
    defaultResult: ['CONTINUE', 'ABANDON'],
  },
  replaceOn: ['name'],
  keeps: ['defaultResult'],
  computed: [],
  defaults: { defaultResult: 'ABANDON' },
  check: (inputs) => between(inputs, 'heartbeatTimeout', 30, 7200),
  create: ({ inputs }) => ({ id: within(inputs, 'name'), state: {} }),
};

export const schedule: ResourceType = {
  token: aws('autoscaling', 'Schedule'),
  required: ['autoscalingGroupName', 'scheduledActionName'],
  references: [toGroup],
  replaceOn: ['autoscalingGroupName', 'scheduledActionName'],
  keeps: ['minSize', 'maxSize', 'desiredCapacity', 'startTime', 'endTime', 'timeZone'],
  computed: ['arn'],
  check: scheduleProblems,
  create: ({ inputs, cloud }) => {
    const [asg, name] = [text(inputs, 'autoscalingGroupName'), text(inputs, 'scheduledActionName')];
    const moments = cloud.all(schedule.token).map((other) => momentOf(other.inputs));
    if (inputs.recurrence !== undefined && moments.includes(momentOf(inputs))) {
      throw new CloudError('AlreadyExists', 'Scheduled action with this start time already exists');
    }
    const arn = cloud.arn(
      'autoscaling',
      `scheduledUpdateGroupAction:${uuid()}:autoScalingGroupName/${asg}:scheduledActionName/${name}`,
    );
    return { id: within(inputs, 'scheduledActionName'), state: { arn } };
  },
  // The provider sends the start that AWS worked out when the action was made, and from the first run on that is past: the
  // sandbox, where no time goes by, stands on the day after (terraform-provider-aws, internal/service/autoscaling/schedule.go).
  update: () => {
    throw new CloudError('ValidationError', 'Given start time is in the past');
  },
};

/** When a recurring action begins: no two of a group may at once. */
function momentOf(inputs: Bag): string {
  return ['autoscalingGroupName', 'recurrence', 'timeZone'].map((key) => text(inputs, key)).join(' ');
}

export const autoscaling = [group, policy, lifecycleHook, schedule];
