import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MongoClient, type Db } from 'mongodb';
import { specificationsOf } from '../../components/atlas/indexes/specification';
import { pulse } from '../../systems/pulse';
import { buildFerretdb, startFerretdb, type Server } from './ferretdb';
import { installMongosh } from './mongosh';
import { printScript, runLadder, runProgram, type Ended } from './run';
import { startTtlProxy, type TtlProxy } from './ttl-proxy';

const wanted = specificationsOf(pulse.documentDatabase!.indexes);
const names = wanted.map(({ collection, name }) => `${collection}.${name}`);
const TTL = 'audit_logs.timestamp_-1';
const lines = (state: string) => [...names.map((name) => `${name}: ${state}`), `16 indexes: 16 ${state}`];

const folder = mkdtempSync(join(tmpdir(), 'stackladder-indexes-'));
let server: Server;
let proxy: TtlProxy;
let client: MongoClient;
let mongosh: string;

beforeAll(async () => {
  const program = buildFerretdb();
  mongosh = installMongosh();
  server = await startFerretdb(program);
  client = await MongoClient.connect(server.url);
}, 900_000);

beforeEach(async () => {
  proxy = await startTtlProxy(server.url);
});

afterEach(() => proxy.stop());

afterAll(async () => {
  await client?.close();
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** All indexes of a database as FerretDB itself lists them, by `collection.name`. */
async function listed(db: Db): Promise<Record<string, object>> {
  const found: Record<string, object> = {};
  for (const { name: collection } of await db.listCollections().toArray()) {
    for (const { name, key, unique } of await db.collection(collection).listIndexes().toArray()) {
      if (name !== '_id_') found[`${collection}.${name}`] = { key, ...(unique && { unique }) };
    }
  }
  return found;
}

/** What FerretDB must list: keys and unique. It knows no expiry. */
function expected(...except: string[]): Record<string, object> {
  const entries = wanted.map(({ collection, name, key, unique }) => [
    `${collection}.${name}`,
    { key, ...(unique && { unique }) },
  ]);
  return Object.fromEntries(entries.filter(([name]) => !except.includes(String(name))));
}

type Run = (database: string, url: string) => Promise<Ended>;

const ladder: Run = (database, url) => runLadder(['--database', database], { MONGO_URL: url });
const shell: Run = async (database, url) => {
  const script = await printScript(folder, database);
  return runProgram(mongosh, ['--nodb', '--quiet', '--norc', script], { MONGO_URL: url, HOME: folder });
};

describe.each<[string, Run]>([
  ['ladder', ladder],
  ['mongosh', shell],
])('the index script in %s', (way, run) => {
  test('FerretDB behind a proxy that keeps the expiry: all 16 are there, a second run changes nothing', async () => {
    const db = client.db(`all_${way}`);
    const first = await run(db.databaseName, proxy.url);
    expect(first.everything.trimEnd().split('\n')).toEqual(lines('created'));
    expect(first.exitCode).toBe(0);
    const after = await listed(db);
    expect(after).toEqual(expected());

    // At the wire: the commands as they were sent, the expiry among them.
    const sent = proxy.sent.splice(0);
    expect(sent).toEqual(wanted.map(({ collection, ...index }) => ({ collection, indexes: [index] })));
    const indexes = sent.flatMap((command) => command.indexes);
    expect(indexes.filter((index) => 'expireAfterSeconds' in index)).toEqual([
      { name: 'timestamp_-1', key: { timestamp: -1 }, expireAfterSeconds: 31_536_000 },
    ]);
    expect(indexes.filter((index) => index.unique === true).map((index) => index.name)).toEqual([
      'pulse_api_key_1',
      'org_id_1_email_1',
    ]);

    const second = await run(db.databaseName, proxy.url);
    expect(second).toMatchObject({ exitCode: 0, lines: lines('already there') });
    expect(proxy.sent).toEqual([]);
    expect(await listed(db)).toEqual(after);
  }, 60_000);

  test('FerretDB itself enforces what is unique', async () => {
    const db = client.db(`unique_${way}`);
    await run(db.databaseName, server.url);
    const projects = db.collection('projects');
    await projects.insertOne({ pulse_api_key: 'a' });
    await projects.insertOne({ pulse_api_key: 'b' });
    await expect(projects.insertOne({ pulse_api_key: 'a' })).rejects.toThrow(/E11000/);
    const members = db.collection('team_members');
    await members.insertOne({ org_id: 1, email: 'a@example.com' });
    await members.insertOne({ org_id: 2, email: 'a@example.com' });
    await expect(members.insertOne({ org_id: 1, email: 'a@example.com' })).rejects.toThrow(/E11000/);
  }, 60_000);

  test('FerretDB itself: 15 are there, its refusal of the expiry is reported, a second run changes nothing', async () => {
    const db = client.db(`refused_${way}`);
    const refusal = `${TTL}: failed: NotImplemented: Index option "expireAfterSeconds" is not implemented yet`;
    const reported = (state: string) => [
      ...names.map((name) => (name === TTL ? refusal : `${name}: ${state}`)),
      `16 indexes: 15 ${state}, 1 failed`,
    ];
    expect(await run(db.databaseName, server.url)).toMatchObject({ exitCode: 1, lines: reported('created') });
    expect(await listed(db)).toEqual(expected(TTL));
    expect(await run(db.databaseName, server.url)).toMatchObject({ exitCode: 1, lines: reported('already there') });
    expect(await listed(db)).toEqual(expected(TTL));
  }, 60_000);

  test('FerretDB itself: indexes with other options are reported, left alone, and the rest is created', async () => {
    const db = client.db(`conflict_${way}`);
    await db.collection('projects').createIndex({ pulse_api_key: 1 });
    await db.collection('audit_logs').createIndex({ timestamp: -1 });
    await db.collection('webhooks').createIndex({ status: 1 }, { name: 'by_status' });
    const ended = await run(db.databaseName, server.url);
    expect(ended.exitCode).toBe(1);
    expect(ended.lines.filter((line) => !line.endsWith(': created'))).toEqual([
      'projects.pulse_api_key_1: conflict: pulse_api_key_1 is {"key":{"pulse_api_key":1}}, ' +
        'wanted {"key":{"pulse_api_key":1},"unique":true}, left as it is. To mend: if nothing needs it as it is, ' +
        'db.getCollection("projects").dropIndex("pulse_api_key_1"), and run this again',
      `${TTL}: conflict: timestamp_-1 is {"key":{"timestamp":-1}}, ` +
        'wanted {"key":{"timestamp":-1},"expireAfterSeconds":31536000}, left as it is. To mend: ' +
        'db.runCommand({"collMod":"audit_logs","index":{"name":"timestamp_-1","expireAfterSeconds":31536000}}), ' +
        'which removes every document that is older',
      'webhooks.status_1: already there: as by_status',
      '16 indexes: 13 created, 1 already there, 2 conflict',
    ]);
    expect(await listed(db)).toEqual({
      ...expected('projects.pulse_api_key_1', 'webhooks.status_1'),
      'projects.pulse_api_key_1': { key: { pulse_api_key: 1 } },
      'webhooks.by_status': { key: { status: 1 } },
    });
  }, 60_000);

  test('a database out of reach, or no URL: 2, and the password is not shown', async () => {
    const nobody = 'mongodb://user:canary%404711@127.0.0.1:1/?serverSelectionTimeoutMS=300';
    const unreachable = await run('pulse', nobody);
    expect(unreachable.exitCode).toBe(2);
    expect(unreachable.everything).toContain('the database cannot be used: connect ECONNREFUSED 127.0.0.1:1');
    for (const url of ['', 'mongodb://user:canary@4711@127.0.0.1/']) {
      const ended = await run('pulse', url);
      expect(ended.exitCode).toBe(2);
      expect(ended.everything).toContain('MONGO_URL must hold a MongoDB URL');
      expect(ended.everything).not.toMatch(/canary|4711/);
    }
    expect(unreachable.everything).not.toMatch(/canary|4711/);
  }, 60_000);
});

test('a database that belongs to MongoDB itself is wrong use', async () => {
  const ended = await runLadder(['--database', 'admin'], { MONGO_URL: server.url });
  expect(ended.exitCode).toBe(2);
  expect(ended.everything).toBe('"admin" cannot be the name of a database with indexes of its own\n');
});
