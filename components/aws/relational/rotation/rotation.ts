import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { nameOf } from '../../../naming';
import { rotationPolicy } from './policy';
import { rotationSource } from './source';

export interface PasswordRotationArgs {
  region: string;
  database: RotatedDatabase;
  /** ARN of the secret that holds the password alone. Only this function writes it. */
  passwordSecretArn: pulumi.Input<string>;
  /** Secrets that are written anew with each password. */
  targets: RotationTarget[];
  /** Days between two rotations. */
  days: number;
  /** Characters of a password. */
  passwordLength: number;
  logRetentionDays: number;
  tags?: Record<string, string>;
}

export interface RotatedDatabase {
  kind: 'instance' | 'cluster';
  identifier: pulumi.Input<string>;
  arn: pulumi.Input<string>;
}

export interface RotationTarget {
  secretArn: pulumi.Input<string>;
  /** The secret's whole text, with `{password}` where the password goes. */
  template: pulumi.Input<string>;
}

/** A change of a password on an instance takes seconds; one that waits for a restart, minutes. Lambda's own limit. */
const TIMEOUT_SECONDS = 900;

/**
 * Gives a database a new password every so many days, and writes it to all that derives from it. RDS has a rotation of
 * its own, but refuses it on an instance with read replicas, and what it writes is no URL.
 *
 * The function is the one owner of the password from the first on: the program makes the database with a password that
 * the function changes before anybody could use it, so no later update can put an old one back. From the change on
 * the server until services start again with the new secret (some four minutes: `watchSecretsPart`) new connections with
 * the old password fail; open ones stay.
 *
 * Cost: 0.20 USD per million calls and 0.0000166667 per GB-second: 15 minutes at 128 MB once a month are 0.002 USD.
 *
 * ```ts
 * new PasswordRotation('sv-sdk-prod-rotation', {
 *   region: 'us-east-1', database: { kind: 'instance', identifier: db.identifier, arn: db.arn },
 *   passwordSecretArn: password.arn, targets: [{ secretArn: url.arn, template: 'postgres://app:{password}@…' }],
 *   days: 30, passwordLength: 40, logRetentionDays: 90,
 * });
 * ```
 */
export class PasswordRotation extends pulumi.ComponentResource {
  readonly function: aws.lambda.Function;
  /** Done once every secret holds the password of today: who reads one waits for this. */
  readonly inStep: pulumi.Output<string>;

  constructor(name: string, args: PasswordRotationArgs, opts?: pulumi.ComponentResourceOptions) {
    super('stackladder:aws:PasswordRotation', name, {}, opts);
    const targets = pulumi
      .all(args.targets.map(({ secretArn, template }) => pulumi.all({ secret: secretArn, template })))
      .apply((all) => JSON.stringify(all));
    const logs = new aws.cloudwatch.LogGroup(
      nameOf('aws:cloudwatch/logGroup', name),
      { region: args.region, retentionInDays: args.logRetentionDays, tags: args.tags },
      { parent: this },
    );
    const { role, policy } = this.createRole(name, args, logs);
    this.function = this.createFunction(name, args, { role, logs, targets });
    const sync = this.synchronise(name, args, targets, policy);
    this.inStep = sync.id;
    this.schedule(name, args, sync);
    this.registerOutputs({ inStep: this.inStep });
  }

  private createRole(name: string, args: PasswordRotationArgs, logs: aws.cloudwatch.LogGroup) {
    const role = new aws.iam.Role(
      nameOf('aws:iam/role', name),
      {
        description: 'Rotates the password of one database',
        assumeRolePolicy: JSON.stringify({
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
        }),
        tags: args.tags,
      },
      { parent: this },
    );
    const secrets = [args.passwordSecretArn, ...args.targets.map(({ secretArn }) => secretArn)];
    const policy = new aws.iam.RolePolicy(
      nameOf('aws:iam/policy', name),
      {
        role: role.name,
        policy: pulumi
          .all([pulumi.all(secrets), args.database.arn, logs.arn])
          .apply(([arns, database, group]) => JSON.stringify(rotationPolicy(arns, database, group))),
      },
      { parent: this },
    );
    return { role, policy };
  }

  private createFunction(
    name: string,
    { region, database, passwordSecretArn, passwordLength, tags }: PasswordRotationArgs,
    { role, logs, targets }: { role: aws.iam.Role; logs: aws.cloudwatch.LogGroup; targets: pulumi.Output<string> },
  ): aws.lambda.Function {
    return new aws.lambda.Function(
      nameOf('aws:lambda/function', name),
      {
        region,
        description: 'Rotates the password of one database, and what is derived from it',
        runtime: aws.lambda.Runtime.Python3d13,
        architectures: ['arm64'],
        handler: 'rotate.handler',
        code: new pulumi.asset.AssetArchive({ 'rotate.py': new pulumi.asset.StringAsset(rotationSource) }),
        role: role.arn,
        timeout: TIMEOUT_SECONDS,
        memorySize: 128,
        environment: {
          variables: {
            DATABASE_KIND: database.kind,
            DATABASE_IDENTIFIER: database.identifier,
            PASSWORD_SECRET: passwordSecretArn,
            PASSWORD_LENGTH: String(passwordLength),
            TARGETS: targets,
          },
        },
        loggingConfig: { logFormat: 'JSON', logGroup: logs.name },
        tags,
      },
      { parent: this },
    );
  }

  /** Runs at the first update, and again when an address or a reader is another: never with a secret in its input. */
  private synchronise(
    name: string,
    { region }: PasswordRotationArgs,
    targets: pulumi.Output<string>,
    policy: pulumi.Resource,
  ) {
    return new aws.lambda.Invocation(
      nameOf('aws:lambda/function', name, 'sync'),
      {
        region,
        functionName: this.function.name,
        input: targets.apply((list) => JSON.stringify({ operation: 'sync', targets: JSON.parse(list) as unknown })),
        triggers: { targets },
      },
      { parent: this, dependsOn: [policy], customTimeouts: { create: '20m' } },
    );
  }

  private schedule(name: string, args: PasswordRotationArgs, sync: aws.lambda.Invocation): void {
    const { region, passwordSecretArn: secretId, days } = args;
    const allowed = new aws.lambda.Permission(
      nameOf('aws:lambda/function', name, 'secrets-manager'),
      {
        region,
        function: this.function.name,
        action: 'lambda:InvokeFunction',
        principal: 'secretsmanager.amazonaws.com',
        sourceArn: secretId,
      },
      { parent: this },
    );
    new aws.secretsmanager.SecretRotation(
      nameOf('aws:secretsmanager/secret', name),
      {
        region,
        secretId,
        rotationLambdaArn: this.function.arn,
        rotationRules: { automaticallyAfterDays: days },
        rotateImmediately: false, // the password of the first update is new as it is
      },
      // Secrets Manager tries the function when it is told of it, with a secret that must have a value by then.
      { parent: this, dependsOn: [allowed, sync] },
    );
  }
}
