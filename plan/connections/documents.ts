import { ConfigurationError } from '../../stacks/config/fault';
import { connectionsOf } from '../atlas-tiers';
import type { DatabaseUser } from '../relational/pools';
import type { ConnectionBudget, DocumentDatabasePlan } from '../types';
import { arithmeticOf, budgetOf, fits } from './budget';

/**
 * The sums of a document database. No pooler can stand before MongoDB: the drivers' own pools are fitted to the tier; a size
 * that configuration gives is taken as it is.
 *
 * @throws ConfigurationError where they do not fit all the same
 */
export function documentBudget(
  database: DocumentDatabasePlan | undefined,
  users: DatabaseUser[],
  regions: number,
): ConnectionBudget | undefined {
  const limit = database && !database.existing ? connectionsOf(database.tier) : undefined;
  if (!database || limit === undefined) return undefined;
  const wishes = users.flatMap(({ name, capacity, connections, pool, poolSize }) => {
    if (!pool || connections.documentDatabase === undefined) return [];
    const wanted = poolSize ?? pool.max;
    const least = poolSize ?? 1;
    return [{ name, instances: capacity.max * regions, wanted, least, pooled: false }];
  });
  const budget = budgetOf(database.tier, { connections: limit, from: 'Atlas service limits' }, wishes);
  if (fits(budget)) return budget;
  throw new ConfigurationError([
    {
      key: 'overrides.database.tier',
      value: database.tier,
      problem: `does not accept the connections of all instances: ${arithmeticOf(budget)}`,
      allowed: 'a tier that the pools fit at the most instances that the autoscalers may run',
      mend: 'give a larger tier, a smaller overrides.services.<name>.poolSize, or a lower maxSize',
    },
  ]);
}
