import type { ConnectionBudget, ConnectionUser } from '../types';
import { reservedOf } from './share';

/** Who wants connections of a database, before it is known how many there are. */
export interface ConnectionWish {
  name: string;
  /** The most instances, in all regions. */
  instances: number;
  /** Connections that each wants. */
  wanted: number;
  /** Fewer than these are no use to it. As `wanted` where the number is the application's own and cannot be fitted. */
  least: number;
  pooled: boolean;
}

/**
 * Fits wishes into what a database accepts. Pools that a pooler holds give way, all by the same share and none below its
 * least; those that applications hold themselves are what they are. The result may still be too much: `fits` tells.
 */
export function budgetOf(
  database: string,
  limit: { connections: number; from: string },
  wishes: ConnectionWish[],
): ConnectionBudget {
  const reserved = reservedOf(limit.connections);
  const fixed = sum(
    wishes.filter(({ wanted, least }) => wanted <= least).map(({ instances, wanted }) => instances * wanted),
  );
  const elastic = sum(
    wishes.filter(({ wanted, least }) => wanted > least).map(({ instances, wanted }) => instances * wanted),
  );
  const room = Math.max(0, limit.connections - reserved - fixed);
  const users = wishes.map(({ name, instances, wanted, least, pooled }): ConnectionUser => {
    const each =
      wanted <= least ? wanted : elastic <= room ? wanted : Math.max(least, Math.floor((wanted * room) / elastic));
    return { name, instances, each, pooled };
  });
  const total = sum(users.map(({ instances, each }) => instances * each));
  return { database, limit: limit.connections, limitFrom: limit.from, reserved, users, total };
}

export function fits({ limit, reserved, total }: ConnectionBudget): boolean {
  return total <= limit - reserved;
}

/** The arithmetic in one line: `api 10 x 25 = 250; together 250 of 180 (db.t3.small accepts 225, 45 are kept)`. */
export function arithmeticOf({ database, limit, limitFrom, reserved, users, total }: ConnectionBudget): string {
  const terms = users.map(({ name, instances, each }) => `${name} ${instances} x ${each} = ${instances * each}`);
  const room = limit - reserved;
  return (
    `${terms.join(', ')}; together ${total}, and applications may have ${room}: ` +
    `${database} accepts ${limit} (${limitFrom}), of which ${reserved} are kept for replication, monitoring and people`
  );
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
