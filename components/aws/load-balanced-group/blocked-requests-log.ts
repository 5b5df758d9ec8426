import * as aws from '@pulumi/aws';
import { nameOf } from '../../naming';
import type { GroupContext } from './arguments';

/** AWS WAF writes to log groups of this beginning alone. */
const REQUIRED_START = 'aws-waf-logs';

/**
 * Keeps what a web ACL turned away: who asked, for what, and by which rule, so that a client who complains of refused requests
 * can be answered. What it lets through is in the balancer's access logs already. Headers and query strings that may hold a
 * session or a token are left out.
 *
 * Cost: 0.50 USD per GB taken in, about a million refused requests.
 */
export function logBlockedRequests(
  { name, region, tags, parent }: GroupContext,
  webAcl: aws.wafv2.WebAcl,
  retentionInDays: number,
): void {
  const logGroup = new aws.cloudwatch.LogGroup(
    nameOf('aws:cloudwatch/logGroup', REQUIRED_START, name),
    { region, retentionInDays, tags },
    { parent },
  );
  new aws.wafv2.WebAclLoggingConfiguration(
    nameOf('aws:wafv2', name),
    {
      region,
      resourceArn: webAcl.arn,
      logDestinationConfigs: [logGroup.arn],
      loggingFilter: {
        defaultBehavior: 'DROP',
        filters: [
          { behavior: 'KEEP', requirement: 'MEETS_ANY', conditions: [{ actionCondition: { action: 'BLOCK' } }] },
        ],
      },
      redactedFields: [
        { singleHeader: { name: 'authorization' } },
        { singleHeader: { name: 'cookie' } },
        { queryString: {} },
      ],
    },
    // A web ACL has one, known by the web ACL: deleting the old one last would delete the new one.
    { parent, deleteBeforeReplace: true },
  );
}
