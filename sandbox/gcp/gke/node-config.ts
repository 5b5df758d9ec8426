/**
 * What of a node's configuration needs new nodes of another pool. The block's other parts (machine type, disk, labels,
 * taints, tags) are changed in place, node by node, though the schema says that the block as a whole replaces: that
 * holds for a block that comes or goes.
 */
export const nodeConfigReplaces = [
  'advancedMachineFeatures',
  'bootDiskKmsKey',
  'confidentialNodes.confidentialInstanceType',
  'enableConfidentialStorage',
  'ephemeralStorageConfig',
  'ephemeralStorageLocalSsdConfig',
  'flexStart',
  'guestAccelerators',
  'hostMaintenancePolicy',
  'localNvmeSsdBlockConfig',
  'localSsdCount',
  'localSsdEncryptionMode',
  'maxRunDuration',
  'metadata',
  'minCpuPlatform',
  'nodeGroup',
  'oauthScopes',
  'preemptible',
  'reservationAffinity',
  'sandboxConfig',
  'secondaryBootDisks',
  'serviceAccount',
  'shieldedInstanceConfig',
  'soleTenantConfig',
  'spot',
].map((key) => `nodeConfig.${key}`);
