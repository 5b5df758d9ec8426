import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import type { OffHoursPlan, ScheduledSqlPlan } from '../../../plan/types';
import { type Fault, must, refuseFaults } from '../../faults';
import { nameOf } from '../../naming';
import { MAX_DOCUMENT_BYTES } from '../index-runner/document';
import { morningCron, schedulerCron } from './calendar';
import { sqlDocument } from './document';
import { createSender } from './sender';

/** The plan's name is a part of the lock in the database. */
export interface ScheduledSqlArgs extends ScheduledSqlPlan {
  /** AWS region of the instances, e.g. `us-east-1`. */
  region: string;
  /** ARN of the secret that holds the database's URL. */
  secretArn: pulumi.Input<string>;
  /** The scaling group whose instances can reach the database, and have docker and the AWS CLI. */
  group: aws.autoscaling.Group;
  /** Their role, which gets leave to read the secret. */
  role: aws.iam.Role;
  /** With hours when there is no instance the SQL runs on every morning of work too. Default: always on. */
  offHours?: OffHoursPlan;
  tags?: Record<string, string>;
}

/** The longest ARN that IAM and its policies know of; a secret's is far shorter. */
const LONGEST_ARN = 2048;

/**
 * SQL by the calendar, from inside the network: EventBridge Scheduler sends a command document to the instances of a
 * group, one after the other, and each finds under the SQL's lock that the one before has done it. New SQL changes the
 * document and no instance. What a run said is in the history of Run Command.
 *
 * Cost: none. Scheduler's first 14 million calls a month and Run Command on EC2 are free.
 *
 * ```ts
 * new ScheduledSql('mercenary-prod-partitions', {
 *   region: 'us-east-1', name: 'partitions', schedule: '0 2 25 * *', sql, summary: 'Partitions of the next months',
 *   secretArn: databaseUrl.arn, group: api.group, role: api.role,
 * });
 * ```
 */
export class ScheduledSql extends pulumi.ComponentResource {
  readonly document: aws.ssm.Document;
  readonly schedules: aws.scheduler.Schedule[];

  /** @throws Error that lists every fault of the arguments */
  constructor(name: string, args: ScheduledSqlArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseFaults('ScheduledSql', name, faultsOf(args));
    super('stackladder:aws:ScheduledSql', name, {}, opts);
    this.document = this.createDocument(name, args);
    const ready = [this.letRead(name, args)];
    const { role, policy } = createSender({ name, tags: args.tags, parent: this }, this.document, args.group);
    ready.push(policy);
    this.schedules = timesOf(args).map(([part, scheduleExpression, scheduleExpressionTimezone]) => {
      const target = {
        arn: 'arn:aws:scheduler:::aws-sdk:ssm:sendCommand',
        roleArn: role.arn,
        input: this.command(args),
      };
      return new aws.scheduler.Schedule(
        nameOf('aws:scheduler/schedule', name, part),
        {
          region: args.region,
          description: args.summary,
          scheduleExpression,
          scheduleExpressionTimezone,
          flexibleTimeWindow: { mode: 'OFF' },
          target,
        },
        { parent: this, dependsOn: ready },
      );
    });
    this.registerOutputs({ documentName: this.document.name });
  }

  /** Run Command's own words: one instance after the other. */
  private command({ group }: ScheduledSqlArgs): pulumi.Output<string> {
    return pulumi.all([this.document.name, group.name]).apply(([DocumentName, groupName]) =>
      JSON.stringify({
        DocumentName,
        Targets: [{ Key: 'tag:aws:autoscaling:groupName', Values: [groupName] }],
        MaxConcurrency: '1',
        // One that is just starting has no docker yet, and must not keep the others from it.
        MaxErrors: '100%',
      }),
    );
  }

  private createDocument(name: string, args: ScheduledSqlArgs): aws.ssm.Document {
    const content = pulumi.output(args.secretArn).apply((secretArn) => sqlDocument({ ...textOf(args), secretArn }));
    return new aws.ssm.Document(
      nameOf('aws:ssm/document', name),
      {
        region: args.region,
        documentType: 'Command',
        documentFormat: 'JSON',
        targetType: '/AWS::EC2::Instance',
        content,
        tags: args.tags,
      },
      { parent: this },
    );
  }

  private letRead(name: string, { role, secretArn }: ScheduledSqlArgs): aws.iam.RolePolicy {
    const policy = pulumi.output(secretArn).apply((arn) =>
      JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Sid: 'DatabaseUrl', Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', Resource: arn }],
      }),
    );
    return new aws.iam.RolePolicy(nameOf('aws:iam/policy', name, 'url'), { role: role.name, policy }, { parent: this });
  }
}

const textOf = ({ name, sql }: ScheduledSqlArgs) => ({ name, sql });

function timesOf({ schedule, offHours }: ScheduledSqlArgs): [part: string, expression: string, timezone: string][] {
  return [
    ['calendar', schedulerCron(schedule), 'UTC'],
    ...(offHours ? [['morning', morningCron(offHours), offHours.timezone] as [string, string, string]] : []),
  ];
}

function faultsOf(args: ScheduledSqlArgs): Fault[] {
  const bytes = Buffer.byteLength(sqlDocument({ ...textOf(args), secretArn: 'x'.repeat(LONGEST_ARN) }));
  return [
    must(args.sql.trim() !== '', 'sql', 'must not be empty'),
    must(
      bytes <= MAX_DOCUMENT_BYTES,
      'sql',
      `makes a document of ${bytes} bytes; Systems Manager takes ${MAX_DOCUMENT_BYTES}`,
    ),
    scheduleFault(args.schedule),
  ];
}

function scheduleFault(schedule: string): Fault {
  try {
    schedulerCron(schedule);
    return undefined;
  } catch (error) {
    return `schedule: ${(error as Error).message}`;
  }
}
