import type { WrongCase } from './wrong-cases';

const aws = { hostedZoneId: 'Z0123456789SDK' };
const databaseSecretId = 'arn:aws:secretsmanager:us-east-1:123456789012:secret:shop-AbCdEf';
const adopt = (name: string, changes: Record<string, unknown>, keys: string[], says: string[]): WrongCase => ({
  name: `adoption: ${name}`,
  stack: 'sv-sdk-prod',
  changes,
  keys,
  says,
});
const onAws = (name: string, id: unknown, says: string[]): WrongCase =>
  adopt(name, { aws: { ...aws, adoptDatabase: id } }, ['aws.adoptDatabase'], says);

/** What can be said wrongly of a database that is there already: one to take over, or one to leave as it is. */
export const wrongAdoptions: WrongCase[] = [
  onAws('an ARN for an identifier', 'arn:aws:rds:us-east-1:123456789012:db:shop', [
    'does not have the right form',
    'an identifier of at most 63 small letters, digits and single hyphens',
    'not an ARN',
  ]),
  onAws('an identifier in capitals', 'Shop-Production', [
    'aws.adoptDatabase = "Shop-Production" does not have the right form',
    'Nearest: shop-production',
    'pulumi config set --path aws.adoptDatabase shop-production',
  ]),
  onAws('two hyphens in a row', 'shop--production', [
    'aws.adoptDatabase = "shop--production" does not have the right form',
  ]),
  onAws('an endpoint for an identifier', 'shop.abc123.us-east-1.rds.amazonaws.com', ['does not have the right form']),
  onAws('a list', ['shop'], ['aws.adoptDatabase = ["shop"] is a list where text must be']),
  adopt(
    'in a network that is not there',
    { aws: { ...aws, adoptDatabase: 'shop-production' } },
    ['aws.network'],
    ['aws.network is missing, and a database that is taken over stands in a network that is there'],
  ),
  adopt(
    'names of a database that is made here',
    { overrides: { relational: { databaseName: 'shop', user: 'founder' } } },
    ['overrides.relational.databaseName', 'overrides.relational.user'],
    [
      'overrides.relational.user = "founder" is given, and only a database that is taken over (aws.adoptDatabase) has one',
      'pulumi config rm --path overrides.relational.databaseName',
    ],
  ),
  adopt(
    'the path of an instance for its name',
    { cloud: 'gcp', gcp: { projectId: 'sv-sdk-prod', adoptDatabase: 'sv-sdk-prod:us-central1:shop' } },
    ['gcp.adoptDatabase'],
    ['does not have the right form', "an instance's name without its project"],
  ),
  adopt(
    'a name for a UUID at DigitalOcean',
    { cloud: 'digitalocean', digitalocean: { dnsDomain: 'example.com', adoptDatabase: 'shop' } },
    ['digitalocean.adoptDatabase'],
    ['digitalocean.adoptDatabase = "shop" does not have the right form', 'Allowed: a UUID in lower case'],
  ),
  adopt(
    'on a plain cluster',
    { cloud: 'kubernetes', kubernetes: { certificateIssuer: 'letsencrypt', adoptDatabase: 'shop' } },
    ['kubernetes.adoptDatabase'],
    [
      'kubernetes.adoptDatabase = "shop" cannot be taken over on a plain cluster: there it is an operator\'s object',
      'Allowed: nothing',
      'pulumi config rm --path kubernetes.adoptDatabase',
    ],
  ),
  {
    name: 'adoption: tables of a system that has none',
    changes: { aws: { ...aws, adoptDatabase: 'shop-production' } },
    keys: ['aws.adoptDatabase'],
    says: [
      'aws.adoptDatabase = "shop-production" is given, and pulse has no relational database to take one over for',
      'pulumi config rm --path aws.adoptDatabase',
    ],
  },
  adopt(
    'one to take over beside one to leave',
    { aws: { ...aws, adoptDatabase: 'shop-production', databaseSecretId }, overrides: undefined },
    ['aws.adoptDatabase'],
    [
      'is given beside aws.databaseSecretId: a database is taken over, or it stays somebody else',
      'pulumi config rm --path aws.adoptDatabase, or pulumi config rm --path aws.databaseSecretId',
    ],
  ),
  {
    ...adopt(
      'one to take over beside the URL of another',
      { aws: { ...aws, adoptDatabase: 'shop-production' }, databaseUrl: 'postgres://sdk:canary@db.example.com/sdk' },
      ['aws.adoptDatabase', 'overrides.relational'],
      ['is given beside databaseUrl', 'or pulumi config rm databaseUrl'],
    ),
    secretKeys: ['databaseUrl'],
  },
  adopt(
    'the URL in plain text',
    { databaseUrl: 'postgres://sdk:canary@db.example.com/sdk', overrides: undefined },
    ['databaseUrl'],
    ['databaseUrl = [secret] is in plain text', 'pulumi config set --secret databaseUrl'],
  ),
  {
    ...adopt(
      'the URL of documents for tables',
      { databaseUrl: 'mongodb://sdk:canary@db.example.com/sdk', overrides: undefined },
      ['databaseUrl'],
      [
        'databaseUrl = [secret] is of another kind of database than the system has',
        'a URL that begins with postgres:// or postgresql://, encrypted',
      ],
    ),
    secretKeys: ['databaseUrl'],
  },
  adopt(
    'a typo',
    { aws: { ...aws, adoptDatabse: 'shop' } },
    ['aws.adoptDatabse'],
    ['aws.adoptDatabse = "shop" is not a key', 'Nearest: adoptDatabase'],
  ),
];
