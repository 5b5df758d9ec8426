import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { Store, type StoredResource } from '../../sandbox';
import { unwrap, wrap, type Bag } from '../../sandbox/model/values';
import { Seal } from '../../sandbox/store/seal';
import { TestCloud } from './cloud';

const mark = (value: unknown) => ({
  '4dabf18193072939515e22adb298388d': '1b47061264138c4ac30d75fd1eb44270',
  value: value as never,
});
let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'store-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const everything = (where: string): string =>
  readdirSync(where, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
    .join('\n');

test('a secret is nowhere in plain, and comes back as a secret', () => {
  const cloud = new TestCloud();
  const canary = 'canary-3f9a';
  cloud.make('aws:secretsmanager/secret:Secret', 's', { name: 's', description: mark(canary) });
  const secretId = cloud.of('s').id;
  // Not marked by the program: the type knows that it is secret.
  cloud.make('aws:secretsmanager/secretVersion:SecretVersion', 'v', { secretId, secretString: `${canary}-plain` });
  cloud.make('aws:ec2/launchTemplate:LaunchTemplate', 'lt', { tags: { nested: mark(canary) } });
  expect(everything(cloud.folder)).not.toContain(canary);
  const again = new Store(cloud.folder).list().map(({ inputs }) => inputs);
  expect(JSON.stringify(again)).toContain(`${canary}-plain`);
  expect(cloud.refresh('v')?.outputs.secretString).toEqual(mark(`${canary}-plain`));
  expect(cloud.refresh('lt')?.outputs.tags).toEqual({ nested: mark(canary) });
  cloud.change('lt', { tags: { nested: mark(`${canary}-2`), other: 'x' } });
  expect(everything(cloud.folder)).not.toContain(canary);
  cloud.close();
});

test('the key is for its owner alone, and what was changed does not open', () => {
  const seal = new Seal(folder);
  expect(statSync(join(folder, 'key')).mode & 0o777).toBe(0o600);
  const sealed = seal.close({ password: 'x' });
  expect(new Seal(folder).open(sealed)).toEqual({ password: 'x' });
  const bytes = Buffer.from(sealed, 'base64');
  bytes.writeUInt8(bytes.readUInt8(bytes.length - 1) ^ 1, bytes.length - 1);
  expect(() => seal.open(bytes.toString('base64'))).toThrow();
  mkdirSync(join(folder, 'other'));
  expect(() => new Seal(join(folder, 'other')).open(sealed)).toThrow();
});

const record = (id: string, inputs: Bag = {}): StoredResource => ({
  package: 'aws',
  type: 'aws:sns/topic:Topic',
  id,
  region: 'us-east-1',
  urn: `urn:pulumi:dev::t::aws:sns/topic:Topic::${id}`,
  inputs,
  defaulted: [],
  state: {},
  actual: {},
  secrets: { inputs: [], state: [] },
  createdAt: new Date().toISOString(),
});

test('a half-written file of a killed process is not seen', () => {
  const store = new Store(folder);
  store.put(record('whole'));
  writeFileSync(join(folder, 'resources', '.0123.tmp'), '{"id": "ha');
  expect(new Store(folder).list().map(({ id }) => id)).toEqual(['whole']);
});

test('what another process changes is seen at once', () => {
  const [mine, theirs] = [new Store(folder), new Store(folder)];
  mine.put(record('topic', { displayName: 'a' }));
  expect(mine.list()).toHaveLength(1);
  for (const displayName of ['b', 'c', 'd']) {
    theirs.put(record('topic', { displayName }));
    expect(mine.list()[0]?.inputs).toEqual({ displayName });
  }
  theirs.remove(record('topic'));
  expect(mine.list()).toEqual([]);
});

test('ids with any characters have files of their own', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.string({ minLength: 1, maxLength: 300 }), { minLength: 2, maxLength: 6 }), (ids) => {
      const place = mkdtempSync(join(tmpdir(), 'ids-'));
      const store = new Store(place);
      ids.forEach((id) => store.put(record(id)));
      const found = ids.map((id) => store.get('aws:sns/topic:Topic', 'us-east-1', id)?.id);
      rmSync(place, { recursive: true, force: true });
      expect(found).toEqual(ids);
    }),
    { numRuns: 25 },
  );
});

test('marks come off and go back on, wherever they are', () => {
  const leaf = fc.oneof(fc.string(), fc.integer(), fc.boolean());
  const value = fc.letrec((tie) => ({
    any: fc.oneof(
      { depthSize: 'small' },
      leaf,
      tie('secret'),
      fc.array(tie('any')),
      fc.dictionary(fc.stringMatching(/^[a-z]{1,4}$/), tie('any')),
    ),
    secret: leaf.map(mark),
  })).any;
  fc.assert(
    fc.property(fc.dictionary(fc.stringMatching(/^[a-z]{1,4}$/), value), (bag) => {
      const plain = unwrap(bag as Bag);
      expect(JSON.stringify(plain.value)).not.toContain('1b47061264138c4ac30d75fd1eb44270');
      expect(wrap(plain.value, plain.secrets)).toEqual(bag);
    }),
  );
});

test('the account of a store stays with it', () => {
  expect(new Store(folder, { account: '111111111111' }).account).toBe('111111111111');
  expect(new Store(folder).account).toBe('111111111111');
});
