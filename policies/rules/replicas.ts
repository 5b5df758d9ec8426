import { fail, type Judgement, pass, unknown } from '../judge';
import {
  cloudSql,
  clusterInstance,
  cnpg,
  doCluster,
  doReplica,
  isReplica,
  rdsCluster,
  rdsInstance,
  readersOf,
} from '../relational';
import type { Resource, StackRule } from '../rule';
import { findEach, refersTo, type Stack } from '../stack';
import { at, numeric, text, UNKNOWN, type Unknown } from '../values';

/** What a database may have of readers anywhere (RDS, Aurora; the other clouds have fewer and say so themselves). */
const most = 15;

/** Copies that name a database, in the region of its own. */
function copies(stack: Stack, type: string, property: string, to: Resource): number | Unknown {
  const answers = stack
    .ofType(type)
    .filter((one) => one.props.region === to.props.region)
    .map((one) => refersTo(one, property, to));
  return answers.includes(UNKNOWN) ? UNKNOWN : answers.filter((answer) => answer === true).length;
}

/** By type of the database: how many readers it has at home. */
const counters: Record<string, (stack: Stack, database: Resource) => number | Unknown> = {
  [rdsInstance]: (stack, database) => copies(stack, rdsInstance, 'replicateSourceDb', database),
  // One of the instances writes.
  [rdsCluster](stack, database) {
    const instances = copies(stack, clusterInstance, 'clusterIdentifier', database);
    return instances === UNKNOWN ? UNKNOWN : instances - 1;
  },
  [cloudSql](stack, database) {
    const own = stack
      .ofType(cloudSql)
      .filter((one) => one.props.region === database.props.region)
      .map((one) => ({ one, names: refersTo(one, 'masterInstanceName', database) }));
    if (own.some(({ names }) => names === UNKNOWN)) return UNKNOWN;
    // A pool is one instance with several nodes.
    return own.reduce((sum, { one, names }) => sum + (names ? (numeric(one.props.nodeCount) ?? 1) : 0), 0);
  },
  [doCluster]: (stack, database) => copies(stack, doReplica, 'clusterId', database),
  [cnpg](_stack, database) {
    const instances = at(database.props, 'spec.instances');
    return instances === UNKNOWN ? UNKNOWN : (numeric(instances) ?? 1) - 1;
  },
};

const types = Object.keys(counters);
const sql = /^(pg|mysql)$/;

export const replicaCount: StackRule = {
  id: 'database-replica-count',
  title: "A relational database has the readers of its system's phase, and not more than a host allows",
  why: 'The guide counts on them: without them the reads of its phase land on the instance that writes.',
  mend: 'Add replicas (overrides.relational.replicas), or leave the override out.',
  severity: 'mandatory',
  controls: [],
  scope: 'stack',
  types,
  check: (stack, context) =>
    findEach(stack, types, (database): Judgement[] => {
      if (isReplica(database)) return [pass];
      if (database.type === doCluster) {
        if (database.props.engine === UNKNOWN) return [unknown('engine')];
        if (!sql.test(text(database.props.engine))) return [pass];
      }
      const count = counters[database.type]?.(stack, database) ?? UNKNOWN;
      const wanted = readersOf(context);
      if (count === UNKNOWN) return [unknown('replicas')];
      if (count > most) return [fail(`it has ${count} readers, ${most} at most`)];
      // A system that is not on board has no number, and zero is one that every database has.
      if (wanted === undefined) return [pass];
      return [count >= wanted.min ? pass : fail(`it has ${count} readers, ${wanted.min} are needed`)];
    }),
};

export const replicaRules = [replicaCount];
