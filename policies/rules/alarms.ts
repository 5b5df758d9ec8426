import { inspect } from '../judge';
import type { ResourceRule } from '../rule';
import { present, show } from '../values';

export const alarmAction: ResourceRule = {
  id: 'alarm-has-action',
  title: 'An alarm does something when it goes off',
  why: 'An alarm that tells nobody is a graph.',
  mend: "Set alarmActions to the alerts' topic.",
  severity: 'advisory',
  controls: ['cdk-nag CloudWatchAlarmAction'],
  scope: 'resource',
  types: ['aws:cloudwatch/metricAlarm:MetricAlarm', 'aws:cloudwatch/compositeAlarm:CompositeAlarm'],
  check: (resource) => [
    inspect(resource, ['actionsEnabled'], (enabled) => (enabled === false ? 'actionsEnabled is false' : undefined)),
    inspect(resource, ['alarmActions'], (actions) => (present(actions) ? undefined : 'alarmActions is empty')),
  ],
};

export const topicEncrypted: ResourceRule = {
  id: 'topic-encrypted',
  title: 'A topic is encrypted with a key that alarms may use',
  why: 'Alerts name hosts and customers. With the key alias/aws/sns CloudWatch cannot publish, and alarms are lost.',
  mend: 'Set kmsMasterKeyId to a key whose policy lets cloudwatch.amazonaws.com use it.',
  severity: 'mandatory',
  controls: ['Checkov CKV_AWS_26'],
  scope: 'resource',
  types: ['aws:sns/topic:Topic'],
  check: (resource) => [
    inspect(resource, ['kmsMasterKeyId'], (key) => {
      if (!present(key)) return 'kmsMasterKeyId is not set';
      return typeof key === 'string' && key.endsWith('alias/aws/sns') ? `kmsMasterKeyId is ${show(key)}` : undefined;
    }),
  ],
};

export const alarmRules = [alarmAction, topicEncrypted];
