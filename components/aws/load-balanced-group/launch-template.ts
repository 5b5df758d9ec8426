import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { nameOf } from '../../naming';
import type { GroupContext, InstanceArgs } from './arguments';
import { poolerOptions, queueOptions, secretArns } from './beside';
import { amazonLinux } from './machine-image';
import { plainVariables } from '../../instances/plain-variables';
import { fitting, userData } from './user-data';

/**
 * How an instance is made: no public address, no key, metadata by session tokens alone and one hop away, an encrypted
 * disk. Every change is a new version of the one template.
 */
export function createLaunchTemplate(
  context: GroupContext,
  args: InstanceArgs,
  parts: {
    profile: aws.iam.InstanceProfile;
    securityGroup: aws.ec2.SecurityGroup;
    logGroup: aws.cloudwatch.LogGroup;
    /** The group's hook that waits until a running job has ended. */
    drainHook?: string;
  },
): aws.ec2.LaunchTemplate {
  const { name, region, tags, parent } = context;
  const instanceTags = { ...tags, Name: name };
  return new aws.ec2.LaunchTemplate(
    nameOf('aws:ec2/launchTemplate', name),
    {
      region,
      description: `Instances of ${name}`,
      updateDefaultVersion: true,
      imageId: args.imageId ?? amazonLinux(args.machine),
      instanceType: args.machine,
      iamInstanceProfile: { arn: parts.profile.arn },
      userData: encodedUserData(args, parts.logGroup, parts.drainHook),
      metadataOptions: {
        httpEndpoint: 'enabled',
        httpTokens: 'required',
        httpPutResponseHopLimit: 1,
        instanceMetadataTags: 'disabled',
      },
      networkInterfaces: [
        {
          deviceIndex: 0,
          associatePublicIpAddress: 'false',
          deleteOnTermination: 'true',
          securityGroups: [parts.securityGroup.id, ...(args.securityGroupIds ?? [])],
        },
      ],
      blockDeviceMappings: [
        {
          deviceName: '/dev/xvda',
          ebs: { volumeType: 'gp3', volumeSize: args.diskGb, encrypted: 'true', deleteOnTermination: 'true' },
        },
      ],
      // Metrics every minute instead of every five: scaling is no faster than what it sees.
      monitoring: { enabled: true },
      tagSpecifications: [
        { resourceType: 'instance', tags: instanceTags },
        { resourceType: 'volume', tags: instanceTags },
      ],
      tags: { ...tags, ...imageTag(args.image) },
    },
    { parent },
  );
}

function encodedUserData(
  args: InstanceArgs,
  logGroup: aws.cloudwatch.LogGroup,
  drainHook: string | undefined,
): pulumi.Output<string> {
  return pulumi
    .all([
      pulumi.all([logGroup.region, logGroup.name]),
      plainVariables(args.environment),
      pulumi.all(secretArns(args)),
      poolerOptions(args.pooled),
    ])
    .apply(([[region, logGroupName], environment, secrets, pooler]) => {
      const document = userData({
        image: args.image,
        port: args.port,
        command: args.command,
        region,
        logGroup: logGroupName,
        environment,
        secrets,
        drainSeconds: args.drainSeconds,
        readOnlyRootFilesystem: args.readOnlyRootFilesystem ?? true,
        pooler,
        queueDepth: queueOptions(args.queues, region),
        drainHook,
        watchSecrets: args.watchSecrets,
      });
      return fitting(document).toString('base64');
    });
}

/** The image in the open: a first preview does not know the user data yet, and policies look at the image. */
function imageTag(image: string): Record<string, string> {
  const longest = 256; // of a tag's value
  return image.length <= longest ? { Image: image } : {};
}
