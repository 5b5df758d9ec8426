import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { AuroraDatabase, BrokerReplicationGroup, RdsDatabase } from '../../../../../components/aws/components';
import type { RelationalArgs } from '../../../../../components/aws/relational/arguments';

/** A database, an Aurora cluster and a broker at a phase: what a test changes is configuration. */
const config = new pulumi.Config('databases');
const phase = config.require('phase') as keyof typeof phases;
const rotationDays = config.getNumber('rotationDays');
const adopted = config.getObject<{ id: string; imported: boolean }>('adopted');
const proxy = config.getBoolean('proxy') ?? false;
const passwordVersion = config.getNumber('passwordVersion') ?? 1;

/** As the roadmap of SV-SDK grows, and Aurora beside it. */
const phases = {
  small: {
    rds: 'db.t3.small',
    standby: false,
    replicas: 0,
    gb: 20,
    aurora: 'db.t3.medium',
    node: 'cache.t3.micro',
    far: 0,
  },
  medium: {
    rds: 'db.t3.medium',
    standby: false,
    replicas: 0,
    gb: 50,
    aurora: 'db.t3.medium',
    node: 'cache.t3.small',
    far: 0,
  },
  large: {
    rds: 'db.m5.large',
    standby: false,
    replicas: 2,
    gb: 100,
    aurora: 'db.r6g.large',
    node: 'cache.m6g.large',
    far: 0,
  },
  enterprise: {
    rds: 'db.m5.large',
    standby: true,
    replicas: 2,
    gb: 200,
    aurora: 'db.r6g.xlarge',
    node: 'cache.r6g.large',
    far: 1,
  },
};
const at = phases[phase];

const provider = new aws.Provider('aws', { region: 'us-east-1' });
const opts = { providers: [provider] };

function ground(region: string, code: string, octet: number) {
  const vpc = new aws.ec2.Vpc(
    `net-${code}`,
    { region, cidrBlock: `10.${octet}.0.0/16`, enableDnsHostnames: true },
    { provider },
  );
  const zones = ['a', 'b', 'c'].map((letter) => `${region}${letter}`);
  const subnets = zones.map(
    (availabilityZone, index) =>
      new aws.ec2.Subnet(
        `data-${code}-${index}`,
        { region, vpcId: vpc.id, cidrBlock: `10.${octet}.${index}.0/24`, availabilityZone },
        { provider },
      ),
  );
  const clients = new aws.ec2.SecurityGroup(`clients-${code}`, { region, vpcId: vpc.id }, { provider });
  return {
    region,
    vpcId: vpc.id,
    subnetIds: subnets.map(({ id }) => id),
    zones,
    clientSecurityGroupIds: { services: clients.id },
  };
}

const home = ground('us-east-1', 'use1', 0);
const west = ground('us-west-2', 'usw2', 1);

const shared: RelationalArgs = {
  ...home,
  clientCidrs: ['10.1.0.0/16'],
  name: 'shop',
  engine: 'postgres',
  engineVersion: '17',
  instanceClass: at.rds,
  port: 5432,
  user: 'shop',
  standby: at.standby,
  replicas: { min: at.replicas, max: at.replicas, perFurtherRegion: at.far },
  storage: { initialGb: at.gb, maxGb: at.gb * 5, freePercent: 20 },
  backup: { retentionDays: 7, startsAt: '03:00' },
  maintenance: { day: 7, startsAt: '05:00', hours: 1 },
  blueGreen: true,
  monitoringSeconds: 60,
  insightsDays: 7,
  proxy,
  passwordVersion,
  rotationDays,
  further: [{ ...west, code: 'usw2' }],
  replicaRegions: ['us-west-2'],
  deletionProtection: false,
  finalSnapshot: false,
  recoveryDays: 0,
  logRetentionDays: 7,
  protect: false,
};

const rds = new RdsDatabase('shop-db', { ...shared, adopted }, opts);
if (!adopted) {
  const range = { min: 1, max: 5, cpuPercent: 70, perFurtherRegion: 0 };
  new AuroraDatabase('shop-aurora', { ...shared, instanceClass: at.aurora, replicas: range }, opts);
  new BrokerReplicationGroup(
    'shop-broker',
    {
      ...home,
      engineVersion: '8.0',
      nodeType: at.node,
      replicas: phase === 'large' || phase === 'enterprise' ? 1 : 0,
      port: 6379,
      snapshotRetentionDays: 1,
      finalSnapshot: false,
      recoveryDays: 0,
      protect: false,
    },
    opts,
  );
}

export const host = rds.address.host;
export const password = rds.passwordSecret.id;
