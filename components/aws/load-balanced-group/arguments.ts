import type * as pulumi from '@pulumi/pulumi';
import type { ClientHeader, OffHoursPlan, RoutingPlan, ScalingRules } from '../../../plan/types';
import type { AccessLogBucket } from '../access-logs/access-log-bucket';
import type { Beside } from './beside';

/** What an instance is made of and what it runs: the same for services and workers. */
export interface InstanceArgs extends Beside {
  /**
   * Reference of the container image, with a tag or, better, a digest. From a public registry or from ECR; for ECR the
   * instances get leave to pull this one repository. A change rolls through the instances.
   */
  image: string;
  /** TCP port that the container listens on, 1 to 65535. Undefined: nobody connects to it. */
  port?: number;
  /** What the container runs instead of the image's own command. Default: the image's own. */
  command?: string[];
  /** EC2 instance type, e.g. `t3.large`. A change rolls through the instances. */
  machine: string;
  /** GiB of the root volume, which holds the image; 8 at least. */
  diskGb: number;
  /** Seconds that a leaving container has to end what it does. */
  drainSeconds: number;
  /** Plain environment variables of the container. A value with a line break, and one that is a secret, are refused. */
  environment: Record<string, pulumi.Input<string>>;
  /** Environment variables whose values are read from Secrets Manager at every start: name to the secret's ARN. */
  secrets: Record<string, pulumi.Input<string>>;
  /** Buckets whose objects are read, written and deleted. */
  bucketArns?: pulumi.Input<string>[];
  /** Further security groups that the instances wear, e.g. one that a store lets in. */
  securityGroupIds?: pulumi.Input<string>[];
  /** AMI of the instances. See `LoadBalancedGroupArgs`. */
  imageId?: pulumi.Input<string>;
  /** Whether the container's own file system is read-only, with `/tmp` in memory. Default: true. */
  readOnlyRootFilesystem?: boolean;
}

export interface LoadBalancedGroupArgs extends Beside {
  /** AWS region, e.g. `us-east-1`. Default: the provider's. A change replaces everything. */
  region?: string;
  /** A change replaces everything. */
  vpcId: pulumi.Input<string>;
  /** Two or more, in different zones, for the balancer. More can be added in place. */
  publicSubnetIds: pulumi.Input<string>[];
  /** Two or more, in different zones, for the instances. They need a way out to fetch the image. */
  privateSubnetIds: pulumi.Input<string>[];
  /**
   * Reference of the container image, with a tag or, better, a digest. From a public registry or from ECR; for ECR the
   * instances get leave to pull this one repository. A change rolls through the instances.
   */
  image: string;
  /** TCP port that the container listens on, 1 to 65535. A change replaces the target group. */
  port: number;
  /** EC2 instance type, e.g. `t3.large`. A change rolls through the instances. */
  machine: string;
  /**
   * How many instances. `desired` is where the group starts; the autoscaler owns it from then on. `steady`: `min` is the
   * same for life, so the provider may wait for the instances to be healthy. Where `min` is to be raised one day say
   * false: after a change of bounds the provider waits in vain for exactly as many instances as the state says, and AWS
   * has moved the group to its new bounds. Default: true.
   */
  capacity: { min: number; max: number; desired: number; steady?: boolean };
  healthCheck: {
    /** Answers 200 when the instance can serve, e.g. `/health`. */
    path: string;
    /** 5 to 300, and longer than the timeout. */
    intervalSeconds: number;
    /** 2 to 120. */
    timeoutSeconds: number;
    /** Checks in a row that make an instance healthy, 2 to 10. */
    healthyThreshold: number;
    /** Failed checks in a row that make it unhealthy, 2 to 10. */
    unhealthyThreshold: number;
    /** Seconds that a new instance has before a failed check counts, and before its load does. 0 to 7200. */
    graceSeconds: number;
  };
  /** Averages over the group, in percent, that scaling keeps. Either alone adds instances; both must agree to remove. */
  scaling: { cpuPercent: number; memoryPercent: number };
  /** A guide's rules, which then are the only ones: out on any condition, in on all. Default: the averages of `scaling`. */
  scalingRules?: ScalingRules;
  /** How requests are spread, which clients stay where they were, and what the balancer answers by itself. */
  routing?: RoutingPlan;
  /** When nobody works. The schedule then owns the group's sizes: other ones come with the next morning. Default: always on. */
  offHours?: OffHoursPlan;
  /**
   * Requests that one client address may make in a window of 60, 120, 300 or 600 seconds, 10 at least, and the status
   * that answers the rest. A burst on top is not possible here: WAF counts over the window and knows no burst.
   * `clientHeader` is the header that a proxy in front writes the client's address into, and the ranges of IPv4 that the proxy
   * comes from. Default: none.
   */
  rateLimit?: { requests: number; windowSeconds: number; status: number; clientHeader?: ClientHeader };
  /** Seconds that a connection may be silent before the balancer closes it, 1 to 4000. Default: 60, as the balancer's. */
  idleTimeoutSeconds?: number;
  /** Seconds that a leaving instance keeps its open requests, and its container has to end them, 0 to 3600. Default: 30. */
  drainSeconds?: number;
  /** GiB of the root volume, which holds the image; 8 at least. Default: 20. */
  diskGb?: number;
  /** ACM certificate in the same region, validated. */
  certificateArn: pulumi.Input<string>;
  /** Plain environment variables of the container. A value with a line break, and one that is a secret, are refused. Default: none. */
  environment?: Record<string, pulumi.Input<string>>;
  /** Environment variables whose values are read from Secrets Manager at every start: name to the secret's ARN. Default: none. */
  secrets?: Record<string, pulumi.Input<string>>;
  /** Buckets whose objects the service reads, writes and deletes. */
  bucketArns?: pulumi.Input<string>[];
  /** Further security groups that the instances wear, e.g. one that a store lets in. */
  securityGroupIds?: pulumi.Input<string>[];
  /**
   * AMI of the instances: Amazon Linux 2023, or what has its packages, with the root volume at `/dev/xvda`. Default:
   * the newest Amazon Linux 2023 at each launch, by AWS's public parameter. That keeps instances patched, but EC2
   * Auto Scaling refuses automatic rollback with a parameter, so a refresh that the alarm stops stays where it is; an
   * AMI id turns automatic rollback on.
   */
  imageId?: pulumi.Input<string>;
  /** Whether the container's own file system is read-only, with `/tmp` in memory. Default: true. */
  readOnlyRootFilesystem?: boolean;
  /** Days that the container's logs and the balancer's access logs are kept; a value that CloudWatch Logs knows. Default: 30. */
  logRetentionDays?: number;
  /** AWS refuses to delete the balancer while this is on. Default: true. */
  deletionProtection?: boolean;
  /**
   * Where the balancer writes access logs: a bucket that outlives it, `true` for one of its own, `false` for nowhere.
   * Default: true.
   */
  accessLogs?: boolean | AccessLogBucket;
  /** Whether a bucket of its own is protected. If not, it is deleted with its logs. Default: true. */
  keepLogs?: boolean;
  /** SNS topic that hears of a refresh that was stopped because of errors. */
  alarmTopicArn?: pulumi.Input<string>;
  tags?: Record<string, string>;
}

/** The arguments with every default filled in. */
export type CompleteArgs = LoadBalancedGroupArgs & Required<Pick<LoadBalancedGroupArgs, keyof typeof defaults>>;

const defaults = {
  idleTimeoutSeconds: 60,
  drainSeconds: 30,
  diskGb: 20,
  environment: {},
  secrets: {},
  logRetentionDays: 30,
  deletionProtection: true,
} satisfies Partial<LoadBalancedGroupArgs>;

export function complete(args: LoadBalancedGroupArgs): CompleteArgs {
  const given = Object.fromEntries(Object.entries(args).filter(([, value]) => value !== undefined));
  return { ...defaults, ...(given as unknown as LoadBalancedGroupArgs) };
}

/** What every part of one group needs to know. */
export interface GroupContext {
  name: string;
  region?: string;
  tags?: Record<string, string>;
  parent: pulumi.Resource;
}
