import { Command, Option } from 'commander';
import { ensureIndexes, isMongoUrl, withoutPassword } from '../../components/atlas/indexes/ensure-indexes';
import { checkDatabaseName, indexScript } from '../../components/atlas/indexes/script';
import { type IndexSpecification, specificationsOf } from '../../components/atlas/indexes/specification';
import { systems } from '../../systems';

const WRONG_USE_OR_UNREACHABLE = 2;

interface IndexFlags {
  system: string;
  database?: string;
  print?: boolean;
}

/**
 * `ladder indexes`: creates the indexes of a system's document database, or prints the script that does. The URL comes
 * from the environment variable MONGO_URL and from nowhere else: a process list shows flags. Ends with 0, with 1 where
 * an index is in conflict or was refused, and with 2 for wrong use and where the database cannot be reached.
 */
export function indexesCommand(): Command {
  return new Command('indexes')
    .description("create the indexes of a system's document database, at the URL in MONGO_URL")
    .addOption(new Option('--system <name>', 'whose indexes').choices(Object.keys(systems)).makeOptionMandatory())
    .option('--database <name>', 'name of the database, where it is not the one of the system')
    .option('--print', 'print the script for mongosh instead, and connect to nothing')
    .action(async (flags: IndexFlags) => {
      process.exitCode = await run(flags);
    });
}

async function run(flags: IndexFlags): Promise<number> {
  const needs = systems[flags.system]?.documentDatabase;
  if (!needs) return complain(`${flags.system} has no document database`);
  const database = flags.database ?? needs.name;
  try {
    checkDatabaseName(database);
  } catch (error) {
    return complain((error as Error).message);
  }
  if (flags.print) {
    process.stdout.write(indexScript(database, needs.indexes));
    return 0;
  }
  const url = process.env.MONGO_URL ?? '';
  if (!isMongoUrl(url)) {
    return complain(
      'the environment variable MONGO_URL must hold a MongoDB URL, its user and password percent-encoded',
    );
  }
  try {
    return await createIndexes(url, database, specificationsOf(needs.indexes));
  } catch (error) {
    return complain(withoutPassword(`the database cannot be used: ${(error as Error).message}`, url));
  }
}

async function createIndexes(url: string, database: string, wanted: IndexSpecification[]): Promise<number> {
  // Loaded here: no other command needs the driver, and it takes a while.
  const { MongoClient } = await import('mongodb');
  const client = new MongoClient(url, { appName: 'stackladder-indexes' });
  try {
    const db = client.db(database);
    return await ensureIndexes(
      (command) => db.command(command),
      wanted,
      (line) => process.stdout.write(`${line}\n`),
    );
  } finally {
    await client.close();
  }
}

function complain(message: string): number {
  process.stderr.write(`${message}\n`);
  return WRONG_USE_OR_UNREACHABLE;
}
