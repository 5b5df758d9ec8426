import type { PoolerPlan } from '../../plan/types';
import type { Wiring } from '../platform';
import type { PooledDatabases } from './managed-group/arguments';

/** What PgBouncer stands before on each instance of a service or worker, with the size that the plan fitted to it. */
export function pooledDatabases({ pooled }: Wiring, fitted: PoolerPlan | undefined): PooledDatabases | undefined {
  const pooler = fitted ?? pooled[0]?.pooler;
  if (!pooler || pooled.length === 0) return undefined;
  return {
    pooler,
    databases: pooled.map(({ variable, name, connection: { login, port } }) => ({
      variable,
      name,
      port,
      host: login.host,
      database: login.database,
      user: login.user,
      passwordId: login.password.id,
    })),
  };
}
