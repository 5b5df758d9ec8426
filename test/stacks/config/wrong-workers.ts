import type { WrongCase } from './wrong-cases';

const sdk = (name: string, overrides: object, keys: string[], says: string[], more: object = {}): WrongCase => ({
  name: `broker and workers: ${name}`,
  stack: 'sv-sdk-prod',
  changes: { overrides, ...more },
  keys,
  says,
});
const email = (fields: object) => ({ workers: { 'email-worker': fields } });
const path = (field: string) => [`overrides.workers.email-worker.${field}`];

/** What can be said wrongly of the store that jobs wait in, and of what takes them. */
export const wrongWorkers: WrongCase[] = [
  sdk(
    'a broker of shards',
    { broker: { shards: 3 } },
    ['overrides.broker.shards'],
    [
      'overrides.broker.shards = 3 is given, and a broker is never sharded: Celery does not work on a cluster',
      'Allowed: nothing',
      'pulumi config rm --path overrides.broker.shards',
    ],
  ),
  sdk(
    'a broker that drops jobs',
    { broker: { evictionPolicy: 'allkeys-lru' } },
    ['overrides.broker.evictionPolicy'],
    [
      'evictionPolicy = "allkeys-lru" is given, and a broker never drops what it holds',
      'pulumi config rm --path overrides.broker.evictionPolicy',
    ],
  ),
  sdk(
    'two copies of the broker',
    { broker: { replicas: 2 } },
    ['overrides.broker.replicas'],
    ['replicas = 2 is above 1, the most'],
  ),
  sdk(
    'a node that ElastiCache has not got',
    { broker: { nodeType: 'cache.t3.smal' } },
    ['overrides.broker.nodeType'],
    ['nodeType = "cache.t3.smal" is not a cache node type of aws', 'Nearest: cache.t3.small'],
  ),
  sdk(
    'a node of AWS on Google Cloud',
    { broker: { nodeType: 'cache.t3.small' } },
    ['overrides.broker.nodeType'],
    ['a node type of Memorystore: SHARED_CORE_NANO, STANDARD_SMALL', 'for example: pulumi config set'],
    { cloud: 'gcp' },
  ),
  sdk(
    'a copy of the smallest size at DigitalOcean',
    { broker: { nodeType: 'db-s-1vcpu-1gb', replicas: 1 } },
    ['overrides.broker.replicas'],
    ['asks for a copy that takes over, and db-s-1vcpu-1gb is too small for one'],
    { cloud: 'digitalocean' },
  ),
  sdk(
    'a typo in the broker',
    { broker: { nodetype: 'cache.t3.small' } },
    ['overrides.broker.nodetype'],
    ['is not a key', 'Nearest: nodeType'],
  ),
  sdk(
    'a worker that nobody knows',
    { workers: { 'mail-worker': { maxSize: 4 } } },
    ['overrides.workers.mail-worker'],
    [
      'overrides.workers.mail-worker = {...} is not a key',
      'Allowed: email-worker, queue-worker',
      'Nearest: email-worker',
    ],
  ),
  sdk(
    'a worker among the services',
    { services: { 'email-worker': { maxSize: 4 } } },
    ['overrides.services.email-worker'],
    ['is not a key', 'Allowed: app'],
  ),
  sdk('the most workers below the fewest', email({ minSize: 6, maxSize: 4 }), path('maxSize'), [
    'maxSize = 4 is below minSize, which is 6',
  ]),
  sdk("more workers than the system's most", email({ minSize: 30 }), path('minSize'), [
    'minSize = 30 is above maxSize, which is 20 by the system',
  ]),
  sdk('a pod of a worker on instances', email({ pod: { cpuLimit: '1000m' } }), path('pod'), [
    'pod = {...} is given, and workers run on instances, which have no pods',
    'size it with overrides.workers.email-worker.machine',
  ]),
  sdk('a machine that AWS has not got', email({ machine: 'n1-standard-2' }), path('machine'), [
    'machine = "n1-standard-2" is not a machine type of aws',
  ]),
  sdk(
    "a pod above the workers' limit",
    email({ pod: { memoryRequest: '1Gi' } }),
    path('pod.memoryRequest'),
    ['memoryRequest = "1Gi" is above memoryLimit, which is 512Mi by the system'],
    { compute: 'kubernetes', kubernetes: { certificateIssuer: 'letsencrypt' } },
  ),
  sdk(
    'a disk that Google has not got',
    email({ diskGb: 8 }),
    path('diskGb'),
    ['diskGb = 8 is below 10, the least on gcp', 'pulumi config set --path overrides.workers.email-worker.diskGb 10'],
    { cloud: 'gcp' },
  ),
  sdk(
    'spare capacity where there is none',
    email({ spot: true }),
    path('spot'),
    [
      'spot = true is true, and DigitalOcean sells no spare capacity',
      'pulumi config rm --path overrides.workers.email-worker.spot',
    ],
    { cloud: 'digitalocean' },
  ),
  sdk('spare capacity by a price', email({ spot: '0.01' }), path('spot'), [
    'spot = "0.01" is text where true or false must be',
  ]),
  sdk(
    'a password of a worker in plain text',
    email({ environment: { SMTP_PASSWORD: 'canary' } }),
    ['overrides.workers.email-worker.environment.SMTP_PASSWORD'],
    ['looks like a secret in plain text', 'pulumi config set --secret --path secrets.SMTP_PASSWORD'],
  ),
  sdk(
    "the broker's own variable",
    email({ environment: { QUEUE_REDIS_URL: 'redis://localhost' } }),
    ['overrides.workers.email-worker.environment.QUEUE_REDIS_URL'],
    ["is already set by the store's connection"],
  ),
  sdk(
    'a worker larger than a node',
    email({ pod: { memoryRequest: '40Gi', memoryLimit: '40Gi' } }),
    path('pod.memoryRequest'),
    ['makes a pod larger than what a node has for pods: t3.large leaves'],
    { compute: 'kubernetes', kubernetes: { certificateIssuer: 'letsencrypt' } },
  ),
  sdk(
    'a broker larger than a node',
    { broker: { nodeType: '250m/40Gi' } },
    ['overrides.broker.nodeType'],
    ['makes a pod larger than what a node has for pods'],
    { cloud: 'kubernetes' },
  ),
  {
    name: 'broker and workers: workers without an image',
    stack: 'sv-sdk-prod',
    changes: { images: { app: 'ghcr.io/example/sv-sdk-app:2.3.0' } },
    keys: ['images.worker'],
    says: ['images.worker is missing: its workers run an image of their own', 'pulumi config set --path images.worker'],
  },
  {
    name: 'broker and workers: an image that nobody runs',
    stack: 'sv-sdk-prod',
    changes: { images: { app: 'app:1', worker: 'worker:1', workers: 'worker:1' } },
    keys: ['images.workers'],
    says: ['images.workers = "worker:1" is not a key', 'Allowed: app, worker', 'Nearest: worker'],
  },
  {
    name: 'broker and workers: a system that has none',
    changes: { overrides: { broker: { replicas: 1 }, workers: { api: { maxSize: 3 } } } },
    keys: ['overrides.workers.api', 'overrides.broker'],
    says: [
      'overrides.workers.api = {...} is not a key',
      'overrides.broker = {...} is given, and pulse has not got a broker',
    ],
  },
];
