/** The DigitalOcean components, for programs of their own: `import { DropletPool } from 'stackladder/digitalocean'`. */
export { MonitorAlerts } from './alerts/monitor-alerts';
export { Uptime } from './alerts/uptime';
export { ContentDelivery } from './content-delivery/cdn';
export { MongoCluster } from './database/mongodb';
export { ValkeyCluster } from './database/valkey';
export { AddressRecords } from './dns/address-records';
export { DoksCluster } from './doks/cluster';
export { DropletPool } from './droplet-pool/pool';
export { GlobalBalancer } from './entry/global-balancer';
export { IndexRunner } from './index-runner/index-runner';
export { Network } from './network/network';
export { StoreAccess } from './object-store/access';
export { ObjectBucket } from './object-store/bucket';
export { SqlCluster } from './relational/sql-cluster';
export { LockedKey } from './ssh/locked-key';
export { SecretVault } from './secrets/vault';
export { WorkerPool } from './worker-pool/worker-pool';
