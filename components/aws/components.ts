/** The AWS components, for programs of their own: `import { LoadBalancedGroup } from 'stackladder/aws'`. */
export { AccessLogBucket } from './access-logs/access-log-bucket';
export { AlertTopic } from './alerts/alert-topic';
export { ServiceAlarms } from './alerts/service-alarms';
export { ServiceDashboard } from './alerts/service-dashboard';
export { AtlasEndpoint } from './atlas-endpoint/atlas-endpoint';
export { MonthlyBudget } from './budget/monthly-budget';
export { CacheReplicationGroup } from './cache/replication-group';
export { ContentDelivery } from './content-delivery/distribution';
export { AliasRecord } from './dns/alias-record';
export { ValidatedCertificate } from './dns/certificate';
export { IndexRunner } from './index-runner/index-runner';
export { LoadBalancedGroup } from './load-balanced-group/group';
export { Network } from './network/network';
export { Peering } from './network/peering';
export { ObjectBucket } from './object-store/bucket';
export { StoredSecret } from './secrets/stored-secret';
