import { contextOfPlan } from '../../cli/commands/print-verdicts';
import { makeOfflinePlan, type OfflinePlan } from '../../cli/offline/make-plan';
import type { CloudName, Compute, PhaseName } from '../../plan/vocabulary';
import { evaluate, type Verdict } from '../../policies/evaluate';
import { less, set, type Spoil, unprotect, without } from './spoil';

/** As `spoiled-plans`, for databases, brokers and workers: what the components of Mercenary and SV-SDK really make. */
type Case = [says: string, rule: string, spoil: Spoil];
type On = [system: string, phase: PhaseName, cloud: CloudName, compute: Compute];

const database = 'rds/instance:Instance';
const aurora = 'rds/cluster:Cluster';
const pg = 'postgresql.cnpg.io/v1:Cluster';
const sql = 'sql/databaseInstance:DatabaseInstance';
const noBroker = less(({ name }) => name.includes('-broker'));
const spare = { marketType: 'spot' };

const cases: Record<string, [On, Case[]]> = {
  'SV-SDK on RDS': [
    ['sv-sdk', 'enterprise', 'aws', 'instances'],
    [
      ['plain storage', 'rds-encrypted', set(database, 'storageEncrypted', false)],
      ['a public address', 'database-not-public', set(database, 'publiclyAccessible', true)],
      ['one zone', 'rds-multi-az', set(database, 'multiAz', false)],
      ['no backups', 'rds-backup', set(database, 'backupRetentionPeriod', 0)],
      ['no last snapshot', 'rds-final-snapshot', set(database, 'skipFinalSnapshot', true)],
      ['anybody may delete it', 'rds-deletion-protection', set(database, 'deletionProtection', false)],
      ['plain text', 'rds-forced-tls', set('rds/parameterGroup:ParameterGroup', 'parameters', [])],
      ['a disk that fills', 'rds-storage-autoscaling', set(database, 'maxAllocatedStorage', undefined)],
      ['no readers', 'database-replica-count', less(({ inputs }) => inputs.replicateSourceDb !== undefined)],
      ['a store', 'stores-protected', unprotect(database)],
      ['no insights', 'rds-performance-insights', set(database, 'performanceInsightsEnabled', false)],
      ['nothing looks', 'rds-enhanced-monitoring', set(database, 'monitoringInterval', 0)],
      ['no logs', 'rds-log-exports', set(database, 'enabledCloudwatchLogsExports', [])],
      ['no rotation', 'rds-password-rotates', without(':SecretRotation')],
      [
        'a broker that drops',
        'broker-never-evicts',
        set('elasticache/parameterGroup:ParameterGroup', 'parameters', []),
      ],
      ['a sharded broker', 'broker-unsharded', set(':ReplicationGroup', 'clusterMode', 'enabled')],
      ['no broker', 'worker-has-broker', noBroker],
      ['jobs that are cut', 'worker-drains', without(':LifecycleHook')],
      ['nobody hears of the queue', 'queue-depth-alarm', less(({ name }) => /queue-?depth/i.test(name))],
      ['any condition shrinks', 'scale-in-needs-all', set('autoscaling/policy:Policy', 'scalingAdjustment', -1)],
      ['spare machines', 'spot-only-non-critical', set(':LaunchTemplate', 'instanceMarketOptions', spare)],
    ],
  ],
  'Mercenary on Aurora': [
    ['mercenary', 'large', 'aws', 'instances'],
    [
      ['one zone', 'aurora-two-zones', set(':ClusterInstance', 'availabilityZone', 'us-east-1a')],
      ['too many readers', 'aurora-reader-range', set('appautoscaling/target:Target', 'maxCapacity', 9)],
      [
        'no reader',
        'database-replica-count',
        less(({ type, name }) => type.endsWith(':ClusterInstance') && !name.endsWith('-1')),
      ],
      ['plain storage', 'rds-encrypted', set(aurora, 'storageEncrypted', false)],
      ['plain text', 'rds-forced-tls', set(':ClusterParameterGroup', 'parameters', [])],
      ['a rule for everything', 'lb-rule-conditions', set(':ListenerRule', 'conditions', [])],
      ['affinity by address', 'lb-affinity', set(':TargetGroup', 'stickiness', { enabled: true, type: 'source_ip' })],
      ['spare servers', 'spot-only-non-critical', set(':LaunchTemplate', 'instanceMarketOptions', spare)],
      ['too many workers', 'group-bounds', set('autoscaling/group:Group', 'maxSize', 40)],
    ],
  ],
  'SV-SDK on Google Cloud': [
    ['sv-sdk', 'enterprise', 'gcp', 'instances'],
    [
      ['a public address', 'gcp-sql-private', set(sql, 'settings.ipConfiguration.ipv4Enabled', true)],
      ['plain text', 'gcp-sql-tls', set(sql, 'settings.ipConfiguration.sslMode', undefined)],
      ['no backups', 'gcp-sql-backup', set(sql, 'settings.backupConfiguration.enabled', false)],
      ['one zone', 'gcp-sql-availability', set(sql, 'settings.availabilityType', 'ZONAL')],
      ['anybody may delete it', 'gcp-sql-deletion-protection', set(sql, 'settings.deletionProtectionEnabled', false)],
      ['a disk that fills', 'gcp-sql-disk-grows', set(sql, 'settings.diskAutoresize', false)],
      ['no readers', 'database-replica-count', less(({ inputs }) => inputs.masterInstanceName !== undefined)],
      ['a broker that drops', 'broker-never-evicts', set('redis/instance:Instance', 'redisConfigs', {})],
      ['no broker', 'worker-has-broker', noBroker],
      ['nobody hears of the queue', 'queue-depth-alarm', less(({ type }) => type.endsWith(':AlertPolicy'))],
      [
        'spare machines',
        'spot-only-non-critical',
        set(':RegionInstanceTemplate', 'scheduling.provisioningModel', 'SPOT'),
      ],
    ],
  ],
  'SV-SDK on DigitalOcean': [
    ['sv-sdk', 'enterprise', 'digitalocean', 'instances'],
    [
      ['no standby', 'do-database-standby', set(':DatabaseCluster', 'nodeCount', 1)],
      ['a disk that fills', 'do-database-storage-grows', set(':DatabaseCluster', 'storageAutoscale', undefined)],
      ['no readers', 'database-replica-count', without(':DatabaseReplica')],
      ['readers for everybody', 'do-database-trusted-sources', without(':DatabaseFirewall')],
      ['readers outside', 'do-database-private-network', set(':DatabaseReplica', 'privateNetworkUuid', undefined)],
      ['a broker that drops', 'broker-never-evicts', set(':DatabaseCluster', 'evictionPolicy', 'allkeys_lru')],
      ['no broker', 'worker-has-broker', noBroker],
    ],
  ],
  'SV-SDK on a plain cluster': [
    ['sv-sdk', 'enterprise', 'kubernetes', 'kubernetes'],
    [
      ['one instance', 'cnpg-standby', set(pg, 'spec.instances', 1)],
      ['no readers', 'database-replica-count', set(pg, 'spec.instances', 2)],
      ['no volume', 'cnpg-storage', set(pg, 'spec.storage', {})],
      ['plain text', 'cnpg-tls', set(pg, 'spec.postgresql.pg_hba', [])],
      ['a store', 'stores-protected', unprotect(pg)],
      [
        'a pooler in plain text',
        'pooler-server-tls',
        set(':ConfigMap', 'data', { 'pgbouncer.ini': '[pgbouncer]' }, 'pooler'),
      ],
      ['a broker that drops', 'broker-never-evicts', set(':ConfigMap', 'data', {}, '-broker')],
      ['a broker of three', 'broker-unsharded', set(':StatefulSet', 'spec.replicas', 3, '-broker')],
      ['no broker', 'worker-has-broker', noBroker],
      ['jobs that are cut', 'worker-drains', set(':Deployment', 'spec.template.spec.terminationGracePeriodSeconds', 5)],
      ['nothing serves the metrics', 'k8s-external-metric-served', without(':APIService')],
    ],
  ],
};

describe.each(Object.entries(cases))('%s', (_says, [[system, phase, cloud, compute], spoiled]) => {
  let sound: OfflinePlan;
  beforeAll(async () => {
    sound = await makeOfflinePlan({ system, phase, cloud, compute, environment: 'prod' });
  });
  const failures = (rule: string, spoil: Spoil): Verdict[] =>
    evaluate(spoil(sound.resources), contextOfPlan(sound.plan)).filter(
      (each) => each.rule === rule && each.state === 'fail',
    );

  test.each(spoiled)('%s: %s', (_what, rule, spoil) => {
    expect(failures(rule, (resources) => resources)).toEqual([]);
    expect(failures(rule, spoil)).not.toEqual([]);
  });
});
