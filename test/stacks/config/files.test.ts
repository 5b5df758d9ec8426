import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { enums } from '@pulumi/aws/types';
import { enums as digitalOcean } from '@pulumi/digitalocean/types';
import Ajv from 'ajv';
import { parse } from 'yaml';
import { clouds } from '../../../plan/vocabulary';
import { makePlan } from '../../../plan/make';
import { editorSchema, schemaOf } from '../../../stacks/config/editor-schema';
import { spacesRegions } from '../../../components/digitalocean/object-store/spaces';
import { knownRegions, regionsWithoutStores } from '../../../stacks/config/regions';
import { rowsOf } from '../../../stacks/config/walk';
import { noteOf } from '../../../stacks/config/note';
import { stale } from '../../../stacks/config/write';
import { systems } from '../../../systems';
import { parseSettings } from '../../settings';
import { exampleFile, furtherStacks } from '../../examples';
import { exampleWith } from './helpers';

const ajv = new Ajv({ strict: true, allErrors: true, allowUnionTypes: true, formats: { email: true, ipv4: true } });
const check = ajv.compile(editorSchema(systems));
const textOf = (stack: string) => readFileSync(exampleFile(stack), 'utf8');
const file = (stack: string) => parse(textOf(stack)) as { config: object };
const withKeys = (changes: Record<string, unknown>) => ({ config: { ...file('prod').config, ...changes } });

describe('what is written from the schema', () => {
  test('the committed files are current (npm run schema)', () => {
    expect(stale()).toEqual([]);
  });

  test('every key says what it is for', () => {
    const silent = rowsOf(schemaOf(systems)).filter(({ schema }) => !noteOf(schema)?.says);
    expect(silent.map(({ path }) => path.join('.'))).toEqual([]);
  });
});

describe("the editor's schema", () => {
  test.each(['dev', 'prod', ...furtherStacks])('accepts the example of %s, which names it', (stack) => {
    check(file(stack));
    expect(check.errors ?? []).toEqual([]);
    const [first = ''] = textOf(stack).split('\n');
    const [, named = ''] = first.split('$schema=');
    expect(first).toMatch(/^# yaml-language-server: /);
    expect(existsSync(join(dirname(exampleFile(stack)), named))).toBe(true);
  });

  test.each([
    ['keys of providers', { 'aws:region': 'us-east-1', 'mongodbatlas:publicKey': { secure: 'v1:x' } }],
    ['encrypted secrets', { 'stackladder:secrets': { STRIPE_KEY: { secure: 'v1:x' } } }],
    ['a single secret, encrypted', { 'stackladder:kubeconfig': { secure: 'v1:x' } }],
    [
      'sections of all clouds',
      { 'stackladder:gcp': { projectId: 'pulse-prod', zones: 2 }, 'stackladder:keep': ['aws'] },
    ],
    ['an object that is encrypted whole', { 'stackladder:secrets': { secure: 'v1:x' } }],
    ['a number as the command line writes it', { 'stackladder:budget': '750.5', 'stackladder:zones': '2' }],
    ['a number as people write it', { 'stackladder:budget': 750.5, 'stackladder:zones': 2 }],
    ['no hours of rest, as the command line writes it', { 'stackladder:offHours': 'false' }],
    [
      'hours of work',
      { 'stackladder:offHours': { timezone: 'UTC', from: '07:00', to: '20:00', days: [1, 2, 3, 4, 5] } },
    ],
    [
      'workers, a broker and tables',
      {
        'stackladder:overrides': {
          workers: { celery: { spot: false, poolSize: 4 } },
          broker: { replicas: 1 },
          relational: { instanceClass: 'db.m5.large', standby: true, insightsDays: 31 },
        },
      },
    ],
    ['overrides', { 'stackladder:overrides': { services: { api: { minSize: 2 } }, logs: { retentionDays: 30 } } }],
  ])('accepts %s', (_, changes) => {
    check(withKeys(changes));
    expect(check.errors ?? []).toEqual([]);
  });

  test.each([
    ['a typo in a key', { 'stackladder:phsae': 'small' }],
    ['a key without the namespace', { phase: 'small' }],
    ['a typo in a value', { 'stackladder:phase': 'smal' }],
    ['a typo in an object', { 'stackladder:overrides': { services: { api: { maxSzie: 3 } } } }],
    ['an unknown service', { 'stackladder:images': { apo: 'nginx:1.27' } }],
    ['text for a number', { 'stackladder:overrides': { services: { api: { maxSize: '3' } } } }],
    ['a number out of bounds', { 'stackladder:zones': '4' }],
    ['a secret in plain text', { 'stackladder:secrets': { STRIPE_KEY: 'sk_live' } }],
    ['a single secret in plain text', { 'stackladder:databaseUrl': 'mongodb://db.example.com' }],
    ['a typo in a section', { 'stackladder:gcp': { projectID: 'pulse-prod' } }],
    ['text for true', { 'stackladder:kubernetes': { monitoring: 'yes' } }],
    ['a broker of shards', { 'stackladder:overrides': { broker: { shards: 3 } } }],
    ['an unknown worker', { 'stackladder:overrides': { workers: { clery: { spot: true } } } }],
    ['hours that have no end', { 'stackladder:offHours': { timezone: 'UTC', from: '07:00', days: [1] } }],
    ['a zone without its name', { 'stackladder:cloudflare': { zoneId: '0'.repeat(32) } }],
    ['a database to take over on a plain cluster', { 'stackladder:kubernetes': { adoptDatabase: 'shop' } }],
    ['a region twice', { 'stackladder:regions': ['us-east-1', 'us-east-1'] }],
  ])('refuses %s', (_, changes) => {
    expect(check(withKeys(changes))).toBe(false);
  });

  test('refuses a file without a key that is needed', () => {
    expect(check(withKeys({ 'stackladder:phase': undefined }))).toBe(false);
  });
});

describe('examples of further systems', () => {
  test.each(furtherStacks)('%s is right, and its plan has what it says', (stack) => {
    const settings = parseSettings(exampleWith(stack, {}), systems);
    const plan = makePlan(systems[settings.system]!, settings);
    expect(stack.startsWith(`${plan.system}-${plan.environment}`)).toBe(true);
    expect(plan.workers.length).toBeGreaterThan(0);
    expect(plan.frontDoor !== undefined).toBe(textOf(stack).includes('stackladder:cloudflare:'));
    expect(plan.offHours !== undefined).toBe(textOf(stack).includes('stackladder:offHours:'));
  });

  test.each(clouds)('the one line moves SV-SDK to %s', (cloud) => {
    expect(parseSettings(exampleWith('sv-sdk-prod', { cloud }), systems).cloud).toBe(cloud);
  });
});

test('the list of AWS regions is that of the SDK, commercial partition', () => {
  const commercial = Object.values(enums.Region).filter(
    (region) => !/^(?:cn-|eusc-|us-gov-|[a-z]{2}-iso)/.test(region),
  );
  expect([...knownRegions.aws!].sort()).toEqual([...commercial].sort());
});

test('the list of DigitalOcean’s data centres has all of the SDK, which knows no newer ones', () => {
  const known = knownRegions.digitalocean ?? [];
  expect(Object.values(digitalOcean.Region).filter((region) => !known.includes(region))).toEqual([]);
});

test('home at DigitalOcean is every data centre with Spaces, and no other', () => {
  const { digitalocean: without = [] } = regionsWithoutStores;
  const home = knownRegions.digitalocean!.filter((region) => !without.includes(region));
  expect(home.filter((region) => !spacesRegions.includes(region))).toEqual([]);
  expect(without.filter((region) => spacesRegions.includes(region))).toEqual([]);
});
