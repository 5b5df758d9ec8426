import type { System } from '../systems/system';
import type { SqlEngine } from './vocabulary';

/** TCP ports that databases answer on unless they are told otherwise. */
export const mongodbPort = 27_017;
export const sqlPorts: Record<SqlEngine, number> = { postgres: 5432, mysql: 3306 };

/** The usual port of the kind of database that a system has; a system has one kind. */
export function usualPort({ documentDatabase, relationalDatabase }: System): number {
  return documentDatabase || !relationalDatabase ? mongodbPort : sqlPorts[relationalDatabase.engine];
}
