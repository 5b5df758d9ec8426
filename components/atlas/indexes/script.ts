import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IndexNeeds } from '../../../systems/system';
import { specificationsOf } from './specification';

/** Databases that belong to MongoDB itself. */
const RESERVED = ['admin', 'config', 'local'];

/**
 * One self-contained script for mongosh that creates the indexes of a database. It takes the URL from the environment
 * variable MONGO_URL, prints a line per index, drops nothing, and ends with 0, with 1 where an index is in conflict or
 * was refused, or with 2 where the database cannot be reached. Run it with `mongosh --nodb --quiet --norc <file>`.
 *
 * @param database name of the database in the cluster; wins over the one in the URL's path
 * @throws Error for a name that no database can have, and for indexes that MongoDB would refuse
 */
export function indexScript(database: string, indexes: IndexNeeds[]): string {
  checkDatabaseName(database);
  const wanted = specificationsOf(indexes).map((index) => `  ${JSON.stringify(index)},`);
  return [
    `// The indexes of the database ${JSON.stringify(database)}. Creates what is missing, drops nothing.`,
    '// Put the URL in the environment variable MONGO_URL, then: mongosh --nodb --quiet --norc <this file>',
    '(() => {',
    `const database = ${JSON.stringify(database)};`,
    'const wanted = [',
    ...wanted,
    '];',
    'const module = {};',
    '',
    readFileSync(join(__dirname, 'ensure-indexes.js'), 'utf8'),
    readFileSync(join(__dirname, 'run-in-mongosh.js'), 'utf8'),
    '// The shell waits for what the script ends with.',
    'return runInMongosh(database, wanted);',
    '})();',
    '',
  ].join('\n');
}

/** @throws Error for a name that MongoDB would refuse, and for a database of MongoDB's own */
export function checkDatabaseName(database: string): void {
  if (!/^[^/\\. "$*<>:|?\0]{1,63}$/.test(database) || RESERVED.includes(database)) {
    throw new Error(`"${database}" cannot be the name of a database with indexes of its own`);
  }
}
