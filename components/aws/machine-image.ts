import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { architectureOf } from './load-balanced-group/machine-image';

/** AWS's own public parameters for the newest Amazon Linux 2023 (Amazon Linux 2023 User Guide, "Get started on EC2"). */
const NEWEST = '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-';

/**
 * The AMI of a region's instances: the one that configuration pins, or the newest Amazon Linux 2023 when `up` runs. It
 * is looked up here and not by EC2 at each launch, because EC2 Auto Scaling refuses automatic rollback to a group whose
 * template names a parameter; and so a new AMI is a line in the preview and rolls through the group like a release.
 */
export function machineImage(
  region: string,
  machine: string,
  pinned: string | undefined,
  provider: aws.Provider,
): pulumi.Output<string> {
  if (pinned) return pulumi.output(pinned);
  const name = NEWEST + architectureOf(machine);
  return pulumi.unsecret(aws.ssm.getParameterOutput({ name, region }, { provider }).value);
}
