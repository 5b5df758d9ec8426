import { ensureIndexes, isMongoUrl, withoutPassword } from '../../../components/atlas/indexes/ensure-indexes';
import { checkDatabaseName, indexScript } from '../../../components/atlas/indexes/script';
import { specificationsOf, type IndexSpecification } from '../../../components/atlas/indexes/specification';
import { pulse } from '../../../systems/pulse';
import type { IndexNeeds } from '../../../systems/system';

type Index = Record<string, unknown> & { name: string; key: Record<string, unknown> };

class ServerError extends Error {
  constructor(
    readonly code: number,
    readonly codeName: string,
    message: string,
  ) {
    super(message);
  }
}

/** Collections in memory that answer to the two commands in use, and remember what they were asked to create. */
class Collections {
  readonly created: unknown[] = [];
  constructor(
    readonly indexes: Record<string, Index[]> = {},
    readonly refuse?: Error,
  ) {}

  readonly run = async (command: Record<string, unknown>): Promise<Record<string, unknown>> => {
    if (typeof command.listIndexes === 'string') {
      const found = this.indexes[command.listIndexes];
      if (!found) throw new ServerError(26, 'NamespaceNotFound', 'ns does not exist');
      return { cursor: { firstBatch: found } };
    }
    if (this.refuse) throw this.refuse;
    this.created.push(command);
    const collection = String(command.createIndexes);
    const existing = (this.indexes[collection] ??= [{ v: 2, name: '_id_', key: { _id: 1 } }]);
    const before = existing.length;
    existing.push(...(command.indexes as Index[]));
    return { ok: 1, numIndexesBefore: before, numIndexesAfter: existing.length };
  };
}

async function run(server: Collections, wanted: IndexSpecification[]) {
  const lines: string[] = [];
  const exitCode = await ensureIndexes(server.run, wanted, (line) => lines.push(line));
  return { exitCode, lines };
}

const ttl: IndexNeeds = { collection: 'logs', keys: [['at', -1]], expireAfterSeconds: 60 };
const unique: IndexNeeds = {
  collection: 'members',
  keys: [
    ['org', 1],
    ['email', 1],
  ],
  unique: true,
};
const wanted = specificationsOf([ttl, unique]);
const id = { v: 2, name: '_id_', key: { _id: 1 } };

test('names follow the rule of MongoDB, options are sent as they are meant', async () => {
  const server = new Collections();
  expect(await run(server, wanted)).toEqual({
    exitCode: 0,
    lines: ['logs.at_-1: created', 'members.org_1_email_1: created', '2 indexes: 2 created'],
  });
  expect(server.created).toEqual([
    { createIndexes: 'logs', indexes: [{ name: 'at_-1', key: { at: -1 }, expireAfterSeconds: 60 }] },
    { createIndexes: 'members', indexes: [{ name: 'org_1_email_1', key: { org: 1, email: 1 }, unique: true }] },
  ]);
  expect((await run(server, wanted)).lines[2]).toBe('2 indexes: 2 already there');
  expect(server.created).toHaveLength(2);
});

test('an index of the same keys and options is the same under another name, and whatever type its numbers have', async () => {
  const number = (value: number) => ({ valueOf: () => value, toString: () => String(value) });
  const server = new Collections({
    logs: [id, { v: 2, name: 'expiry', key: { at: number(-1) }, expireAfterSeconds: number(60), sparse: false }],
    members: [id, { v: 2, name: 'org_1_email_1', key: { org: 1, email: 1 }, unique: true, background: true }],
  });
  expect(await run(server, wanted)).toEqual({
    exitCode: 0,
    lines: [
      'logs.at_-1: already there: as expiry',
      'members.org_1_email_1: already there',
      '2 indexes: 2 already there',
    ],
  });
});

test('a collation that the whole collection has is no difference, one of the index alone is', async () => {
  const collation = { locale: 'de' };
  const index = { v: 2, name: 'at_-1', key: { at: -1 }, expireAfterSeconds: 60, collation };
  const inherited = new Collections({ logs: [{ ...id, collation }, index] });
  expect((await run(inherited, wanted.slice(0, 1))).exitCode).toBe(0);
  const own = new Collections({ logs: [id, index] });
  expect((await run(own, wanted.slice(0, 1))).exitCode).toBe(1);
});

describe('a conflict is reported, left alone, and does not stop the others', () => {
  const conflicts: [string, Index, string][] = [
    [
      'another time to live',
      { name: 'at_-1', key: { at: -1 }, expireAfterSeconds: 3600 },
      'To mend: db.runCommand({"collMod":"logs","index":{"name":"at_-1","expireAfterSeconds":60}})',
    ],
    [
      'no time to live, under another name',
      { name: 'by_time', key: { at: -1 } },
      'To mend: db.runCommand({"collMod":"logs","index":{"name":"by_time","expireAfterSeconds":60}})',
    ],
    ['the name for other keys', { name: 'at_-1', key: { at: 1 } }, 'db.getCollection("logs").dropIndex("at_-1")'],
    ['a kind that is no order', { name: 'at_-1', key: { at: 'text' } }, 'db.getCollection("logs").dropIndex("at_-1")'],
    [
      'an option beyond',
      { name: 'part', key: { at: -1 }, expireAfterSeconds: 60, partialFilterExpression: { a: 1 } },
      'db.getCollection("logs").dropIndex("part")',
    ],
    [
      'hidden from queries',
      { name: 'at_-1', key: { at: -1 }, expireAfterSeconds: 60, hidden: true },
      'db.getCollection("logs").dropIndex("at_-1")',
    ],
  ];
  test.each(conflicts)('%s', async (_, rival, mend) => {
    const server = new Collections({ logs: [id, { v: 2, ...rival }] });
    const { exitCode, lines } = await run(server, wanted);
    expect(exitCode).toBe(1);
    expect(lines[0]).toMatch(new RegExp(`^logs.at_-1: conflict: ${rival.name} is \\{.*, wanted \\{.*, left as it is`));
    expect(lines[0]).toContain(mend);
    expect(lines.slice(1)).toEqual(['members.org_1_email_1: created', '2 indexes: 1 created, 1 conflict']);
    expect(server.created).toHaveLength(1);
  });

  test('keys in another order are another index, and no conflict', async () => {
    const server = new Collections({ members: [id, { name: 'email_1_org_1', key: { email: 1, org: 1 } }] });
    expect((await run(server, wanted)).lines[1]).toBe('members.org_1_email_1: created');
  });
});

test('duplicates are reported without the value that is twice there', async () => {
  const refuse = new ServerError(11000, 'DuplicateKey', 'E11000 dup key: { email: "canary-4711" }');
  const { exitCode, lines } = await run(new Collections({}, refuse), wanted.slice(1));
  expect(exitCode).toBe(1);
  expect(lines[0]).toBe(
    'members.org_1_email_1: failed: documents share a value that must be unique. To mend: find them with ' +
      'db.getCollection("members").aggregate([{"$group":{"_id":{"org":"$org","email":"$email"},"documents":{"$sum":1}}},' +
      '{"$match":{"documents":{"$gt":1}}}]), make them differ, and run this again',
  );
  const other = new ServerError(276, 'IndexBuildAborted', 'aborted: dup key: { email: "canary-4711" }');
  expect((await run(new Collections({}, other), wanted)).lines).toEqual([
    'logs.at_-1: failed: IndexBuildAborted: aborted: dup key: (not shown)',
    'members.org_1_email_1: failed: IndexBuildAborted: aborted: dup key: (not shown)',
    '2 indexes: 2 failed',
  ]);
});

test('a lost connection ends the run, and so does a server that refuses to list', async () => {
  await expect(run(new Collections({}, new Error('connection closed')), wanted)).rejects.toThrow('connection closed');
  const locked = async () => Promise.reject(new ServerError(18, 'AuthenticationFailed', 'Authentication failed.'));
  await expect(ensureIndexes(locked, wanted, () => undefined)).rejects.toThrow('Authentication failed.');
});

test('what somebody else created in between counts as there', async () => {
  const late = async (command: Record<string, unknown>) =>
    command.listIndexes ? { cursor: { firstBatch: [id] } } : { numIndexesBefore: 2, numIndexesAfter: 2 };
  const lines: string[] = [];
  expect(await ensureIndexes(late, wanted.slice(0, 1), (line) => lines.push(line))).toBe(0);
  expect(lines[0]).toBe('logs.at_-1: already there');
});

test('indexes that MongoDB would refuse are refused before anything is sent, all at once', () => {
  const faulty: IndexNeeds[] = [
    { collection: 'a', keys: [] },
    { collection: 'system.users', keys: [['x', 1]] },
    {
      collection: 'b',
      keys: [
        ['x', 1],
        ['x', -1],
      ],
      expireAfterSeconds: 1.5,
    },
    { collection: 'c', keys: [['0', 1]] },
    ttl,
    { ...ttl, expireAfterSeconds: undefined },
  ];
  expect(() => specificationsOf(faulty)).toThrow(
    [
      'these indexes cannot be created:',
      '  a.: has no keys',
      "  system.users.x_1: not a collection's name",
      '  b.x_1_x_-1: a field stands there twice',
      '  b.x_1_x_-1: documents expire by an index of one field alone',
      '  b.x_1_x_-1: 1.5 must be a whole number of seconds from 0 to 2147483647',
      '  c.0_1: "0" cannot be a key',
      '  logs.at_-1: stands there twice',
    ].join('\n'),
  );
});

test.each(['', 'a.b', 'a b', 'admin', '$x', 'x'.repeat(64)])('"%s" is no database to create indexes in', (name) => {
  expect(() => checkDatabaseName(name)).toThrow('cannot be the name of a database');
  expect(() => indexScript(name, [])).toThrow('cannot be the name of a database');
});

test('the script of Pulse has all of its indexes, and depends on nothing', () => {
  const script = indexScript('pulse', pulse.documentDatabase!.indexes);
  const specifications = specificationsOf(pulse.documentDatabase!.indexes);
  expect(specifications).toHaveLength(16);
  for (const specification of specifications) expect(script).toContain(`\n  ${JSON.stringify(specification)},\n`);
  expect(script).not.toMatch(/\brequire\(|\bimport\b|dropIndex\(\)|drop\(/);
});

test.each([
  ['mongodb://host', true],
  ['mongodb://user@host:27017,other:27017/db?replicaSet=r', true],
  ['mongodb+srv://user:p%40ss@cluster.example.net/?retryWrites=true', true],
  ['mongodb://user:p@ss@host/', false],
  ['mongodb://user:p/ss@host/', false],
  ['mongodb://user:p?ss@host/', false],
  ['postgres://user:pass@host/', false],
  ['', false],
])('%s: is a MongoDB URL that cannot be misread: %s', (url, expected) => {
  expect(isMongoUrl(url)).toBe(expected);
});

test('a message loses the password, as it is written and as it is meant', () => {
  const url = 'mongodb://user:p%40ss@host/db';
  expect(withoutPassword(`cannot use ${url}: p@ss is wrong`, url)).toBe(
    'cannot use mongodb://user:***@host/db: *** is wrong',
  );
  expect(withoutPassword('no host', 'mongodb://host/')).toBe('no host');
  expect(withoutPassword('bad 100%', 'mongodb://u:100%@host/')).toBe('bad ***');
});
