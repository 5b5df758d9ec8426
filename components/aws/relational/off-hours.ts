import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import type { OffHoursPlan } from '../../../plan/types';
import { nameOf } from '../../naming';

export interface DatabaseHoursArgs {
  region: string;
  kind: 'instance' | 'cluster';
  identifier: pulumi.Input<string>;
  arn: pulumi.Input<string>;
  hours: OffHoursPlan;
  tags?: Record<string, string>;
}

const days = ['MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN'];

/** EventBridge Scheduler's cron: minutes, hours, day of month, month, day of week, year. */
export function cronOf(clock: string, on: number[]): string {
  const [hour, minute] = clock.split(':').map(Number);
  return `cron(${minute} ${hour} ? * ${on.map((day) => days[day - 1]).join(',')} *)`;
}

/**
 * Stops a database when work ends and starts it when work begins; its storage stays and is paid. RDS stops no instance
 * that has replicas, and starts what was stopped again after seven days by itself. Where it is stopped, nothing of it can
 * be changed: an update of the stack belongs into the hours of work.
 *
 * Cost: none; EventBridge Scheduler's first 14 million calls a month are free.
 */
export class DatabaseHours extends pulumi.ComponentResource {
  constructor(name: string, args: DatabaseHoursArgs, opts?: pulumi.ComponentResourceOptions) {
    super('stackladder:aws:DatabaseHours', name, {}, opts);
    const { kind, hours } = args;
    const what = kind === 'cluster' ? 'DBCluster' : 'DBInstance';
    const { role, policy } = this.createRole(name, args, [`rds:Start${what}`, `rds:Stop${what}`]);
    const key = kind === 'cluster' ? 'DbClusterIdentifier' : 'DbInstanceIdentifier';
    const input = pulumi.output(args.identifier).apply((identifier) => JSON.stringify({ [key]: identifier }));
    for (const [verb, clock] of [
      ['start', hours.from],
      ['stop', hours.to],
    ] as const) {
      new aws.scheduler.Schedule(
        nameOf('aws:scheduler/schedule', name, verb),
        {
          region: args.region,
          description: `Off-hours: ${verb}s the database`,
          scheduleExpression: cronOf(clock, hours.days),
          scheduleExpressionTimezone: hours.timezone,
          flexibleTimeWindow: { mode: 'OFF' },
          target: { arn: `arn:aws:scheduler:::aws-sdk:rds:${verb}${what}`, roleArn: role.arn, input },
        },
        { parent: this, dependsOn: [policy] },
      );
    }
    this.registerOutputs({});
  }

  private createRole(name: string, { arn, tags }: DatabaseHoursArgs, actions: string[]) {
    const assume = { Effect: 'Allow', Principal: { Service: 'scheduler.amazonaws.com' }, Action: 'sts:AssumeRole' };
    const role = new aws.iam.Role(
      nameOf('aws:iam/role', name),
      {
        description: 'Stops and starts one database',
        assumeRolePolicy: JSON.stringify({ Version: '2012-10-17', Statement: [assume] }),
        tags,
      },
      { parent: this },
    );
    const policy = new aws.iam.RolePolicy(
      nameOf('aws:iam/policy', name),
      {
        role: role.name,
        policy: pulumi.output(arn).apply((database) =>
          JSON.stringify({
            Version: '2012-10-17',
            Statement: [{ Effect: 'Allow', Action: actions, Resource: [database] }],
          }),
        ),
      },
      { parent: this },
    );
    return { role, policy };
  }
}
