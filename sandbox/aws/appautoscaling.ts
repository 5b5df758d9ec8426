import { CloudError, problem } from '../model/errors';
import { number, text } from '../model/reading';
import type { Cloud } from '../model/cloud';
import type { ResourceType } from '../model/resource-type';
import type { Bag } from '../model/values';
import { aws, between } from './parts';
import { cluster } from './rds/cluster';

const identity = ['resourceId', 'scalableDimension', 'serviceNamespace'];
const toRds = { scalableDimension: ['rds:cluster:ReadReplicaCount'], serviceNamespace: ['rds'] };

/** What is scaled must be there: `cluster:<identifier>`. */
function clusterOf(inputs: Bag, cloud: Cloud): void {
  const name = (text(inputs, 'resourceId') ?? '').replace(/^cluster:/, '');
  if (cloud.find([cluster.token], name)) return;
  throw new CloudError('ValidationException', `Resource Id ${text(inputs, 'resourceId')} does not exist`);
}

export const scalableTarget: ResourceType = {
  token: aws('appautoscaling', 'Target'),
  required: [...identity, 'maxCapacity', 'minCapacity'],
  enumerations: toRds,
  replaceOn: identity,
  keeps: ['roleArn', 'suspendedState'],
  computed: ['arn', 'roleArn', 'tagsAll'],
  check: (inputs) => {
    const [min, max] = [number(inputs, 'minCapacity'), number(inputs, 'maxCapacity')];
    const problems = between(inputs, 'maxCapacity', 0, 15);
    if (min !== undefined && max !== undefined && min > max) {
      problems.push(problem('minCapacity', 'ValidationException: Minimum capacity cannot be above maximum capacity'));
    }
    return problems;
  },
  create: ({ inputs, cloud }) => {
    clusterOf(inputs, cloud);
    const role =
      'aws-service-role/rds.application-autoscaling.amazonaws.com/AWSServiceRoleForApplicationAutoScaling_RDSCluster';
    return {
      id: text(inputs, 'resourceId') ?? '',
      state: {
        arn: cloud.arn('application-autoscaling', `scalable-target/${text(inputs, 'resourceId')}`),
        roleArn: cloud.arn('iam', `role/${role}`, ''),
      },
    };
  },
};

export const scalingPolicy: ResourceType = {
  token: aws('appautoscaling', 'Policy'),
  naming: { property: 'name', max: 255 },
  required: identity,
  enumerations: {
    ...toRds,
    policyType: ['StepScaling', 'TargetTrackingScaling', 'PredictiveScaling'],
    'targetTrackingScalingPolicyConfiguration.predefinedMetricSpecification.predefinedMetricType': [
      'RDSReaderAverageCPUUtilization',
      'RDSReaderAverageDatabaseConnections',
    ],
  },
  replaceOn: ['name', ...identity],
  computed: ['alarmArns', 'arn'],
  defaults: { policyType: 'StepScaling' },
  create: ({ inputs, cloud }) => {
    const name = text(inputs, 'name') ?? '';
    if (!cloud.find([scalableTarget.token], text(inputs, 'resourceId') ?? '')) {
      const sentence = 'No scalable target registered for service namespace: rds';
      throw new CloudError('ObjectNotFoundException', sentence);
    }
    const arn = cloud.arn('autoscaling', `scalingPolicy:${name}`);
    return { id: name, state: { arn, alarmArns: [cloud.arn('cloudwatch', `alarm:TargetTracking-${name}`)] } };
  },
};

export const appautoscaling = [scalableTarget, scalingPolicy];
