import * as gcp from '@pulumi/gcp';
import type * as pulumi from '@pulumi/pulumi';
import { type Alarm, severityOf } from '../../alarms';
import { nameOf } from '../../naming';
import type { Condition } from './alarm-shapes';

/** Cloud Monitoring's words for how bad it is. */
const severities = { warning: 'WARNING', critical: 'CRITICAL' } as const;

export interface PolicyArgs {
  channelIds: pulumi.Input<string>[];
  labels?: Record<string, string>;
}

/** One alert: who is told, what it says, and when. It closes by itself half an hour after the last time it was true. */
export function createPolicy(
  name: string,
  alarm: Alarm,
  condition: pulumi.Output<Condition>,
  { channelIds, labels }: PolicyArgs,
  { parent, dependsOn = [] }: { parent: pulumi.Resource; dependsOn?: pulumi.Resource[] },
): gcp.monitoring.AlertPolicy {
  const says = alarm.summary ?? alarm.name;
  return new gcp.monitoring.AlertPolicy(
    nameOf('gcp', name, alarm.name),
    {
      displayName: `${name}: ${alarm.name}`,
      combiner: 'OR',
      conditions: [condition.apply((shape) => ({ displayName: says, ...shape }))],
      severity: severities[severityOf(alarm)],
      notificationChannels: channelIds,
      documentation: { content: says, mimeType: 'text/markdown' },
      alertStrategy: { autoClose: '1800s' },
      userLabels: labels,
    },
    { parent, dependsOn },
  );
}
