import type * as aws from '@pulumi/aws';
import type { RelationalArgs } from './arguments';
import type { MonitoringRole } from './ground';
import { maintenanceWindow } from './windows';

/** AWS's own authority for databases, valid to 2061 (RDS: certificate authorities). Changed in place. */
export const CERTIFICATE_AUTHORITY = 'rds-ca-rsa2048-g1';

/** What a primary and its replicas have in common: size, storage and how they are watched. */
export function instanceShape(args: RelationalArgs, monitoring: MonitoringRole | undefined): aws.rds.InstanceArgs {
  return {
    instanceClass: args.instanceClass,
    storageType: 'gp3',
    maxAllocatedStorage: args.storage.maxGb,
    storageEncrypted: true,
    publiclyAccessible: false,
    iamDatabaseAuthenticationEnabled: true,
    caCertIdentifier: CERTIFICATE_AUTHORITY,
    copyTagsToSnapshot: true,
    maintenanceWindow: maintenanceWindow(args.maintenance),
    // A major version is told by the plan; minor ones come in the window.
    autoMinorVersionUpgrade: true,
    allowMajorVersionUpgrade: true,
    // A promotion that waits for Sunday would not be one. A new class costs a restart: a failover with a standby.
    applyImmediately: true,
    monitoringInterval: args.monitoringSeconds,
    monitoringRoleArn: monitoring?.role.arn,
    performanceInsightsEnabled: args.insightsDays > 0,
    performanceInsightsRetentionPeriod: args.insightsDays > 0 ? args.insightsDays : undefined,
  };
}
