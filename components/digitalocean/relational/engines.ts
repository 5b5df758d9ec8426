import type { SqlEngine } from '../../../plan/vocabulary';

/** What differs by engine, as DigitalOcean names it. */
interface Engine {
  slug: string;
  scheme: string;
  /** Asks for TLS, in the words of DigitalOcean's own addresses. */
  query: string;
}

export const engines: Record<SqlEngine, Engine> = {
  postgres: { slug: 'pg', scheme: 'postgresql', query: 'sslmode=require' },
  mysql: { slug: 'mysql', scheme: 'mysql', query: 'ssl-mode=REQUIRED' },
};

/** DigitalOcean gives every relational database this port; it cannot be chosen. */
export const SQL_PORT = 25_060;

/** Owns the cluster and every database that is made in it; the one user with a password that DigitalOcean makes by itself. */
export const OWNER = 'doadmin';

/** The whole address of a database, password included. DigitalOcean's passwords are letters, digits, `_` and `-`. */
export function sqlUrl(engine: SqlEngine, host: string, password: string, database: string): string {
  const { scheme, query } = engines[engine];
  return `${scheme}://${OWNER}:${password}@${host}:${SQL_PORT}/${database}?${query}`;
}
