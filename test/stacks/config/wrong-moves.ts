import type { WrongCase } from './wrong-cases';

const databaseSecretId = 'arn:aws:secretsmanager:us-east-1:123456789012:secret:pulse/mongo-url-AbCdEf';

/** What is wrong about moving, and about the secrets that stand alone. */
export const wrongMoves: WrongCase[] = [
  {
    name: 'keeping the stores of the cloud that the stack is on',
    changes: { keep: ['gcp', 'aws'] },
    keys: ['keep[1]'],
    says: [
      'keep[1] = "aws" is the cloud that the stack runs on',
      'gcp, digitalocean, kubernetes',
      "pulumi config rm --path 'keep[1]'",
    ],
  },
  {
    name: 'giving up the stores of the cloud that the stack is on',
    changes: { cloud: 'gcp', discardStores: ['gcp'] },
    keys: ['discardStores[0]'],
    says: ['discardStores[0] = "gcp" is the cloud that the stack runs on', 'aws, digitalocean, kubernetes'],
  },
  {
    name: 'keeping the stores of a cloud that nobody knows',
    changes: { keep: ['gpc'] },
    keys: ['keep[0]'],
    says: ['keep[0] = "gpc" is not one of its values', 'Nearest: gcp'],
  },
  {
    name: 'keeping the same cloud twice',
    changes: { keep: ['gcp', 'gcp'] },
    keys: ['keep[1]'],
    says: ['keep[1] = "gcp" is in the list twice'],
  },
  {
    name: 'keeping stores in a project that is not named',
    changes: { keep: ['gcp'], gcp: undefined },
    keys: ['gcp.projectId'],
    says: ['gcp.projectId is missing'],
  },
  {
    name: 'a wrong form in the section of another cloud',
    changes: { gcp: { projectId: 'X' } },
    keys: ['gcp.projectId'],
    says: ['gcp.projectId = "X" does not have the right form'],
  },
  {
    name: 'the URL of a database in plain text',
    changes: { databaseUrl: 'mongodb+srv://pulse:canary@db.example.com' },
    keys: ['databaseUrl'],
    says: ['databaseUrl = [secret] is in plain text', 'pulumi config set --secret databaseUrl'],
  },
  {
    name: 'the URL of another kind of database',
    changes: { databaseUrl: 'postgres://pulse:canary@db.example.com' },
    keys: ['databaseUrl'],
    says: ['databaseUrl = [secret] is of another kind of database', 'mongodb:// or mongodb+srv://'],
  },
  {
    name: 'registry credentials that Docker would not read',
    changes: { registryCredentials: { 'ghcr.io': 'canary' } },
    keys: ['registryCredentials'],
    says: ['registryCredentials = [secret] cannot be used', 'JSON with an object `auths`'],
  },
  {
    name: 'a kubeconfig that is none',
    changes: { kubeconfig: 'canary' },
    keys: ['kubeconfig'],
    says: ['kubeconfig = [secret] cannot be used', 'YAML or JSON with clusters, contexts and users'],
  },
  {
    name: 'two databases',
    changes: { aws: { hostedZoneId: 'Z0123456789PROD', databaseSecretId }, databaseUrl: 'mongodb://db.example.com' },
    keys: ['aws.databaseSecretId', 'databaseUrl'],
    says: ['is given beside databaseUrl, which names a database too', 'databaseUrl = [secret] is in plain text'],
  },
];
