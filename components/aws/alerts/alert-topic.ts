import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { emailAddresses, noTwice, refuseFaults } from '../../faults';
import { nameOf } from '../../naming';
import { keyPolicy, topicPolicy } from './topic-policies';

export interface AlertTopicArgs {
  /** AWS region, e.g. `us-east-1`: alarms tell topics of their own region. Default: the provider's. */
  region?: string;
  /** Who is told. Each address gets a message to confirm, and nothing before it does. May be empty. */
  emails: string[];
  tags?: Record<string, string>;
}

/**
 * Where alarms of a region go, and from there by e-mail to people. Encrypted with a key of its own, because AWS's
 * shared SNS key does not let CloudWatch in: alarms on such a topic fail in silence.
 *
 * Cost: 1.00 USD a month for the key; the e-mails of a month are within the free thousand.
 *
 * ```ts
 * const topic = new AlertTopic('pulse-prod-alerts-use1', { region: 'us-east-1', emails: ['ops@example.com'] });
 * ```
 */
export class AlertTopic extends pulumi.ComponentResource {
  /** ARN for alarm actions, known once CloudWatch may publish. */
  readonly arn: pulumi.Output<string>;
  readonly topic: aws.sns.Topic;
  readonly key: aws.kms.Key;

  /** @throws Error that lists every fault of the arguments */
  constructor(name: string, args: AlertTopicArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseFaults('AlertTopic', name, [...emailAddresses('emails', args.emails), ...noTwice('emails', args.emails)]);
    super('stackladder:aws:AlertTopic', name, {}, opts);
    const { key, policy } = this.createKey(name, args);
    this.key = key;
    this.topic = new aws.sns.Topic(
      nameOf('aws:sns/topic', name),
      { region: args.region, kmsMasterKeyId: this.key.arn, tags: args.tags },
      { parent: this },
    );
    this.arn = this.letAlarmsPublish(name, args, policy).arn;
    for (const email of args.emails) this.tell(name, email, args);
    this.registerOutputs({ arn: this.arn });
  }

  /**
   * The key is made with AWS's default policy, which makes the account its owner; the policy that CloudWatch needs
   * comes second, because it names the account, and the key's ARN is what tells it without asking AWS.
   */
  private createKey(name: string, args: AlertTopicArgs): { key: aws.kms.Key; policy: aws.kms.KeyPolicy } {
    const { region, tags } = args;
    const key = new aws.kms.Key(
      nameOf('aws:kms', name),
      { region, description: `Alerts of ${name}`, enableKeyRotation: true, deletionWindowInDays: 7, tags },
      { parent: this },
    );
    const policy = new aws.kms.KeyPolicy(
      nameOf('aws:kms', name),
      { region, keyId: key.id, policy: key.arn.apply((arn) => JSON.stringify(keyPolicy(arn))) },
      { parent: this },
    );
    return { key, policy };
  }

  private letAlarmsPublish(name: string, args: AlertTopicArgs, keyPolicy: aws.kms.KeyPolicy): aws.sns.TopicPolicy {
    return new aws.sns.TopicPolicy(
      nameOf('aws:sns/topic', name),
      {
        region: args.region,
        arn: this.topic.arn,
        policy: this.topic.arn.apply((arn) => JSON.stringify(topicPolicy(arn))),
      },
      // Without the key, leave to publish is worth nothing: who waits for this one waits for both.
      { parent: this, dependsOn: [keyPolicy] },
    );
  }

  private tell(name: string, email: string, args: AlertTopicArgs): void {
    new aws.sns.TopicSubscription(
      nameOf('aws:sns/topic', name, email),
      { region: args.region, topic: this.topic.arn, protocol: 'email', endpoint: email },
      { parent: this },
    );
  }
}
