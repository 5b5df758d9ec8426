import type { WrongCase } from './wrong-cases';

const relational = (name: string, own: object, field: string, says: string[], more: object = {}): WrongCase => ({
  name: `relational database: ${name}`,
  stack: 'sv-sdk-prod',
  changes: { overrides: { relational: own }, ...more },
  keys: [`overrides.relational.${field}`],
  says,
});
const mercenary = { stack: 'mercenary-prod' };

/** What can be said wrongly of a relational database, by host. */
export const wrongRelational: WrongCase[] = [
  relational('all the storage there is, with no room to grow', { storageGb: 65_536 }, 'storageGb', [
    'storageGb = 65536 leaves storage no room to grow below 65536, the most on rds',
    'Nearest: 52012',
  ]),
  relational('a class that RDS has not got', { instanceClass: 'db.t3.smal' }, 'instanceClass', [
    'overrides.relational.instanceClass = "db.t3.smal" is not a size of the database on rds',
    'Nearest: db.t3.small',
    'pulumi config set --path overrides.relational.instanceClass db.t3.small',
  ]),
  relational('a machine for a class', { instanceClass: 't3.small' }, 'instanceClass', [
    'an instance class of rds, such as db.t3.small or db.m5.large',
  ]),
  relational(
    'a class of a generation that runs no version of today',
    { instanceClass: 'db.t2.small' },
    'instanceClass',
    [
      'overrides.relational.instanceClass = "db.t2.small" is not a size of the database on rds',
      'of the families t3, t4g, m5 to m8g, r5 to r8g and x2g',
      'Nearest: db.t3.small',
    ],
  ),
  {
    ...relational('a general class on Aurora', { instanceClass: 'db.m5.large' }, 'instanceClass', [
      'instanceClass = "db.m5.large" is not a size of the database on aurora',
      'of the families t3, t4g, r5 to r8g and x2g',
      'Nearest: db.r5.large',
    ]),
    ...mercenary,
  },
  relational(
    'a class of AWS on Google Cloud',
    { instanceClass: 'db.m5.large' },
    'instanceClass',
    ['is not a size of the database on cloud-sql', 'db-custom-<cores>-<MB> such as db-custom-2-8192'],
    { cloud: 'gcp' },
  ),
  relational(
    'an odd number of cores',
    { instanceClass: 'db-custom-3-8192' },
    'instanceClass',
    ['instanceClass = "db-custom-3-8192" is not a size of the database on cloud-sql', '1 core or an even number'],
    { cloud: 'gcp' },
  ),
  relational(
    'a droplet at DigitalOcean',
    { instanceClass: 's-2vcpu-4gb' },
    'instanceClass',
    ['a database size of digitalocean, such as db-s-2vcpu-4gb', 'Nearest: db-s-2vcpu-4gb'],
    { cloud: 'digitalocean' },
  ),
  relational(
    'a class on a plain cluster',
    { instanceClass: 'db.t3.small' },
    'instanceClass',
    ['is not a size of the database on operator', '<cpu>/<memory>, such as 2000m/8Gi'],
    { cloud: 'kubernetes' },
  ),
  relational(
    'a database larger than a node',
    { instanceClass: '8000m/32Gi' },
    'instanceClass',
    ['makes a pod larger than what a node has for pods: 4 vCPU / 16 GiB leaves', 'set overrides.cluster.machine'],
    { cloud: 'kubernetes' },
  ),
  relational('a version that PostgreSQL has not got', { engineVersion: '27' }, 'engineVersion', [
    'engineVersion = "27" is not a version of postgres on rds',
    'Allowed: 14, 15, 16, 17, 18, in quotes',
    'Nearest: 17',
    'pulumi config set --path overrides.relational.engineVersion 17 --type string',
  ]),
  relational('a version without quotes', { engineVersion: 17 }, 'engineVersion', [
    'engineVersion = 17 is a number where text must be',
    '--type string',
  ]),
  relational('less storage than RDS has', { storageGb: 15 }, 'storageGb', [
    'storageGb = 15 is below 20, the least on rds',
    'pulumi config set --path overrides.relational.storageGb 20',
  ]),
  relational('a ceiling that leaves no room', { storageGb: 100, maxStorageGb: 110 }, 'maxStorageGb', [
    'maxStorageGb = 110 leaves storage no room to grow: 100 need a ceiling of 126 at the least',
    'Nearest: 126',
  ]),
  {
    ...relational('storage of Aurora', { storageGb: 100 }, 'storageGb', [
      'storageGb = 100 is given, and storage grows by itself with what is in it in aurora',
      'pulumi config rm --path overrides.relational.storageGb',
    ]),
    ...mercenary,
  },
  relational(
    'a ceiling of volumes',
    { maxStorageGb: 100 },
    'maxStorageGb',
    ["a cluster's volumes do not grow by themselves: raise storageGb"],
    { cloud: 'kubernetes' },
  ),
  relational('readers that follow the load on RDS', { replicas: 1, maxReplicas: 4 }, 'maxReplicas', [
    'maxReplicas = 4 is given, and the number of readers does not follow the load on rds',
    'pulumi config rm --path overrides.relational.maxReplicas, and set how many there are with replicas',
  ]),
  {
    ...relational('fewer readers at the most than at the least', { replicas: 4, maxReplicas: 2 }, 'maxReplicas', [
      'maxReplicas = 2 is below replicas',
      'Nearest: 4',
    ]),
    ...mercenary,
  },
  relational(
    'readers that follow the load on a custom machine',
    { maxReplicas: 4 },
    'maxReplicas',
    ['only db-perf-optimized machines have readers that follow the load'],
    { cloud: 'gcp' },
  ),
  relational('more readers than there can be', { replicas: 16 }, 'replicas', ['is above 15, the most', 'Nearest: 15']),
  relational(
    'more readers than DigitalOcean has room for',
    { replicas: 12 },
    'replicas',
    ['replicas = 12 is above 9, the most on digitalocean', 'Nearest: 9'],
    { cloud: 'digitalocean' },
  ),
  relational('backups for ever', { backupRetentionDays: 90 }, 'backupRetentionDays', [
    'backupRetentionDays = 90 is above 35, the most',
  ]),
  relational('no backups', { backupRetentionDays: 0 }, 'backupRetentionDays', ['is below 1, the least']),
  relational(
    'backups at DigitalOcean',
    { backupRetentionDays: 30 },
    'backupRetentionDays',
    ['is given, and digitalocean keeps seven days, no more and no fewer'],
    { cloud: 'digitalocean' },
  ),
  relational(
    'backups without a place for them',
    { backupRetentionDays: 30 },
    'backupRetentionDays',
    ['is given, and there is no kubernetes.objectStore to keep backups in'],
    { cloud: 'kubernetes' },
  ),
  relational('insights of ten days', { insightsDays: 10 }, 'insightsDays', [
    'insightsDays = 10 is not one of its values',
    '0, 7, a multiple of 31 up to 713, or 731',
    'Nearest: 7',
  ]),
  relational(
    'insights of a month on Cloud SQL',
    { insightsDays: 31 },
    'insightsDays',
    ['cannot be chosen on cloud-sql', 'Allowed: 0 or 7'],
    { cloud: 'gcp' },
  ),
  relational('a password that never was', { passwordVersion: 0 }, 'passwordVersion', ['is below 1, the least']),
  relational(
    'a password that rotates under pods',
    { rotationDays: 30 },
    'rotationDays',
    [
      'rotationDays = 30 is given, and pods keep the password that the last update gave them',
      'and count overrides.relational.passwordVersion up',
    ],
    { compute: 'kubernetes', kubernetes: { certificateIssuer: 'letsencrypt' } },
  ),
  relational(
    'a password that rotates on Google Cloud',
    { rotationDays: 30 },
    'rotationDays',
    ['is given, and nobody rotates the password of cloud-sql'],
    { cloud: 'gcp' },
  ),
  relational(
    'a standby of the smallest size at DigitalOcean',
    { instanceClass: 'db-s-1vcpu-1gb', standby: true },
    'standby',
    [
      'standby = true asks for a copy that takes over, and db-s-1vcpu-1gb is too small for one',
      'a size of 2 GB or more',
    ],
    { cloud: 'digitalocean' },
  ),
  relational('a typo', { instanceClas: 'db.t3.small' }, 'instanceClas', ['is not a key', 'Nearest: instanceClass']),
  {
    name: 'relational database: sizes of a system that has none',
    changes: { overrides: { relational: { instanceClass: 'db.t3.small' } } },
    keys: ['overrides.relational'],
    says: [
      'overrides.relational = {...} is given, and pulse has not got a relational database',
      'pulumi config rm --path overrides.relational',
    ],
  },
  {
    name: 'relational database: documents of a system that has none',
    stack: 'sv-sdk-prod',
    changes: { overrides: { database: { tier: 'M30' } } },
    keys: ['overrides.database'],
    says: ['overrides.database = {...} is given, and sv-sdk has not got a document database'],
  },
  {
    name: 'relational database: several faults, all told at once',
    stack: 'sv-sdk-prod',
    changes: {
      overrides: { relational: { instanceClass: 'm5.large', maxReplicas: 3, engineVersion: '9', rotationDays: 0 } },
    },
    keys: [
      'overrides.relational.rotationDays',
      'overrides.relational.instanceClass',
      'overrides.relational.maxReplicas',
      'overrides.relational.engineVersion',
    ],
    says: ['4. overrides.relational.engineVersion = "9" is not a version of postgres on rds'],
  },
];
