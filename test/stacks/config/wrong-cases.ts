/** One wrong configuration: of Pulse in prod, or of another example. */
export interface WrongCase {
  name: string;
  /** The example that it changes. Default: `prod`. */
  stack?: string;
  /** Keys that are given encrypted. Default: none. */
  secretKeys?: string[];
  /** Values as a stack's file holds them, by key, over those of the example; undefined takes a key away. */
  changes: Record<string, unknown>;
  /** Exactly the keys that the message names, in its order. */
  keys: string[];
  /** What the message says, each within a line. */
  says: string[];
}

const api = (fields: Record<string, unknown>): Record<string, unknown> => ({ services: { api: fields } });
const arn = (region: string): string =>
  `arn:aws:acm:${region}:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef`;
const hostedZoneId = 'Z0123456789PROD';
/** With `.example.com` one character more than ACM takes. */
const long = 'a'.repeat(53);
const subnets = (...ends: string[]): string[] => ends.map((end) => `subnet-0123456789abcdef${end}`);
const network = {
  vpcId: 'vpc-0123456789abcdef0',
  publicSubnetIds: subnets('0', '1'),
  privateSubnetIds: subnets('2', '3'),
  dataSubnetIds: subnets('4', '5'),
};

export const wrongCases: WrongCase[] = [
  {
    name: 'a phase that is not on the ladder',
    changes: { phase: 'lage' },
    keys: ['phase'],
    says: ['phase = "lage" is not one of its values', 'small, medium, large, enterprise', 'Nearest: large'],
  },
  {
    name: 'a typo in a key',
    changes: { phase: undefined, phsae: 'small' },
    keys: ['phsae'],
    says: ['phsae = "small" is not a key', 'Nearest: phase', 'pulumi config rm phsae && pulumi config set phase'],
  },
  {
    name: 'a typo in a key inside an object',
    changes: { overrides: api({ maxSzie: 5 }) },
    keys: ['overrides.services.api.maxSzie'],
    says: ['overrides.services.api.maxSzie = 5 is not a key', 'Nearest: maxSize'],
  },
  {
    name: 'a key in the wrong place',
    changes: { minSize: 3 },
    keys: ['minSize'],
    says: ['minSize = "3" is not a key', 'Nearest: overrides.services.<service>.minSize'],
  },
  {
    name: 'the most instances below the fewest',
    changes: { overrides: api({ minSize: 6, maxSize: 4 }) },
    keys: ['overrides.services.api.maxSize'],
    says: ['overrides.services.api.maxSize = 4 is below minSize, which is 6', 'Nearest: 6'],
  },
  {
    name: "the fewest instances above the system's most",
    changes: { overrides: api({ minSize: 11 }) },
    keys: ['overrides.services.api.minSize'],
    says: ['overrides.services.api.minSize = 11 is above maxSize, which is 10 by the system', 'Nearest: 10'],
  },
  {
    name: 'a desired capacity outside the range',
    changes: { overrides: api({ desiredCapacity: 1 }) },
    keys: ['overrides.services.api.desiredCapacity'],
    says: ['desiredCapacity = 1 is below minSize, which is 2 by the system'],
  },
  {
    name: 'one zone in prod',
    changes: { zones: 1 },
    keys: ['zones'],
    says: ['zones = 1 is too few for prod', 'Allowed: 2 or 3', 'pulumi config set zones 2'],
  },
  {
    name: 'one zone in dev',
    stack: 'dev',
    changes: { zones: 1 },
    keys: ['zones'],
    says: ['zones = 1 is too few for aws, whose load balancers and stores are in 2', 'pulumi config set zones 2'],
  },
  {
    name: 'one zone by its name in dev',
    stack: 'mercenary-dev',
    changes: { aws: { hostedZoneId: 'Z0123456789MDEV', zones: ['us-east-1a'] } },
    keys: ['aws.zones'],
    says: ['has 1 of us-east-1, where 2 to 3 must be', 'name 2 to 3 zones of each region'],
  },
  {
    name: 'four zones',
    changes: { zones: 4 },
    keys: ['zones'],
    says: ['zones = 4 is above 3, the most', 'a number from 1 to 3', 'Nearest: 3'],
  },
  {
    name: 'a zone of another region',
    changes: { regions: ['us-east-1'], zones: ['us-east-1a', 'us-west-1b'] },
    keys: ['zones[1]'],
    says: ['zones[1] = "us-west-1b" is not a zone of us-east-1', 'Nearest: us-east-1b'],
  },
  {
    name: 'one zone by name in prod',
    changes: { zones: ['us-east-1a'] },
    keys: ['zones'],
    says: ['zones = ["us-east-1a"] has 1 of us-east-1, where 2 to 3 must be'],
  },
  {
    name: 'a range that is too small',
    changes: { cidr: '10.0.4.0/24' },
    keys: ['cidr'],
    says: ['cidr = "10.0.4.0/24" does not have the right form', 'a private /16', 'Nearest: 10.0.0.0/16'],
  },
  {
    name: 'a range of public addresses',
    changes: { cidr: '8.8.0.0/16' },
    keys: ['cidr'],
    says: ['cidr = "8.8.0.0/16" does not have the right form', '172.16.0.0/16 to 172.31.0.0/16'],
  },
  {
    name: 'a range without room for the second region',
    changes: { phase: 'enterprise', cidr: '10.255.0.0/16' },
    keys: ['cidr'],
    says: ['cidr = "10.255.0.0/16" leaves no room for 2 regions', 'Nearest: 10.254.0.0/16'],
  },
  {
    name: "Docker's own range",
    changes: { cidr: '172.17.0.0/16' },
    keys: ['cidr'],
    says: ['cidr = "172.17.0.0/16" is Docker\'s own network on each machine', 'Nearest: 172.18.0.0/16'],
  },
  {
    name: "Docker's own range for the second region",
    changes: { phase: 'enterprise', cidr: '172.16.0.0/16' },
    keys: ['cidr'],
    says: ["with the 2 ranges of its regions takes 172.17.0.0/16, which is Docker's own", 'Nearest: 172.18.0.0/16'],
  },
  {
    name: 'the free tier in prod',
    changes: { overrides: { database: { tier: 'M0' } } },
    keys: ['overrides.database.tier'],
    says: ['tier = "M0" is given in prod, and it has neither backups nor protection', 'database.tier M10'],
  },
  {
    name: 'more nodes than one cache has',
    changes: { overrides: { cache: { shards: 50, replicasPerShard: 2 } } },
    keys: ['overrides.cache.shards'],
    says: ['shards = 50 asks for more than the 90 nodes that one cache has on aws: 50 × 3 nodes', 'Nearest: 30'],
  },
  {
    name: 'a number that is none any more',
    changes: { overrides: { services: { api: { maxSize: 1e21 } } } },
    keys: ['overrides.services.api.maxSize'],
    says: ['is above 100, the most', 'Nearest: 100'],
  },
  {
    name: 'text for a number',
    changes: { overrides: api({ maxSize: '8' }) },
    keys: ['overrides.services.api.maxSize'],
    says: [
      'overrides.services.api.maxSize = "8" is text where a number must be',
      'a whole number from 1 to 100',
      'pulumi config set --path overrides.services.api.maxSize 8',
    ],
  },
  {
    name: 'a number for text',
    changes: { aws: { hostedZoneId, allowedAccountIds: [123456789012] } },
    keys: ['aws.allowedAccountIds[0]'],
    says: [
      'aws.allowedAccountIds[0] = 123456789012 is a number where text must be',
      "'aws.allowedAccountIds[0]' 123456789012 --type string",
    ],
  },
  {
    name: 'a budget in words',
    changes: { budget: 'plenty' },
    keys: ['budget'],
    says: ['budget = "plenty" is text where a number must be', 'a number greater than 0'],
  },
  {
    name: 'a budget of nothing',
    changes: { budget: 0 },
    keys: ['budget'],
    says: ['budget = 0 is not greater than 0'],
  },
  {
    name: 'a cloud that nobody knows',
    changes: { cloud: 'awz' },
    keys: ['cloud'],
    says: ['cloud = "awz" is not one of its values', 'aws, gcp, digitalocean, kubernetes', 'Nearest: aws'],
  },
  {
    name: 'a kind of compute that is not built yet',
    changes: { cloud: 'kubernetes', compute: 'instances' },
    keys: ['compute'],
    says: [
      'compute = "instances" is not built yet for this system on this cloud',
      'what pulse is built for today: aws with instances, aws with kubernetes',
      'pulumi config set compute kubernetes',
    ],
  },
  {
    name: 'a system that is not on board',
    changes: { system: 'puls' },
    keys: ['system'],
    says: ['system = "puls" is not one of its values', 'Nearest: pulse'],
  },
  {
    name: 'an environment that nobody knows',
    changes: { environment: 'production' },
    keys: ['environment'],
    says: ['environment = "production" is not one of its values', 'dev, staging, prod'],
  },
  {
    name: 'no image at all',
    changes: { images: undefined },
    keys: ['images.api'],
    says: ['images.api is missing', 'an image reference', 'pulumi config set --path images.api'],
  },
  {
    name: 'an image of a service that does not exist',
    changes: { images: { apo: 'ghcr.io/example/pulse-api:1.4.2' } },
    keys: ['images.apo'],
    says: ['images.apo = "ghcr.io/example/pulse-api:1.4.2" is not a key', 'Allowed: api', 'Nearest: api'],
  },
  {
    name: 'an image that is no reference',
    changes: { images: { api: 'ghcr.io/Example/pulse api' } },
    keys: ['images.api'],
    says: ['images.api = "ghcr.io/Example/pulse api" does not have the right form', 'an image reference'],
  },
  {
    name: 'a secret in plain text',
    changes: { secrets: { STRIPE_KEY: 'sk_live_canary' } },
    keys: ['secrets.STRIPE_KEY'],
    says: ['secrets.STRIPE_KEY = [secret] is in plain text', 'pulumi config set --secret --path secrets.STRIPE_KEY'],
  },
  {
    name: 'a password in a plain environment variable',
    changes: { overrides: api({ environment: { SMTP_PASSWORD: 'canary-smtp' } }) },
    keys: ['overrides.services.api.environment.SMTP_PASSWORD'],
    says: [
      'SMTP_PASSWORD = [secret] looks like a secret in plain text',
      'pulumi config set --secret --path secrets.SMTP_PASSWORD',
    ],
  },
  {
    name: "an environment variable that a store's connection fills",
    changes: { overrides: api({ environment: { MONGO_URL: 'mongodb://localhost' } }) },
    keys: ['overrides.services.api.environment.MONGO_URL'],
    says: ['MONGO_URL = "mongodb://localhost" is already set by the store\'s connection'],
  },
  {
    name: 'a region that does not exist',
    changes: { regions: ['us-esat-1'] },
    keys: ['regions[0]'],
    says: ['regions[0] = "us-esat-1" is not a region of aws', 'Nearest: us-east-1'],
  },
  {
    name: 'text for a list',
    changes: { regions: 'us-east-1' },
    keys: ['regions'],
    says: ['regions = "us-east-1" is text where a list must be', "pulumi config set --path 'regions[0]' us-east-1"],
  },
  {
    name: 'one region at enterprise',
    changes: { phase: 'enterprise', regions: ['eu-west-1'] },
    keys: ['regions'],
    says: ['regions = ["eu-west-1"] has 1 where enterprise needs 2', "pulumi config set --path 'regions[1]'"],
  },
  {
    name: 'a region twice',
    changes: { regions: ['us-east-1', 'us-east-1'] },
    keys: ['regions[1]'],
    says: ['regions[1] = "us-east-1" is in the list twice'],
  },
  {
    name: 'a URL for a host name',
    changes: { domain: 'https://API.pulse.example.com/' },
    keys: ['domain'],
    says: ['domain = "https://API.pulse.example.com/" does not have', 'pulumi config set domain api.pulse.example.com'],
  },
  {
    name: 'the content under the same name',
    changes: { contentDomain: 'api.pulse.example.com' },
    keys: ['contentDomain'],
    says: ['contentDomain = "api.pulse.example.com" is the same as domain'],
  },
  {
    name: 'neither a DNS zone nor a certificate',
    changes: { aws: undefined },
    keys: ['aws.hostedZoneId'],
    says: ['aws.hostedZoneId is missing, and there are no certificates either', 'Route 53'],
  },
  {
    name: 'a certificate for the balancer but none for the content',
    changes: { regions: ['eu-west-1'], aws: { certificates: { 'eu-west-1': arn('eu-west-1') } } },
    keys: ['aws.certificates.us-east-1'],
    says: ['aws.certificates.us-east-1 is missing, and there is no hostedZoneId'],
  },
  {
    name: 'a certificate of another region',
    changes: { aws: { hostedZoneId, certificates: { 'us-east-1': arn('eu-west-1') } } },
    keys: ['aws.certificates.us-east-1'],
    says: ['is a certificate of another region than the one it is named for'],
  },
  {
    name: 'a name too long for the certificate that AWS would make',
    changes: { domain: `${long}.example.com` },
    keys: ['domain'],
    says: [
      'has 65 characters, and AWS makes no certificate for more than 64',
      'give a certificate of your own: pulumi config set --path aws.certificates.us-east-1',
    ],
  },
  {
    name: 'a content name that is too long because its start is not said',
    changes: { domain: `${long.slice(1)}.example.com` },
    keys: ['contentDomain'],
    says: ['contentDomain is `static.` before `domain` where nothing else is said, which has 71 characters'],
  },
  {
    name: 'a certificate for the balancer of a long name, and none for its content',
    changes: {
      domain: `${long}.example.com`,
      regions: ['eu-west-1'],
      aws: { hostedZoneId, certificates: { 'eu-west-1': arn('eu-west-1') } },
    },
    keys: ['contentDomain'],
    says: ['which has 72 characters', 'aws.certificates.us-east-1'],
  },
  {
    name: 'a content name that is said and too long',
    changes: { contentDomain: `${long}.example.com` },
    keys: ['contentDomain'],
    says: ['has 65 characters, and AWS makes no certificate for more than 64'],
  },
  {
    name: 'nobody to tell in prod',
    changes: { alertEmails: [] },
    keys: ['alertEmails'],
    says: ['alertEmails = [] is empty, and in prod somebody must be told', "pulumi config set --path 'alertEmails[0]'"],
  },
  {
    name: 'an address that is none',
    changes: { alertEmails: ['ops'] },
    keys: ['alertEmails[0]'],
    says: ['alertEmails[0] = "ops" does not have the right form', 'an e-mail address'],
  },
  {
    name: 'no Atlas organization',
    changes: { atlasOrganizationId: undefined },
    keys: ['atlasOrganizationId'],
    says: [
      'atlasOrganizationId is missing: on aws the system keeps its data in MongoDB Atlas',
      '24 hexadecimal digits',
    ],
  },
  {
    name: 'a tier that Atlas does not have',
    changes: { overrides: { database: { tier: 'M31' } } },
    keys: ['overrides.database.tier'],
    says: ['overrides.database.tier = "M31" is not a size of the database there', 'M0, M10, M20', 'Nearest: M30'],
  },
  {
    name: 'a ceiling below the tier',
    changes: { overrides: { database: { maxTier: 'M20' } } },
    keys: ['overrides.database.maxTier'],
    says: ['overrides.database.maxTier = "M20" is below the tier, which is M30', 'Nearest: M30'],
  },
  {
    name: 'storage for the free tier',
    changes: { environment: 'staging', overrides: { database: { tier: 'M0', diskGb: 20 } } },
    keys: ['overrides.database.diskGb'],
    says: ['overrides.database.diskGb = 20 is given, and the tier is M0'],
  },
  {
    name: 'a retention that CloudWatch does not take',
    changes: { overrides: { logs: { retentionDays: 31 } } },
    keys: ['overrides.logs.retentionDays'],
    says: ['overrides.logs.retentionDays = 31 is not one of its values', 'Nearest: 30'],
  },
  {
    name: 'a machine type that AWS does not have',
    changes: { overrides: api({ machine: 't3.smal' }) },
    keys: ['overrides.services.api.machine'],
    says: ['overrides.services.api.machine = "t3.smal" is not a machine type of aws', 'Nearest: t3.small'],
  },
  {
    name: 'more replicas than a shard can have',
    changes: { overrides: { cache: { replicasPerShard: 6 } } },
    keys: ['overrides.cache.replicasPerShard'],
    says: ['overrides.cache.replicasPerShard = 6 is above 5, the most', 'a whole number from 0 to 5'],
  },
  {
    name: 'a network with too few subnets',
    changes: { aws: { hostedZoneId, network: { ...network, dataSubnetIds: subnets('4') } } },
    keys: ['aws.network.dataSubnetIds'],
    says: ['has 1 where the region uses 2 zones', 'or set `zones` to what the network has'],
  },
  {
    name: 'a network without its VPC',
    changes: { aws: { hostedZoneId, network: { ...network, vpcId: undefined } } },
    keys: ['aws.network.vpcId'],
    says: ['aws.network.vpcId is missing', 'vpc- and 8 or 17 hexadecimal digits'],
  },
  {
    name: 'a private key where the public one belongs',
    changes: { contentPublicKey: '-----BEGIN PRIVATE KEY-----\ncanary\n-----END PRIVATE KEY-----\n' },
    keys: ['contentPublicKey'],
    says: ['contentPublicKey = [secret] does not have the right form', 'a PEM public key'],
  },
  {
    name: 'many faults at once',
    changes: {
      phase: 'big',
      zones: 1,
      images: { api: 'pulse api' },
      budget: -1,
      cidr: '10.0.0.0',
      alertEmails: [],
      overrides: { services: { api: { minSize: '2', cpuPercent: 99 } }, database: { maxTier: 'M10' } },
    },
    keys: [
      'phase',
      'zones',
      'images.api',
      'alertEmails',
      'budget',
      'cidr',
      'overrides.services.api.minSize',
      'overrides.services.api.cpuPercent',
      'overrides.database.maxTier',
    ],
    says: ['9 faults in the configuration', 'nothing was created'],
  },
];
