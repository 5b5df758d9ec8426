import * as aws from '@pulumi/aws';
import { nameOf } from '../../naming';
import type { GroupContext, CompleteArgs } from './arguments';
import { logBlockedRequests } from './blocked-requests-log';

/**
 * A web ACL that answers a client address which asks too often. AWS WAF counts requests over the window, every ten
 * seconds or so, and lets them through again when the count falls: it has no burst, so nginx's `burst=20 nodelay` has
 * no counterpart here, and a quick client may get somewhat more than the limit through before the count catches up.
 * An address is the balancer's client, or what `clientHeader` says where a proxy stands in front. WAF counts no request that
 * lacks the header, and who goes around the proxy can write what he likes there: the proxy's own limits are for those.
 */
export function createRateLimit(
  context: GroupContext,
  limit: NonNullable<CompleteArgs['rateLimit']>,
  loadBalancer: aws.lb.LoadBalancer,
  logRetentionDays: number,
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
              ...clientOf(limit.clientHeader),
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
  logBlockedRequests(context, webAcl, logRetentionDays);
  return webAcl;
}

/** What is no address in the header counts against the limit, as an address would. */
function clientOf(headerName: string | undefined) {
  if (headerName === undefined) return { aggregateKeyType: 'IP' };
  return { aggregateKeyType: 'FORWARDED_IP', forwardedIpConfig: { headerName, fallbackBehavior: 'MATCH' } };
}
