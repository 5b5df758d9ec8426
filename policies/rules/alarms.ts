import { inspect } from '../judge';
import type { ResourceRule } from '../rule';
import { at, list, present, show, type Value } from '../values';

/** By type: what switches an alarm off, and whom it tells. */
const tellers: Record<string, { on: string; who: string[] }> = {
  'aws:cloudwatch/metricAlarm:MetricAlarm': { on: 'actionsEnabled', who: ['alarmActions'] },
  'aws:cloudwatch/compositeAlarm:CompositeAlarm': { on: 'actionsEnabled', who: ['alarmActions'] },
  'gcp:monitoring/alertPolicy:AlertPolicy': { on: 'enabled', who: ['notificationChannels'] },
  'digitalocean:index/monitorAlert:MonitorAlert': { on: 'enabled', who: ['alerts.emails', 'alerts.slacks'] },
  'digitalocean:index/uptimeAlert:UptimeAlert': { on: 'enabled', who: ['notifications'] },
};

/** A list of addresses, or of notifications that hold one. */
function reaches(value: Value): boolean {
  return list(value).some((each) =>
    typeof each === 'object' && each !== null && ('emails' in each || 'slacks' in each)
      ? present(at(each, 'emails')) || present(at(each, 'slacks'))
      : present(each),
  );
}

export const alarmAction: ResourceRule = {
  id: 'alarm-has-action',
  title: 'An alarm does something when it goes off',
  why: 'An alarm that tells nobody is a graph.',
  mend: "Set alarmActions to the alerts' topic, notificationChannels on Google Cloud, alerts.emails on DigitalOcean (alertEmails).",
  severity: 'advisory',
  controls: ['cdk-nag CloudWatchAlarmAction'],
  scope: 'resource',
  types: Object.keys(tellers),
  check(resource) {
    const { on, who } = tellers[resource.type] ?? { on: 'enabled', who: [] };
    return [
      inspect(resource, [on], (enabled) => (enabled === false ? `${on} is false` : undefined)),
      inspect(resource, who, (...told) => (told.some(reaches) ? undefined : `${who.join(' and ')} is empty`)),
    ];
  },
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
