import * as aws from '@pulumi/aws';
import type * as pulumi from '@pulumi/pulumi';
import { nameOf } from '../../naming';
import type { AccessLogBucket } from '../access-logs/access-log-bucket';
import type { GroupContext, CompleteArgs } from './arguments';
import { spreading } from './routing';

/** TLS 1.2 and 1.3 with forward secrecy alone (AWS's recommended policy, Elastic Load Balancing guide). */
const tlsPolicy = 'ELBSecurityPolicy-TLS13-1-2-2021-06';

/** The internet-facing balancer. It drops malformed headers and is strict about requests that could be smuggled. */
export function createLoadBalancer(
  context: GroupContext,
  args: Pick<CompleteArgs, 'publicSubnetIds' | 'idleTimeoutSeconds' | 'deletionProtection'>,
  securityGroup: aws.ec2.SecurityGroup,
  accessLogs: AccessLogBucket | undefined,
): aws.lb.LoadBalancer {
  const { name, region, tags, parent } = context;
  return new aws.lb.LoadBalancer(
    nameOf('aws:lb/loadBalancer', name),
    {
      region,
      loadBalancerType: 'application',
      internal: false,
      ipAddressType: 'ipv4',
      subnets: args.publicSubnetIds,
      securityGroups: [securityGroup.id],
      idleTimeout: args.idleTimeoutSeconds,
      enableDeletionProtection: args.deletionProtection,
      enableHttp2: true,
      dropInvalidHeaderFields: true,
      desyncMitigationMode: 'defensive',
      accessLogs: accessLogs ? { enabled: true, bucket: accessLogs.bucket.id } : undefined,
      tags,
    },
    { parent, dependsOn: accessLogs ? [accessLogs.policy] : [] },
  );
}

/** Where requests go: unless asked otherwise, to the instance with the fewest open ones, as nginx's `least_conn`. */
export function createTargetGroup(context: GroupContext, args: CompleteArgs): aws.lb.TargetGroup {
  const { name, region, tags, parent } = context;
  const check = args.healthCheck;
  return new aws.lb.TargetGroup(
    nameOf('aws:lb/targetGroup', name),
    {
      region,
      vpcId: args.vpcId,
      targetType: 'instance',
      protocol: 'HTTP',
      port: args.port,
      deregistrationDelay: args.drainSeconds,
      ...spreading(args.routing),
      healthCheck: {
        enabled: true,
        protocol: 'HTTP',
        port: 'traffic-port',
        path: check.path,
        matcher: '200',
        interval: check.intervalSeconds,
        timeout: check.timeoutSeconds,
        healthyThreshold: check.healthyThreshold,
        unhealthyThreshold: check.unhealthyThreshold,
      },
      tags,
    },
    { parent },
  );
}

export interface Listeners {
  https: aws.lb.Listener;
  http: aws.lb.Listener;
}

/** HTTPS to the instances; HTTP answers with a permanent redirect and nothing else. */
export function createListeners(
  context: GroupContext,
  loadBalancer: aws.lb.LoadBalancer,
  targetGroup: aws.lb.TargetGroup,
  certificateArn: pulumi.Input<string>,
): Listeners {
  const { name, region, tags, parent } = context;
  const https = new aws.lb.Listener(
    nameOf('aws:lb/listener', name, 'https'),
    {
      region,
      loadBalancerArn: loadBalancer.arn,
      port: 443,
      protocol: 'HTTPS',
      sslPolicy: tlsPolicy,
      certificateArn,
      defaultActions: [{ type: 'forward', targetGroupArn: targetGroup.arn }],
      // A year, so that a browser that was here once never asks in the clear again.
      routingHttpResponseStrictTransportSecurityHeaderValue: 'max-age=31536000',
      tags,
    },
    { parent },
  );
  const http = new aws.lb.Listener(
    nameOf('aws:lb/listener', name, 'http'),
    {
      region,
      loadBalancerArn: loadBalancer.arn,
      port: 80,
      protocol: 'HTTP',
      defaultActions: [{ type: 'redirect', redirect: { protocol: 'HTTPS', port: '443', statusCode: 'HTTP_301' } }],
      tags,
    },
    { parent },
  );
  return { https, http };
}
