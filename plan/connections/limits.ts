import type { RelationalHost, SqlEngine } from '../vocabulary';

/** How many connections a database accepts, and where the number is from. */
export interface Limit {
  connections: number;
  from: string;
}

const GIB = 1024 ** 3;

/** GiB of memory of a class, as its host names it; undefined for one that is not known here. */
export function memoryGib(host: RelationalHost, name: string): number | undefined {
  return memories[host](name);
}

const memories: Record<RelationalHost, (name: string) => number | undefined> = {
  rds: rdsMemory,
  aurora: rdsMemory,
  'cloud-sql': cloudSqlMemory,
  digitalocean: (name) => numberIn(/^(?:db|gd|so1_5)-(?:s-)?\d+vcpu-(\d+)gb/, name),
  operator: operatorMemory,
};

/** Sizes of burstable classes have a memory of their own; from `large` on it is the family's GiB a processor. */
const burstable: Record<string, number> = { micro: 1, small: 2, medium: 4, large: 8, xlarge: 16, '2xlarge': 32 };
const perCpu: Record<string, number> = { m: 4, r: 8, x: 16, c: 2 };

function rdsMemory(name: string): number | undefined {
  const found = /^db\.([a-z])\d+[a-z]*\.(\w+)$/.exec(name);
  const [, family = '', size = ''] = found ?? [];
  if (family === 't') return burstable[size];
  const each = perCpu[family];
  const cpus = size === 'large' ? 2 : size === 'xlarge' ? 4 : 4 * (numberIn(/^(\d+)xlarge$/, size) ?? Number.NaN);
  return each !== undefined && Number.isFinite(cpus) ? each * cpus : undefined;
}

function cloudSqlMemory(name: string): number | undefined {
  const custom = numberIn(/^db-custom-\d+-(\d+)$/, name);
  if (custom !== undefined) return custom / 1024;
  const optimized = numberIn(/^db-perf-optimized-N-(\d+)$/, name);
  if (optimized !== undefined) return optimized * 8;
  return { 'db-f1-micro': 0.6, 'db-g1-small': 1.7 }[name];
}

function operatorMemory(name: string): number | undefined {
  const found = /^[^/]+\/(\d+)(Mi|Gi)$/.exec(name);
  if (!found) return undefined;
  return found[2] === 'Gi' ? Number(found[1]) : Number(found[1]) / 1024;
}

function numberIn(pattern: RegExp, text: string): number | undefined {
  const found = pattern.exec(text)?.[1];
  return found === undefined ? undefined : Number(found);
}

/** Bytes of memory for each connection in the defaults of RDS, by engine. */
const bytesEach: Record<SqlEngine, number> = { postgres: 9_531_392, mysql: 12_582_880 };
const most: Record<SqlEngine, number> = { postgres: 5_000, mysql: 100_000 };

/**
 * What a class accepts at once. RDS and Aurora: `max_connections` of the default parameter group, LEAST(memory / 9531392,
 * 5000) for PostgreSQL and memory / 12582880 for MySQL ("Quotas and constraints for Amazon RDS"). Cloud SQL and
 * CloudNativePG take the number as a setting, and are set to the same. DigitalOcean: 25 for each GiB, of which 3 are its own,
 * and 1000 at the most ("Manage PostgreSQL connection pools", "Limits"); MySQL 75 for each GiB.
 */
export function limitOf(host: RelationalHost, engine: SqlEngine, name: string): Limit | undefined {
  const gib = memoryGib(host, name);
  if (gib === undefined) return undefined;
  if (host === 'digitalocean') {
    const each = engine === 'postgres' ? 25 : 75;
    const connections = Math.min(gib * each, engine === 'postgres' ? 1_000 : 75_000) - 3;
    return { connections, from: `${each} for each of ${gib} GiB, less 3` };
  }
  const reckoned = Math.floor((gib * GIB) / bytesEach[engine]);
  const connections = Math.min(reckoned, most[engine]);
  return { connections, from: `${gib} GiB / ${bytesEach[engine]} bytes` };
}
