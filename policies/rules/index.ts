import type { Rule } from '../rule';
import { alarmRules } from './alarms';
import { bucketRules } from './buckets';
import { budgetRules } from './budgets';
import { cacheRules } from './caches';
import { contentDeliveryRules } from './content-delivery';
import { databaseRules } from './databases';
import { identityRules } from './identity';
import { instanceRules } from './instances';
import { loadBalancerRules } from './load-balancers';
import { networkRules } from './network';
import { protectionRules } from './protection';
import { rollingUpdateRules } from './rolling-updates';
import { scalingGroupRules } from './scaling-groups';
import { secretRules } from './secrets';
import { securityGroupRules } from './security-groups';
import { tagRules } from './tags';
import { targetGroupRules } from './target-groups';

/** Every rule, by concern: one file each. */
export const concerns: Record<string, Rule[]> = {
  'scaling-groups': scalingGroupRules,
  'rolling-updates': rollingUpdateRules,
  'load-balancers': loadBalancerRules,
  'target-groups': targetGroupRules,
  instances: instanceRules,
  secrets: secretRules,
  databases: databaseRules,
  caches: cacheRules,
  buckets: bucketRules,
  'content-delivery': contentDeliveryRules,
  network: networkRules,
  'security-groups': securityGroupRules,
  identity: identityRules,
  protection: protectionRules,
  tags: tagRules,
  budgets: budgetRules,
  alarms: alarmRules,
};

export const rules: Rule[] = Object.values(concerns).flat();
