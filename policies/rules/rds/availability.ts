import { expect, inspect, type Judgement, pass, unknown } from '../../judge';
import { clusterInstance, isReplica, rdsCluster, rdsInstance, readersOf, whereStandby } from '../../relational';
import type { Resource, ResourceRule, StackRule } from '../../rule';
import { findEach, refersTo, type Stack } from '../../stack';
import { flag, numeric, present, show, UNKNOWN } from '../../values';

const common = { severity: 'mandatory', scope: 'resource', types: [rdsInstance] } as const;

export const multiAz: ResourceRule = {
  ...common,
  id: 'rds-multi-az',
  title: 'A database on RDS has a standby in another zone',
  why: 'A zone that fails takes the database with it, and a restore from backup takes an hour.',
  mend: 'Set multiAz to true; it changes in place (overrides.relational.standby).',
  controls: ['AWS FSBP RDS.5', 'Checkov CKV_AWS_157'],
  where: whereStandby,
  check: (resource) => [
    isReplica(resource)
      ? pass
      : inspect(resource, ['multiAz'], (on) => (flag(on) ? undefined : `multiAz is ${show(on)}`)),
  ],
};

export const auroraZones: StackRule = {
  ...common,
  scope: 'stack',
  types: [rdsCluster],
  id: 'aurora-two-zones',
  title: 'A cluster of Aurora has instances in two zones',
  why: 'Its storage is in three zones, but a reader in another one is what takes over in seconds.',
  mend: 'Add a second ClusterInstance, with another availabilityZone.',
  controls: ['AWS FSBP RDS.15'],
  where: whereStandby,
  check: (stack) =>
    findEach(stack, [rdsCluster], (cluster) => {
      const members = membersOf(stack, clusterInstance, 'clusterIdentifier', cluster);
      if (members === UNKNOWN) return [unknown('clusterIdentifier')];
      const zones = new Set(members.map(({ props }) => props.availabilityZone));
      if (zones.has(UNKNOWN)) return [unknown('availabilityZone')];
      return [
        expect(members.length > 1 && zones.size > 1, `its ${members.length} instances are in ${zones.size} zones`, ''),
      ];
    }),
};

export const replicaZones: StackRule = {
  ...common,
  scope: 'stack',
  id: 'rds-replica-zones',
  title: 'Replicas are not all in the zone of their source',
  why: 'A zone that fails would take the database and everything that could take its place.',
  mend: 'Set availabilityZone of a replica to another zone than that of its source.',
  controls: [],
  check: (stack) =>
    findEach(stack, [rdsInstance], (source): Judgement[] => {
      const replicas = membersOf(stack, rdsInstance, 'replicateSourceDb', source);
      if (replicas === UNKNOWN) return [unknown('replicateSourceDb')];
      // A standby has two zones, and which one serves is AWS's to say.
      if (replicas.length === 0 || flag(source.props.multiAz)) return [pass];
      const zones = replicas.map(({ props }) => props.availabilityZone);
      if (zones.includes(UNKNOWN) || source.props.availabilityZone === UNKNOWN) return [unknown('availabilityZone')];
      const home = source.props.availabilityZone;
      const elsewhere = zones.some((zone) => present(zone) && present(home) && zone !== home);
      const spread = new Set(zones.filter(present)).size > 1;
      return [expect(elsewhere || spread, `its replicas are in ${zones.map(show).join(' and ')}, as it is`, '')];
    }),
};

/** Resources that name another; UNKNOWN where one might. */
function membersOf(stack: Stack, type: string, property: string, to: Resource): Resource[] | typeof UNKNOWN {
  const answers = stack.ofType(type).map((one) => ({ one, names: refersTo(one, property, to) }));
  if (answers.some(({ names }) => names === UNKNOWN)) return UNKNOWN;
  return answers.flatMap(({ one, names }) => (names ? [one] : []));
}

/** RDS refuses a ceiling that is less above what there is (RDS: storage autoscaling). */
const room = 1.1;

export const storageGrows: ResourceRule = {
  ...common,
  id: 'rds-storage-autoscaling',
  title: 'Storage on RDS grows by itself, up to a ceiling',
  why: 'A database whose disk is full stops; one without a ceiling fills a disk that nobody ordered.',
  mend: 'Set maxAllocatedStorage, a tenth above allocatedStorage at the least (overrides.relational.maxStorageGb).',
  controls: [],
  check: (resource) => [
    inspect(resource, ['maxAllocatedStorage', 'allocatedStorage'], (most, now) => {
      const [ceiling, start] = [numeric(most), numeric(now)];
      if (ceiling === undefined || ceiling === 0) return 'maxAllocatedStorage is not set';
      return start === undefined || ceiling >= start * room
        ? undefined
        : `maxAllocatedStorage ${ceiling} is not a tenth above allocatedStorage ${start}`;
    }),
  ],
};

/** The most readers of an Aurora cluster. */
const mostReaders = 15;

export const readerRange: ResourceRule = {
  ...common,
  id: 'aurora-reader-range',
  title: "Aurora's readers follow the load within the range of the guide",
  why: 'A range without room never scales, one without an end can cost many times what the phase is meant to.',
  mend: 'Set minCapacity and maxCapacity within the readers of the system (Mercenary: 1 to 5).',
  controls: [],
  types: ['aws:appautoscaling/target:Target'],
  check: (resource, context) =>
    resource.props.scalableDimension !== 'rds:cluster:ReadReplicaCount'
      ? [pass]
      : [
          inspect(resource, ['minCapacity', 'maxCapacity'], (min, max) => {
            const [from, to] = [numeric(min) ?? 0, numeric(max) ?? 0];
            if (from < 1) return `minCapacity is ${show(min)}`;
            if (to <= from) return `maxCapacity ${to} is not above minCapacity ${from}`;
            const most = readersOf(context)?.max ?? mostReaders;
            return to > most ? `maxCapacity ${to} is above ${most}, the most that the phase allows` : undefined;
          }),
        ],
};

export const rdsAvailabilityRules = [multiAz, auroraZones, replicaZones, storageGrows, readerRange];
