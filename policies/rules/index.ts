import type { Rule } from '../rule';
import { alarmRules } from './alarms';
import { brokerRules } from './brokers';
import { cloudflareRules } from './cloudflare';
import { gcpDatabaseRules } from './gcp/databases';
import { kubernetesDatabaseRules } from './kubernetes/databases';
import { rdsAvailabilityRules } from './rds/availability';
import { rdsInsightRules } from './rds/insight';
import { rdsProtectionRules } from './rds/protection';
import { replicaRules } from './replicas';
import { routingRules } from './routing';
import { scalingSignalRules } from './scaling-signals';
import { scheduleRules } from './schedules';
import { workerRules } from './workers';
import { bucketRules } from './buckets';
import { budgetRules } from './budgets';
import { clusterRules } from './clusters';
import { nodeRules } from './nodes';
import { doBalancerRules } from './digitalocean/load-balancers';
import { dropletRules } from './digitalocean/network';
import { doStoreRules } from './digitalocean/stores';
import { gcpBalancerRules } from './gcp/load-balancers';
import { gcpGroupRules } from './gcp/instance-groups';
import { gcpIdentityRules } from './gcp/identity';
import { gcpInstanceRules } from './gcp/instances';
import { gcpNetworkRules } from './gcp/network';
import { gcpStoreRules } from './gcp/stores';
import { autoscalingRules } from './kubernetes/autoscaling';
import { availabilityRules } from './kubernetes/availability';
import { containerRules } from './kubernetes/containers';
import { exposureRules } from './kubernetes/exposure';
import { podSecurityRules } from './kubernetes/pod-security';
import { kubernetesSecretRules } from './kubernetes/secrets';
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
  'scaling-signals': scalingSignalRules,
  schedules: scheduleRules,
  'rolling-updates': rollingUpdateRules,
  'load-balancers': loadBalancerRules,
  'target-groups': targetGroupRules,
  routing: routingRules,
  instances: instanceRules,
  secrets: secretRules,
  databases: databaseRules,
  replicas: replicaRules,
  'rds/protection': rdsProtectionRules,
  'rds/availability': rdsAvailabilityRules,
  'rds/insight': rdsInsightRules,
  caches: cacheRules,
  brokers: brokerRules,
  workers: workerRules,
  buckets: bucketRules,
  'content-delivery': contentDeliveryRules,
  network: networkRules,
  'security-groups': securityGroupRules,
  identity: identityRules,
  protection: protectionRules,
  tags: tagRules,
  budgets: budgetRules,
  alarms: alarmRules,
  clusters: clusterRules,
  nodes: nodeRules,
  'kubernetes/containers': containerRules,
  'kubernetes/pod-security': podSecurityRules,
  'kubernetes/availability': availabilityRules,
  'kubernetes/autoscaling': autoscalingRules,
  'kubernetes/exposure': exposureRules,
  'kubernetes/secrets': kubernetesSecretRules,
  'kubernetes/databases': kubernetesDatabaseRules,
  'gcp/instance-groups': gcpGroupRules,
  'gcp/instances': gcpInstanceRules,
  'gcp/load-balancers': gcpBalancerRules,
  'gcp/stores': gcpStoreRules,
  'gcp/databases': gcpDatabaseRules,
  'gcp/network': gcpNetworkRules,
  'gcp/identity': gcpIdentityRules,
  'digitalocean/network': dropletRules,
  'digitalocean/load-balancers': doBalancerRules,
  'digitalocean/stores': doStoreRules,
  cloudflare: cloudflareRules,
};

export const rules: Rule[] = Object.values(concerns).flat();
