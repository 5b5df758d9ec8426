import * as aws from '@pulumi/aws';
import type { ClientHeader } from '../../../plan/types';
import { ranges4 } from '../../client-header';
import { nameOf } from '../../naming';
import type { GroupContext, CompleteArgs } from './arguments';
import { logBlockedRequests } from './blocked-requests-log';

/**
 * A web ACL that answers a client address which asks too often. AWS WAF counts requests over the window, every ten
 * seconds or so, and lets them through again when the count falls: it has no burst, so nginx's `burst=20 nodelay` has
 * no counterpart here, and a quick client may get somewhat more than the limit through before the count catches up.
 * An address is the balancer's client, or what `clientHeader` says where a proxy stands in front: it is believed of the
 * proxy's own ranges alone, and who goes around the proxy is counted by where he comes from. (WAF counts no request that
 * lacks the header, so without the second rule he would be counted nowhere.)
 */
export function createRateLimit(
  context: GroupContext,
  limit: NonNullable<CompleteArgs['rateLimit']>,
  loadBalancer: aws.lb.LoadBalancer,
  logRetentionDays: number,
): aws.wafv2.WebAcl {
  const { name, region, tags, parent } = context;
  const logicalName = nameOf('aws:wafv2', name);
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
      rules: countsOf(context, limit.clientHeader).map((count, priority) => ({
        name: count.name,
        priority,
        statement: {
          rateBasedStatement: {
            limit: limit.requests,
            evaluationWindowSec: limit.windowSeconds,
            ...count.statement,
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
        visibilityConfig: visibility(count.name),
      })),
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

type RateStatement = aws.types.input.wafv2.WebAclRuleStatementRateBasedStatement;

/** Whose requests are counted together, a rule each. */
function countsOf(
  context: GroupContext,
  header: ClientHeader | undefined,
): { name: string; statement: Pick<RateStatement, 'aggregateKeyType' | 'forwardedIpConfig' | 'scopeDownStatement'> }[] {
  if (!header) return [{ name: 'rate-limit', statement: { aggregateKeyType: 'IP' } }];
  const fromProxy = { ipSetReferenceStatement: { arn: proxySet(context, header).arn } };
  return [
    {
      name: 'rate-limit',
      statement: {
        aggregateKeyType: 'FORWARDED_IP',
        // What is no address in the header counts against the limit, as an address would.
        forwardedIpConfig: { headerName: header.name, fallbackBehavior: 'MATCH' },
        scopeDownStatement: fromProxy,
      },
    },
    {
      name: 'rate-limit-around-the-proxy',
      statement: { aggregateKeyType: 'IP', scopeDownStatement: { notStatement: { statement: fromProxy } } },
    },
  ];
}

/** Where the proxy comes from. The balancer has addresses of IPv4 alone, so nobody reaches it from others. */
function proxySet({ name, region, tags, parent }: GroupContext, header: ClientHeader): aws.wafv2.IpSet {
  return new aws.wafv2.IpSet(
    nameOf('aws:wafv2', name, 'proxy'),
    {
      region,
      scope: 'REGIONAL',
      ipAddressVersion: 'IPV4',
      description: `Who is believed about ${header.name}`,
      addresses: ranges4(header),
      tags,
    },
    { parent },
  );
}
