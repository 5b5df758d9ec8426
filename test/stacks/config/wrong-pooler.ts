import type { WrongCase } from './wrong-cases';

const pools = (name: string, overrides: object, keys: string[], says: string[], more: object = {}): WrongCase => ({
  name: `pooler and connection budget: ${name}`,
  stack: 'sv-sdk-prod',
  changes: { overrides, ...more },
  keys,
  says,
});
const straight = { relational: { pooler: false } };
const budget = ['overrides.relational'];

/** What can be said wrongly of connections: of what pools them, and of how many there are. */
export const wrongPools: WrongCase[] = [
  pools('services straight to the smallest class', straight, budget, [
    'overrides.relational would let applications open more connections than the database accepts',
    'app 3 x 40 = 120',
    'db.t3.small accepts 225',
    'a pooler: pulumi config set --path overrides.relational.pooler true',
    'a larger class: pulumi config set --path overrides.relational.instanceClass db.t3.medium',
  ]),
  pools(
    'more instances than the pools are for',
    { ...straight, services: { app: { maxSize: 20 } }, workers: {} },
    budget,
    ['app 20 x 40 = 800', 'a pooler: pulumi config set --path overrides.relational.pooler true'],
  ),
  pools('a pool that is too large, and is not made smaller', { services: { app: { poolSize: 80 } } }, budget, [
    'app 3 x 80 = 240',
    'smaller pools: ',
    'overrides.services.app.poolSize',
  ]),
  pools("workers' pools beside the services'", { workers: { 'email-worker': { poolSize: 10 } } }, budget, [
    'email-worker 20 x 10 = 200',
    'overrides.workers.email-worker.poolSize',
  ]),
  pools(
    'straight to Aurora',
    { relational: { pooler: false, instanceClass: 'db.t3.medium' }, services: { api: { maxSize: 40 } } },
    budget,
    ['api 40 x 20 = 800', 'a pooler: pulumi config set --path overrides.relational.pooler true'],
  ),
  pools(
    'a small size at DigitalOcean',
    { relational: { instanceClass: 'db-s-1vcpu-1gb' } },
    budget,
    ['db-s-1vcpu-1gb accepts 22', 'a larger class: pulumi config set --path overrides.relational.instanceClass db-s-'],
    { cloud: 'digitalocean' },
  ),
  pools(
    'a proxy on Google Cloud',
    { relational: { proxy: true } },
    ['overrides.relational.proxy'],
    ['there is no proxy to put before cloud-sql', 'and take overrides.relational.pooler instead'],
    { cloud: 'gcp' },
  ),
  pools(
    'a proxy on a plain cluster',
    { relational: { proxy: true } },
    ['overrides.relational.proxy'],
    ['there is no proxy to put before operator'],
    { cloud: 'kubernetes' },
  ),
  pools(
    'a pooler by its name',
    { relational: { pooler: 'pgbouncer' } },
    ['overrides.relational.pooler'],
    ['pooler = "pgbouncer" is text where true or false must be', 'Allowed: true, false'],
  ),
  pools(
    'a pool of nobody',
    { services: { app: { poolSize: 0 } } },
    ['overrides.services.app.poolSize'],
    ['poolSize = 0 is below 1, the least', 'a whole number from 1 to 1000'],
  ),
  pools(
    'a pool larger than any database',
    { workers: { 'queue-worker': { poolSize: 5000 } } },
    ['overrides.workers.queue-worker.poolSize'],
    ['poolSize = 5000 is above 1000, the most'],
  ),
  pools(
    'a typo',
    { services: { app: { poolsize: 10 } } },
    ['overrides.services.app.poolsize'],
    ['poolsize = 10 is not a key', 'Nearest: poolSize'],
  ),
  {
    name: 'pooler and connection budget: documents',
    changes: { overrides: { services: { api: { poolSize: 400 } } } },
    keys: ['overrides.database.tier'],
    says: [
      'overrides.database.tier = M30 does not accept the connections of all instances: api 10 x 400 = 4000',
      'give a larger tier, a smaller overrides.services.<name>.poolSize, or a lower maxSize',
    ],
  },
  {
    name: 'pooler and connection budget: a pooler before a database of somebody else’s',
    stack: 'sv-sdk-prod',
    secretKeys: ['databaseUrl'],
    changes: {
      databaseUrl: 'postgres://sdk:canary@db.example.com/sdk',
      overrides: { relational: { pooler: true } },
    },
    keys: ['overrides.relational'],
    says: ['overrides.relational = {...} is given, and the database is one that is there already'],
  },
];
wrongPools[4]!.stack = 'mercenary-prod';
