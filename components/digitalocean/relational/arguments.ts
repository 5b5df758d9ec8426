import type * as pulumi from '@pulumi/pulumi';
import type { SqlEngine } from '../../../plan/vocabulary';
import { must, oneOf, refuseFaults, wholeNumber, type Fault } from '../../faults';
import { databaseFaults, memoryOf, type DatabaseArgs } from '../database/arguments';
import type { TrustedSource } from '../host';
import { sourceFaults } from '../database/trusted-sources';

export interface SqlClusterArgs extends DatabaseArgs {
  /** **A change replaces the cluster and its data.** */
  engine: SqlEngine;
  /** Name of the application's database in the cluster. **A change makes another, empty one.** */
  database: string;
  /** Whether a second node takes over when the first is lost. From 2 GB a node. Changed in place. */
  standby: boolean;
  storage: {
    /** GiB at the start, where it is more than the size brings. Later changes do nothing: storage grows by itself. */
    initialGb: number;
    /** Percent free below which storage grows, 5 to 85. */
    freePercent: number;
  };
  /** When DigitalOcean may bring new minor versions: four hours from then. */
  maintenance: {
    /** 1 Monday to 7 Sunday. */
    day: number;
    /** `HH:MM`, UTC. */
    startsAt: string;
  };
  /** Copies that answer reads. One that is taken out goes; data is lost with none. */
  readers: SqlReaders[];
  /** A cluster that is there already. Its database of the name `database` is there too. Default: a new one. */
  adopted?: { id: string; imported: boolean };
  /** Networks, by a name each, that are peered with the one that the cluster is in. Default: none. */
  peers?: Record<string, pulumi.Input<string>>;
}

/** Copies in one region. */
export interface SqlReaders {
  /** E.g. `nyc3`. A change replaces the copies. */
  region: string;
  /** Network of the private address. A change replaces the copies. */
  vpcId: pulumi.Input<string>;
  count: number;
  /** Who may connect to them: each copy has a list of its own. */
  trustedSources: TrustedSource[];
}

/** GiB of a node that can have a standby. */
const leastForStandby = 2;
/** What one plan may ask of all regions together; DigitalOcean names no limit. */
const mostReaders = 10;

/** Whether a standby goes with this size. */
export function canStandBy(size: string): boolean {
  return (memoryOf(size) ?? 0) >= leastForStandby;
}

/** @throws Error that lists every fault of the arguments */
export function checkSqlClusterArgs(name: string, args: SqlClusterArgs): void {
  const { storage, maintenance, readers } = args;
  refuseFaults('SqlCluster', name, [
    ...databaseFaults(args),
    oneOf('engine', args.engine, ['postgres', 'mysql']),
    must(/^[a-z_][a-z0-9_-]{0,62}$/.test(args.database), 'database', `"${args.database}" cannot be a database's name`),
    must(!args.standby || canStandBy(args.size), 'standby', `${args.size} has none: 2 GB are the least`),
    wholeNumber('storage.initialGb', storage.initialGb, 10, 30_720),
    wholeNumber('storage.freePercent', storage.freePercent, 5, 85),
    wholeNumber('maintenance.day', maintenance.day, 1, 7),
    must(
      /^([01]\d|2[0-3]):[0-5]\d$/.test(maintenance.startsAt),
      'maintenance.startsAt',
      'must be a time such as 04:30',
    ),
    must(readers.reduce((sum, { count }) => sum + count, 0) <= mostReaders, 'readers', `more than ${mostReaders}`),
    ...readers.flatMap(readerFaults),
    must(
      new Set(readers.map(({ region }) => region)).size === readers.length,
      'readers',
      'a region stands there more than once',
    ),
    must(args.adopted === undefined || args.adopted.id !== '', 'adopted.id', 'must not be empty'),
  ]);
}

function readerFaults({ region, count, trustedSources }: SqlReaders, at: number): Fault[] {
  const path = `readers[${at}]`;
  return [
    must(/^[a-z]{3}\d$/.test(region), `${path}.region`, `"${region}" must be a region of DigitalOcean such as nyc3`),
    wholeNumber(`${path}.count`, count, 1, mostReaders),
    ...sourceFaults(trustedSources).map((fault) => fault && `${path}.${fault}`),
  ];
}
