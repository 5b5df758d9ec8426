import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { must, refuseFaults } from '../../faults';
import { nameOf } from '../../naming';
import { indexDocument, MAX_DOCUMENT_BYTES } from './document';

export interface IndexRunnerArgs {
  /** AWS region of the instances, e.g. `us-east-1`. Default: the provider's. A change replaces the document. */
  region?: string;
  /**
   * The script for mongosh (`indexScript`). It takes the database's URL from the environment variable MONGO_URL, and
   * running it twice must do no harm. With everything around it at most 64 KB, a third of which base64 costs. A change
   * adds a version of the document, which is the default one from then on.
   */
  script: string;
  /** ARN of the secret that holds the URL. The instances' role must be allowed to read it. */
  secretArn: pulumi.Input<string>;
  /** Name of the scaling group whose instances can reach the database, and have docker and the AWS CLI. */
  targetGroupName: pulumi.Input<string>;
  /**
   * Image with mongosh in it, pinned by tag or digest. Default: MongoDB's official image of the version that the
   * project tests with, from Amazon's public registry, which has no pull limit for instances.
   */
  image?: string;
  tags?: Record<string, string>;
}

const DEFAULT_IMAGE = 'public.ecr.aws/docker/library/mongo:8.0.17';
/** The longest ARN that IAM and its policies know of; a secret's is far shorter. */
const LONGEST_ARN = 2048;

/**
 * Creates the indexes of a document database from inside the network, so that it works with a private endpoint: a
 * command document of Systems Manager that any operator with `ssm:SendCommand` runs on one instance of a scaling group.
 * Nothing runs on deployment; `command` is the line to run. The URL is read on the instance from Secrets Manager, and
 * is neither in the document nor in the command's output.
 *
 * Cost: none. Documents and Run Command on EC2 instances are free; the image is pulled once per instance (about 0.3 GB,
 * 0.045 USD per GB through a NAT gateway).
 *
 * ```ts
 * const runner = new IndexRunner('pulse-prod-indexes-use1', {
 *   region: 'us-east-1', script: indexScript('pulse', indexes), secretArn: databaseUrl.arn,
 *   targetGroupName: api.group.name,
 * });
 * export const createIndexes = runner.command;
 * ```
 */
export class IndexRunner extends pulumi.ComponentResource {
  /** Name of the document, as Run Command takes it. */
  readonly documentName: pulumi.Output<string>;
  /** One line for a shell with the AWS CLI: runs the document on one instance that is in service. */
  readonly command: pulumi.Output<string>;
  readonly document: aws.ssm.Document;

  /** @throws Error that lists every fault of the arguments */
  constructor(name: string, args: IndexRunnerArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseFaults('IndexRunner', name, faultsOf(args));
    super('stackladder:aws:IndexRunner', name, {}, opts);
    this.document = this.createDocument(name, args);
    this.documentName = this.document.name;
    this.command = commandLine(args, this.documentName);
    this.registerOutputs({ documentName: this.documentName, command: this.command });
  }

  private createDocument(name: string, args: IndexRunnerArgs): aws.ssm.Document {
    const { script, image = DEFAULT_IMAGE } = args;
    return new aws.ssm.Document(
      nameOf('aws:ssm/document', name),
      {
        region: args.region,
        documentType: 'Command',
        documentFormat: 'JSON',
        targetType: '/AWS::EC2::Instance',
        content: pulumi.output(args.secretArn).apply((secretArn) => indexDocument({ script, secretArn, image })),
        tags: args.tags,
      },
      { parent: this },
    );
  }
}

function commandLine(args: IndexRunnerArgs, documentName: pulumi.Output<string>): pulumi.Output<string> {
  const region = args.region === undefined ? '' : ` --region ${args.region}`;
  const inService = `AutoScalingGroups[0].Instances[?LifecycleState=='InService'].InstanceId | [0]`;
  const instance = pulumi.interpolate`aws autoscaling describe-auto-scaling-groups${region} --auto-scaling-group-names ${args.targetGroupName} --query "${inService}" --output text`;
  return pulumi.interpolate`aws ssm send-command${region} --document-name ${documentName} --instance-ids "$(${instance})"`;
}

function faultsOf({ script, image = DEFAULT_IMAGE }: IndexRunnerArgs) {
  const bytes = Buffer.byteLength(indexDocument({ script, secretArn: 'x'.repeat(LONGEST_ARN), image }));
  return [
    must(script.trim() !== '', 'script', 'must not be empty'),
    must(
      bytes <= MAX_DOCUMENT_BYTES,
      'script',
      `makes a document of ${bytes} bytes; Systems Manager takes ${MAX_DOCUMENT_BYTES}`,
    ),
    must(
      /^[^\s'"]+(:(?!latest$)[\w][\w.-]*|@sha256:[0-9a-f]{64})$/.test(image),
      'image',
      `"${image}" must be pinned by a tag other than latest, or by digest`,
    ),
  ];
}
