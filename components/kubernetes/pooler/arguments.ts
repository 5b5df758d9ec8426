import type * as pulumi from '@pulumi/pulumi';
import type { PoolerPlan } from '../../../plan/types';
import { type Fault, must, noTwice, wholeNumber } from '../../faults';
import type { Identity } from '../labels';
import { pinnedImage } from '../workload/arguments';

export interface PoolerArgs {
  /** Its name on the cluster and the stack that it belongs to. **A change replaces it, and closes clients' connections.** */
  identity: Identity;
  /** Namespace that it is put in. */
  namespace: pulumi.Input<string>;
  /** Image, port, sizes of pools, and how many pods. The image has `pgbouncer` and `/bin/sh`. */
  pooler: PoolerPlan;
  /** What clients find behind it. Those of one user have one password. */
  databases: PoolerDatabase[];
  /** Labels of the pods that may connect. Nobody else can. */
  clients: Record<string, string>[];
  /** What a pod asks of its node. */
  requests: { cpu: string; memory: string };
}

export interface PoolerDatabase {
  /** As clients name it: the path of their URL. */
  name: string;
  host: pulumi.Input<string>;
  port: number;
  /** As the server names it. */
  database: string;
  user: string;
  password: pulumi.Input<string>;
}

/** A word that PgBouncer's file takes as it is. */
const word = /^[A-Za-z_][A-Za-z0-9_-]*$/;

export function faultsOf({ pooler, databases, clients }: PoolerArgs): Fault[] {
  return [
    pinnedImage('pooler.image', pooler.image),
    wholeNumber('pooler.port', pooler.port, 1_024, 65_535),
    wholeNumber('pooler.poolSize', pooler.poolSize, 1, 10_000),
    wholeNumber('pooler.minPoolSize', pooler.minPoolSize, 0, pooler.poolSize),
    wholeNumber('pooler.maxDatabaseConnections', pooler.maxDatabaseConnections, 1, 10_000),
    wholeNumber('pooler.maxClientConnections', pooler.maxClientConnections, 1, 100_000),
    wholeNumber('pooler.timeoutSeconds', pooler.timeoutSeconds, 0, 3_600),
    wholeNumber('pooler.pods', pooler.pods, 1, 100),
    must(databases.length > 0, 'databases', 'a pooler in front of nothing is of no use'),
    ...noTwice(
      'databases',
      databases.map(({ name }) => name),
    ),
    ...databases.flatMap(({ name, database, user, port }, at) => [
      must(word.test(name), `databases[${at}].name`, `"${name}" must be letters, digits, - and _`),
      must(name !== 'pgbouncer', `databases[${at}].name`, 'is the name of PgBouncer’s own console'),
      must(word.test(database), `databases[${at}].database`, `"${database}" must be letters, digits, - and _`),
      must(word.test(user), `databases[${at}].user`, `"${user}" must be letters, digits, - and _`),
      wholeNumber(`databases[${at}].port`, port, 1, 65_535),
    ]),
    must(clients.length > 0, 'clients', 'a pooler that nobody may reach is of no use'),
  ];
}
