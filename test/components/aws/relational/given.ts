import { record } from '../../../../cli/offline/recorder';
import type { RelationalArgs } from '../../../../components/aws/relational/arguments';
import { AuroraDatabase } from '../../../../components/aws/relational/aurora-database';
import { RdsDatabase } from '../../../../components/aws/relational/rds-database';

/** As SV-SDK begins. */
export const small: RelationalArgs = {
  region: 'us-east-1',
  vpcId: 'vpc-1',
  subnetIds: ['subnet-1', 'subnet-2', 'subnet-3'],
  zones: ['us-east-1a', 'us-east-1b', 'us-east-1c'],
  clientSecurityGroupIds: { services: 'sg-services' },
  name: 'shop',
  engine: 'postgres',
  engineVersion: '17',
  instanceClass: 'db.t3.small',
  port: 5432,
  user: 'shop',
  standby: false,
  replicas: { min: 0, max: 0, perFurtherRegion: 0 },
  storage: { initialGb: 20, maxGb: 100, freePercent: 20 },
  backup: { retentionDays: 7, startsAt: '03:00' },
  maintenance: { day: 7, startsAt: '05:00', hours: 1 },
  blueGreen: true,
  monitoringSeconds: 60,
  insightsDays: 7,
  proxy: false,
  passwordVersion: 1,
  deletionProtection: true,
  finalSnapshot: true,
  recoveryDays: 30,
  logRetentionDays: 90,
  protect: true,
  tags: { System: 'shop' },
};

/** As it ends: a standby, two readers beside it and one in another region. */
export const enterprise: RelationalArgs = {
  ...small,
  instanceClass: 'db.m5.large',
  standby: true,
  replicas: { min: 2, max: 2, perFurtherRegion: 1 },
  storage: { initialGb: 100, maxGb: 500, freePercent: 20 },
  clientCidrs: ['10.1.0.0/16'],
  replicaRegions: ['us-west-2'],
  further: [
    {
      region: 'us-west-2',
      code: 'usw2',
      vpcId: 'vpc-2',
      subnetIds: ['subnet-4', 'subnet-5'],
      zones: ['us-west-2a', 'us-west-2b'],
      clientSecurityGroupIds: { services: 'sg-west' },
    },
  ],
};

export const auroraArgs: RelationalArgs = {
  ...small,
  instanceClass: 'db.r5.large',
  replicas: { min: 1, max: 5, cpuPercent: 70, perFurtherRegion: 0 },
};

export const recordRds = (args: RelationalArgs) =>
  record(() => {
    const database = new RdsDatabase('shop-prod-database', args);
    const readers = Object.fromEntries(Object.entries(database.readers).map(([region, { host }]) => [region, host]));
    return {
      host: database.address.host,
      secret: database.urlSecret.id,
      password: database.passwordSecret.id,
      readers,
    };
  });

export const recordAurora = (args: RelationalArgs) =>
  record(() => {
    const database = new AuroraDatabase('shop-prod-database', args);
    return { host: database.address.host, reader: database.readerAddress.host };
  });
