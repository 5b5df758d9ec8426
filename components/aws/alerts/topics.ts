import type * as pulumi from '@pulumi/pulumi';
import { type Alarm, severityOf } from '../../alarms';

/** ARNs of the topics that alarms tell, warnings apart from what somebody must get up for. */
export interface Topics {
  critical: pulumi.Input<string>;
  /** Default: as the critical ones. */
  warning?: pulumi.Input<string>;
}

export function topicOf(alarm: Pick<Alarm, 'severity'>, { critical, warning }: Topics): pulumi.Input<string> {
  return severityOf(alarm) === 'warning' ? (warning ?? critical) : critical;
}

/** What the message says; with the severity in front where the guide knows two. */
export function descriptionOf({
  name,
  severity,
  summary = name,
}: Pick<Alarm, 'name' | 'severity' | 'summary'>): string {
  return severity === undefined ? summary : `${severity}: ${summary}`;
}
