import { resolve } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import {
  drift,
  engineEnvironment,
  faultKinds,
  Faults,
  startDetached,
  statusOf,
  stop,
  Store,
  verbs,
  type Fault,
} from '../../sandbox';

/** Where the sandbox keeps its cloud, under the current folder. */
export const SANDBOX_FOLDER = '.ladder/sandbox';

interface Common {
  store: string;
}

/** `ladder sandbox`: the local cloud that the real engine runs against when there is no account. */
export function sandboxCommand(): Command {
  const sandbox = new Command('sandbox').description('a local cloud for the real engine, with no account');
  const add = (name: string, description: string): Command =>
    sandbox
      .command(name)
      .description(description)
      .option('--store <folder>', 'where the sandbox keeps its cloud', SANDBOX_FOLDER);

  add('start', 'start it in the background, and print what the engine needs in its environment')
    .option('--account <id>', 'the account that the sandbox stands for', account)
    .action(async (options: Common & { account?: string }) => {
      const status = await startDetached(folderOf(options), { account: options.account });
      printEnvironment(status.ports);
    });

  add('stop', 'stop it; what is in its cloud stays').action(async (options: Common) => {
    console.log((await stop(folderOf(options))) ? 'stopped' : 'it was not running');
  });

  add('status', 'say whether it runs; exits with 1 where it does not').action(async (options: Common) => {
    const status = await statusOf(folderOf(options));
    const store = new Store(folderOf(options));
    const where = Object.entries(status.ports).map(([name, port]) => `${name}:${port}`);
    console.log(status.running ? `running, process ${status.pid}, ${where.join(' ')}` : 'not running');
    console.log(`account ${store.account}, ${store.list().length} resources, ${store.leftBehind().length} left behind`);
    if (!status.running) process.exitCode = 1;
  });

  add('env', 'print what the engine needs in its environment').action(async (options: Common, command: Command) => {
    const status = await statusOf(folderOf(options));
    if (!status.running) command.error('error: the sandbox is not running: ladder sandbox start');
    printEnvironment(status.ports);
  });

  add('list', 'list what is in its cloud; secret values are not shown')
    .option('--json', 'as JSON')
    .action((options: Common & { json?: boolean }) => list(new Store(folderOf(options)), options.json === true));

  add('drift', 'change what is in its cloud behind the program, as an autoscaler or a person would')
    .argument('<target>', 'an id, a logical name, or a part of a type, e.g. autoscaling/group')
    .option('--set <property=value...>', 'set properties, values as JSON or text', pairs)
    .option('--atlas-tier <tier>', 'the tier that Atlas has scaled to, e.g. M40')
    .option('--atlas-disk <percent>', 'by how many percent Atlas has grown the disk', Number)
    .option('--remove', 'delete it')
    .action((target: string, options: Common & DriftOptions) => {
      const { set, atlasTier, atlasDisk: atlasDiskPercent, remove } = options;
      const changed = drift(new Store(folderOf(options)), { target, set, atlasTier, atlasDiskPercent, remove });
      for (const record of changed)
        console.log(`${options.remove ? 'removed' : 'changed'} ${record.type} ${record.id}`);
    });

  add('exists', 'declare ids or ARNs that exist in the account without having been made here')
    .argument('<id...>')
    .action((ids: string[], options: Common) => new Store(folderOf(options)).declareExisting(ids));

  add('fault', 'let calls go wrong; without a kind, list the faults that wait')
    .addArgument(sandbox.createArgument('[kind]', 'what goes wrong').choices([...faultKinds]))
    .addOption(new Option('--verb <verb>', 'which call').choices([...verbs]))
    .option('--type <part>', 'a part of the type, e.g. elasticache/replicationGroup')
    .option('--name <part>', 'a part of the logical name')
    .option('--times <n>', 'how many calls; every one without it', Number)
    .option('--milliseconds <n>', 'how long, for latency', Number)
    .option('--message <text>', 'what the cloud says')
    .option('--clear', 'take all faults away')
    .action((kind: Fault['kind'] | undefined, options: Common & Omit<Fault, 'kind'> & { clear?: boolean }) => {
      const store = new Store(folderOf(options));
      const faults = new Faults(store.folder);
      if (options.clear) faults.set([]);
      const { verb, type, name, times, milliseconds, message } = options;
      if (kind) faults.add({ kind, verb, type, name, times, milliseconds, message });
      console.log(JSON.stringify(faults.list(), null, 2));
    });

  return sandbox;
}

interface DriftOptions {
  set?: Record<string, never>;
  atlasTier?: string;
  atlasDisk?: number;
  remove?: boolean;
}

const folderOf = (options: Common): string => resolve(options.store);

function printEnvironment(ports: Record<string, number>): void {
  for (const [key, value] of Object.entries(engineEnvironment(ports))) console.log(`${key}=${value}`);
}

/** Inputs and outputs are left out: they hold secrets, and the URN tells which resource it is. */
function list(store: Store, asJson: boolean): void {
  const rows = store.list().map(({ type, id, region, urn, createdAt, actual }) => {
    return { type, id, region, urn, createdAt, actual };
  });
  if (asJson) {
    console.log(JSON.stringify({ resources: rows, leftBehind: store.leftBehind() }, null, 2));
    return;
  }
  for (const row of rows) console.log([row.type, row.region || '-', row.urn.split('::').pop(), row.id].join('  '));
  for (const left of store.leftBehind()) console.log(`left behind: ${left.kind} ${left.name} (${left.type})`);
}

function pairs(pair: string, before: Record<string, unknown> = {}): Record<string, unknown> {
  const [, key, value] = /^([^=]+)=(.*)$/s.exec(pair) ?? [];
  if (key === undefined || value === undefined) throw new InvalidArgumentError('write property=value');
  return { ...before, [key]: parsed(value) };
}

function parsed(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

function account(text: string): string {
  if (!/^\d{12}$/.test(text)) throw new InvalidArgumentError('write the 12 digits of an account');
  return text;
}
