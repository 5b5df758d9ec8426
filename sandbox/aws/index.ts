import { version } from '@pulumi/aws/package.json';
import { problem, type Problem } from '../model/errors';
import { texts } from '../model/reading';
import type { PackageConfig, ProviderPackage } from '../model/resource-type';
import { appautoscaling } from './appautoscaling';
import { autoscaling } from './autoscaling';
import { cloudfront } from './cloudfront';
import { cloudwatch } from './cloudwatch';
import { domains } from './domains';
import { ec2 } from './ec2';
import { eks } from './eks';
import { elasticache } from './elasticache';
import { elb } from './elb';
import { functions } from './functions';
import { iam } from './iam';
import { kms } from './kms';
import { lambda } from './lambda';
import { operations } from './operations';
import { zone } from './private-zone';
import { rds } from './rds';
import { s3 } from './s3';
import { scheduler } from './scheduler';
import { secretsmanager } from './secretsmanager';
import { sns } from './sns';
import { wafv2 } from './wafv2';

/** The provider's account guard: a stack that was meant for another account touches nothing. */
function checkConfig(config: PackageConfig, account: string): Problem[] {
  const [allowed, forbidden] = ['allowedAccountIds', 'forbiddenAccountIds'].map((key) => texts(config.values, key));
  const refused = (allowed && allowed.length > 0 && !allowed.includes(account)) || forbidden?.includes(account);
  return refused ? [problem('allowedAccountIds', `AWS account ID not allowed: ${account}`)] : [];
}

export const awsPackage: ProviderPackage = {
  name: 'aws',
  version,
  regional: true,
  checkConfig,
  functions,
  types: [
    ...ec2,
    ...elb,
    ...wafv2,
    ...autoscaling,
    ...iam,
    ...cloudwatch,
    ...s3,
    ...cloudfront,
    ...elasticache,
    ...rds,
    ...appautoscaling,
    ...lambda,
    ...scheduler,
    zone,
    ...eks,
    ...secretsmanager,
    ...domains,
    ...sns,
    ...kms,
    ...operations,
  ],
};
