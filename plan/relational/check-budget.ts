import { ConfigurationError } from '../../stacks/config/fault';
import type { Settings } from '../../stacks/config/settings';
import { arithmeticOf, fits } from '../connections/budget';
import type { ConnectionBudget, RelationalDatabasePlan } from '../types';
import type { RelationalHost } from '../vocabulary';
import { poolerAt, usualPooler } from './database';
import { relationalBudget, usersOf, type DatabaseUser } from './pools';

/** Classes that are named as a way out, smallest first: what each host has most of. */
const usualClasses: Record<RelationalHost, string[]> = {
  rds: ['db.t3.small', 'db.t3.medium', 'db.t3.large', 'db.m5.large', 'db.m5.xlarge', 'db.m5.2xlarge', 'db.m5.4xlarge'],
  aurora: ['db.t3.medium', 'db.t3.large', 'db.r5.large', 'db.r5.xlarge', 'db.r5.2xlarge'],
  'cloud-sql': ['db-custom-2-4096', 'db-custom-2-8192', 'db-custom-4-16384', 'db-custom-8-32768'],
  digitalocean: ['db-s-2vcpu-4gb', 'db-s-4vcpu-8gb', 'db-s-6vcpu-16gb', 'db-s-8vcpu-32gb'],
  operator: ['1000m/2Gi', '1000m/4Gi', '2000m/8Gi', '2000m/16Gi', '4000m/32Gi'],
};

/** A pool that an application cannot work with is no way out. */
const SMALLEST_POOL = 2;

/**
 * Refuses a plan whose pools, at the most instances that it allows, are more than the database accepts: with the
 * arithmetic, and with what would mend it.
 *
 * @throws ConfigurationError
 */
export function checkBudget(
  budget: ConnectionBudget | undefined,
  database: RelationalDatabasePlan,
  users: DatabaseUser[],
  settings: Pick<Settings, 'compute'>,
  regions: number,
): void {
  if (!budget || fits(budget)) return;
  const works = (changed: Partial<RelationalDatabasePlan>, who = users): boolean => {
    const tried = relationalBudget({ ...database, ...changed }, who, settings, regions);
    return tried !== undefined && fits(tried);
  };
  const ways = [poolerWay(database, works), classWay(database, works), poolWay(users, works)].filter(
    (way) => way !== undefined,
  );
  throw new ConfigurationError([
    {
      key: 'overrides.relational',
      problem: `would let applications open more connections than the database accepts: ${arithmeticOf(budget)}`,
      allowed: 'pools that fit the database at the most instances that the autoscalers may run',
      mend: ways.length > 0 ? ways.join('; or ') : 'lower maxSize of the services and workers that use the database',
    },
  ]);
}

type Works = (changed: Partial<RelationalDatabasePlan>, users?: DatabaseUser[]) => boolean;

/** What a pooler's usual size makes of it. */
function poolerWay({ pooler, engine }: RelationalDatabasePlan, works: Works): string | undefined {
  if (pooler || engine !== 'postgres') return undefined;
  // At Small, where there are fewest poolers: on instances their number has no say.
  return works({ pooler: poolerAt(usualPooler, 'small') })
    ? 'a pooler: pulumi config set --path overrides.relational.pooler true'
    : undefined;
}

function classWay({ host }: RelationalDatabasePlan, works: Works): string | undefined {
  const found = usualClasses[host].find((instanceClass) => works({ instanceClass }));
  return found && `a larger class: pulumi config set --path overrides.relational.instanceClass ${found}`;
}

/** The greatest pool, the same for all, that fits. */
function poolWay(users: DatabaseUser[], works: Works): string | undefined {
  const own = usersOf(users);
  const greatest = Math.max(...own.map(({ pool, poolSize }) => poolSize ?? pool.max));
  for (let size = greatest - 1; size >= SMALLEST_POOL; size--) {
    const smaller = users.map((user) => {
      const now = user.poolSize ?? user.pool?.max;
      return now !== undefined && now > size ? { ...user, poolSize: size } : user;
    });
    if (!works({}, smaller)) continue;
    const keys = own
      .filter(({ pool, poolSize }) => (poolSize ?? pool.max) > size)
      .map(({ kind, name }) => `overrides.${kind}.${name}.poolSize`);
    return `smaller pools: ${size} at the most in ${keys.join(' and ')}`;
  }
  return undefined;
}
