import * as aws from '@pulumi/aws';
import { nameOf } from '../../naming';
import type { GroupContext, CompleteArgs } from './arguments';

/**
 * A web ACL that answers a client address which asks too often. AWS WAF counts requests over the window, every ten
 * seconds or so, and lets them through again when the count falls: it has no burst, so nginx's `burst=20 nodelay` has
 * no counterpart here, and a quick client may get somewhat more than the limit through before the count catches up.
 * An address is the balancer's client; behind a proxy or a CDN that would be the proxy.
 */
export function createRateLimit(
  context: GroupContext,
  limit: NonNullable<CompleteArgs['rateLimit']>,
  loadBalancer: aws.lb.LoadBalancer,
): aws.wafv2.WebAcl {
  const { name, region, tags, parent } = context;
  const logicalName = nameOf('aws:wafv2/webAcl', name);
  const visibility = (metricName: string) => ({
    cloudwatchMetricsEnabled: true,
    sampledRequestsEnabled: true,
    metricName,
  });
  const webAcl = new aws.wafv2.WebAcl(
    logicalName,
    {
      region,
      scope: 'REGIONAL',
      description: `At most ${limit.requests} requests of a client address in ${limit.windowSeconds} seconds`,
      defaultAction: { allow: {} },
      rules: [
        {
          name: 'rate-limit',
          priority: 0,
          statement: {
            rateBasedStatement: {
              limit: limit.requests,
              evaluationWindowSec: limit.windowSeconds,
              aggregateKeyType: 'IP',
            },
          },
          action: {
            block: {
              customResponse: {
                responseCode: limit.status,
                responseHeaders: [{ name: 'retry-after', value: String(limit.windowSeconds) }],
              },
            },
          },
          visibilityConfig: visibility('rate-limit'),
        },
      ],
      visibilityConfig: visibility(logicalName),
      tags,
    },
    { parent },
  );
  new aws.wafv2.WebAclAssociation(
    logicalName,
    { region, resourceArn: loadBalancer.arn, webAclArn: webAcl.arn },
    { parent },
  );
  return webAcl;
}
