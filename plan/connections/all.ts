import type { ServiceOverrides, Settings } from '../../stacks/config/settings';
import type { Phase } from '../../stacks/phase';
import type { PoolNeeds, RangeNeeds, System } from '../../systems/system';
import { capacityOf } from '../capacity';
import { checkBudget } from '../relational/check-budget';
import { poolerOf, poolVariables, relationalBudget, type DatabaseUser } from '../relational/pools';
import { regionsOn } from '../regions';
import type { ServiceConnections } from '../service';
import type { ConnectionBudget, DocumentDatabasePlan, RelationalDatabasePlan, WorkConnections } from '../types';
import { documentBudget } from './documents';

/** The connections of a whole stack: what each service and worker gets, and the sums. */
export interface StackConnections {
  of(name: string): ServiceConnections;
  budgets: ConnectionBudget[];
}

/**
 * Works out who may open how many connections.
 *
 * @throws ConfigurationError where they do not fit, with the arithmetic
 */
export function planConnections(
  system: System,
  phase: Phase,
  settings: Settings,
  databases: { documents?: DocumentDatabasePlan; relational?: RelationalDatabasePlan },
): StackConnections {
  const regions = regionsOn(settings.cloud, phase.regions);
  const users = usersOf(system, phase, settings);
  const { documents, relational } = databases;
  const ofDocuments = documentBudget(documents, users, regions);
  const ofRows = relational && relationalBudget(relational, users, settings, regions);
  if (relational) checkBudget(ofRows, relational, users, settings, regions);
  return {
    of: (name) => {
      const user = users.find((each) => each.name === name);
      if (!user) return { variables: {} };
      const fitted = user.connections.documentDatabase === undefined ? undefined : ofDocuments;
      const poolSize = fitted?.users.find((each) => each.name === name)?.each ?? user.poolSize;
      const pooler = relational && poolerOf(user, relational, ofRows);
      return { variables: poolVariables({ pool: user.pool, poolSize }), pooler };
    },
    budgets: [ofDocuments, ofRows].filter((budget) => budget !== undefined),
  };
}

function usersOf(system: System, phase: Phase, { overrides }: Settings): DatabaseUser[] {
  const userOf = (kind: DatabaseUser['kind'], needs: UserNeeds): DatabaseUser => {
    const own: ServiceOverrides = overrides[kind][needs.name] ?? {};
    return {
      name: needs.name,
      kind,
      capacity: capacityOf(needs.range, phase, own),
      connections: needs.connections,
      pool: needs.databasePool,
      poolSize: own.poolSize,
    };
  };
  return [
    ...system.services.map((needs) => userOf('services', needs)),
    ...(system.workers ?? []).map((needs) => userOf('workers', needs)),
  ];
}

interface UserNeeds {
  name: string;
  range: RangeNeeds;
  connections: WorkConnections;
  databasePool?: PoolNeeds;
}
