import type { Settings } from '../../stacks/config/settings';
import type { PoolNeeds } from '../../systems/system';
import { budgetOf, type ConnectionWish } from '../connections/budget';
import { limitOf } from '../connections/limits';
import type { Capacity, ConnectionBudget, PoolerPlan, RelationalDatabasePlan, WorkConnections } from '../types';

/** A service or a worker, as far as its connections go. */
export interface DatabaseUser {
  name: string;
  /** Where `overrides` has it. */
  kind: 'services' | 'workers';
  capacity: Pick<Capacity, 'max'>;
  connections: WorkConnections;
  pool?: PoolNeeds;
  /** Configuration's own number of connections: taken as it is. */
  poolSize?: number;
}

/** The users of the database that say how many connections they want. */
export function usersOf(all: DatabaseUser[]): (DatabaseUser & { pool: PoolNeeds })[] {
  return all.flatMap((user) =>
    user.pool && user.connections.relationalDatabase !== undefined ? [{ ...user, pool: user.pool }] : [],
  );
}

/**
 * The sums of a relational database at the most instances that the plan allows; undefined where its limit is not known.
 *
 * @param regions regions that serve: all of them write to the same primary
 */
export function relationalBudget(
  database: RelationalDatabasePlan,
  users: DatabaseUser[],
  { compute }: Pick<Settings, 'compute'>,
  regions: number,
): ConnectionBudget | undefined {
  const limit = limitOf(database.host, database.engine, database.instanceClass);
  if (database.existing || !limit) return undefined;
  const { pooler } = database;
  const wishes =
    pooler && compute === 'kubernetes'
      ? [ofPoolers(pooler, regions)]
      : usersOf(users).map((user) => wishOf(user, database, regions));
  return budgetOf(database.instanceClass, limit, wishes);
}

/** On a cluster all services share a few poolers, however many pods there are. */
function ofPoolers({ pods, poolSize, minPoolSize }: PoolerPlan, regions: number): ConnectionWish {
  const least = Math.max(1, minPoolSize);
  return { name: 'pooler', instances: pods * regions, wanted: poolSize, least, pooled: true };
}

/** On instances each has its own pooler beside it, or connects by itself. */
function wishOf(
  user: DatabaseUser & { pool: PoolNeeds },
  database: RelationalDatabasePlan,
  regions: number,
): ConnectionWish {
  const { name, capacity, connections, pool, poolSize } = user;
  const instances = capacity.max * regions;
  const { pooler, replicas } = database;
  if (pooler) {
    const wanted = poolSize ?? Math.min(pool.max, pooler.poolSize);
    return { name, instances, wanted, least: poolSize ?? Math.min(Math.max(1, pool.min), wanted), pooled: true };
  }
  // Without a replica the pool for reads goes to the primary too.
  const pools = connections.relationalReplica !== undefined && replicas.min === 0 ? 2 : 1;
  const wanted = (poolSize ?? pool.max) * pools;
  return { name, instances, wanted, least: wanted, pooled: false };
}

/** The pooler of one service or worker, with the size that it was fitted to. */
export function poolerOf(
  user: DatabaseUser,
  { pooler }: RelationalDatabasePlan,
  budget: ConnectionBudget | undefined,
): PoolerPlan | undefined {
  if (!pooler || user.connections.relationalDatabase === undefined) return undefined;
  const found = budget?.users.find(({ name }) => name === user.name || name === 'pooler');
  const poolSize = found?.each ?? pooler.poolSize;
  return { ...pooler, poolSize, minPoolSize: Math.min(pooler.minPoolSize, poolSize) };
}

/** The variables that carry the application's own pool: what it asks for, whatever a pooler makes of it. */
export function poolVariables({ pool, poolSize }: Pick<DatabaseUser, 'pool' | 'poolSize'>): Record<string, string> {
  if (!pool) return {};
  const max = poolSize ?? pool.max;
  return { [pool.maxVariable]: String(max), [pool.minVariable]: String(Math.min(pool.min, max)) };
}
