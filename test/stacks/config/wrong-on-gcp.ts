import type { WrongCase } from './wrong-cases';

const projectId = 'pulse-prod-example';
const onGcp = (name: string, changes: Record<string, unknown>, keys: string[], says: string[]): WrongCase => ({
  name: `gcp: ${name}`,
  changes: { cloud: 'gcp', ...changes },
  keys,
  says,
});

export const wrongOnGcp: WrongCase[] = [
  onGcp(
    'no project',
    { gcp: { dnsZone: 'pulse' } },
    ['gcp.projectId'],
    [
      'gcp.projectId is missing: everything on Google Cloud is in a project',
      'pulumi config set --path gcp.projectId example-project-123',
    ],
  ),
  onGcp(
    "a project's name for its id",
    { gcp: { projectId: 'Pulse Prod' } },
    ['gcp.projectId'],
    ['gcp.projectId = "Pulse Prod" does not have the right form', '6 to 30 small letters, digits and hyphens'],
  ),
  onGcp(
    'a typo in the section',
    { gcp: { projectId, dnsZoen: 'pulse' } },
    ['gcp.dnsZoen'],
    [
      'gcp.dnsZoen = "pulse" is not a key',
      'Nearest: dnsZone',
      'pulumi config rm --path gcp.dnsZoen && pulumi config set --path gcp.dnsZone',
    ],
  ),
  onGcp(
    "a domain for a zone's name",
    { gcp: { projectId, dnsZone: 'pulse.example.com' } },
    ['gcp.dnsZone'],
    ['gcp.dnsZone = "pulse.example.com" does not have the right form', "a managed zone's name (not the domain's)"],
  ),
  onGcp(
    'a billing account in small letters',
    { gcp: { projectId, billingAccountId: '01ab45-6789ab-cdef01' } },
    ['gcp.billingAccountId'],
    ['gcp.billingAccountId = "01ab45-6789ab-cdef01" does not have', 'Nearest: 01AB45-6789AB-CDEF01'],
  ),
  onGcp(
    'a control plane for everybody',
    { compute: 'kubernetes', gcp: { projectId, controlPlaneCidrs: ['0.0.0.0/0'] } },
    ['gcp.controlPlaneCidrs[0]'],
    ['gcp.controlPlaneCidrs[0] = "0.0.0.0/0" is the whole internet', "'gcp.controlPlaneCidrs[0]' 198.51.100.0/24"],
  ),
  onGcp(
    'an address for a network',
    { gcp: { projectId, controlPlaneCidrs: ['198.51.100.7/24'] } },
    ['gcp.controlPlaneCidrs[0]'],
    [
      '= "198.51.100.7/24" is an address within a network, not the network',
      "pulumi config set --path 'gcp.controlPlaneCidrs[0]' 198.51.100.0/24",
    ],
  ),
  onGcp(
    'a region of another cloud',
    { regions: ['us-east-1'] },
    ['regions[0]'],
    ['regions[0] = "us-east-1" is not a region of gcp', 'us-central1', 'move regions to aws.regions in the stack'],
  ),
  onGcp(
    'a region that does not exist',
    { gcp: { projectId, regions: ['us-centrall'] } },
    ['gcp.regions[0]'],
    [
      'gcp.regions[0] = "us-centrall" is not a region of gcp',
      'Nearest: us-central1',
      "pulumi config set --path 'gcp.regions[0]' us-central1",
    ],
  ),
  onGcp(
    'one region at enterprise',
    { phase: 'enterprise', gcp: { projectId, regions: ['us-central1'] } },
    ['gcp.regions'],
    [
      'gcp.regions = ["us-central1"] has 1 where enterprise needs 2',
      "pulumi config set --path 'gcp.regions[1]' us-west1",
    ],
  ),
  onGcp(
    'a zone as AWS writes it',
    { zones: ['us-central1-a', 'us-central1b'] },
    ['zones[1]'],
    ['zones[1] = "us-central1b" is not a zone of us-central1', 'Nearest: us-central1-b'],
  ),
  onGcp(
    'a machine type of AWS',
    { overrides: { services: { api: { machine: 't3.large' } } } },
    ['overrides.services.api.machine'],
    [
      'overrides.services.api.machine = "t3.large" is not a machine type of gcp',
      'such as e2-small, n1-standard-2 or n2-custom-4-8192',
      'for example: pulumi config set --path overrides.services.api.machine e2-small',
    ],
  ),
  onGcp(
    'a custom machine with an odd number of CPUs',
    { overrides: { services: { api: { machine: 'n2-custom-3-8192' } } } },
    ['overrides.services.api.machine'],
    ['machine = "n2-custom-3-8192" is not a machine type of gcp'],
  ),
  onGcp(
    'a cache node of AWS',
    { overrides: { cache: { nodeType: 'cache.t3.small' } } },
    ['overrides.cache.nodeType'],
    [
      'overrides.cache.nodeType = "cache.t3.small" is not a cache node type of gcp',
      'SHARED_CORE_NANO, STANDARD_SMALL',
      'for example: pulumi config set --path overrides.cache.nodeType STANDARD_SMALL',
    ],
  ),
  onGcp(
    "a secret's short name",
    { gcp: { projectId, databaseSecretId: 'pulse-mongo-url' } },
    ['gcp.databaseSecretId'],
    ['gcp.databaseSecretId = "pulse-mongo-url" does not have', 'projects/<project>/secrets/<name>'],
  ),
  onGcp(
    'zones of another region',
    { zones: ['us-east1-b', 'us-east1-c'] },
    ['zones[0]', 'zones[1]'],
    [
      'zones[0] = "us-east1-b" is not a zone of us-central1',
      "for example: pulumi config set --path 'zones[0]' us-central1-a",
      "for example: pulumi config set --path 'zones[1]' us-central1-b",
    ],
  ),
  onGcp(
    'a zone that the region does not have',
    { gcp: { projectId, regions: ['us-east1'], zones: ['us-east1-a', 'us-east1-b', 'us-east1-c'] } },
    ['gcp.zones[0]'],
    ['gcp.zones[0] = "us-east1-a" is not a zone of us-east1', 'Nearest: us-east1-d'],
  ),
  onGcp(
    'a machine with a number of CPUs that none has',
    { overrides: { services: { api: { machine: 'n1-standard-3' } } } },
    ['overrides.services.api.machine'],
    ['machine = "n1-standard-3" is not a machine type of gcp'],
  ),
  onGcp(
    'a machine image that has no packages',
    { gcp: { projectId, machineImage: 'projects/cos-cloud/global/images/family/cos-stable' } },
    ['gcp.machineImage'],
    ['does not have the right form', 'of Debian, Ubuntu or a project of your own'],
  ),
  onGcp(
    "a certificate map's short name",
    { gcp: { projectId, certificateMap: 'pulse' } },
    ['gcp.certificateMap'],
    ['gcp.certificateMap = "pulse" does not have', 'projects/<project>/locations/global/certificateMaps/<name>'],
  ),
  onGcp(
    'a disk below what Google has',
    { overrides: { services: { api: { diskGb: 8 } } } },
    ['overrides.services.api.diskGb'],
    ['diskGb = 8 is below 10, the least on gcp', 'Nearest: 10'],
  ),
  onGcp(
    'more nodes than one cache has',
    { overrides: { cache: { shards: 90, replicasPerShard: 5 } } },
    ['overrides.cache.shards'],
    ['shards = 90 asks for more than the 250 nodes that one cache has on gcp: 90 × 6 nodes'],
  ),
  onGcp(
    "a node type of another of Google's caches",
    { overrides: { cache: { nodeType: 'REDIS_STANDARD_SMALL' } } },
    ['overrides.cache.nodeType'],
    ['nodeType = "REDIS_STANDARD_SMALL" is not a cache node type of gcp', 'nodeType STANDARD_SMALL'],
  ),
  onGcp(
    'more addresses than an alert tells',
    { alertEmails: Array.from({ length: 17 }, (_, at) => `ops-${at}@example.com`) },
    ['alertEmails'],
    ['are 17, and an alert of gcp tells 16 at the most'],
  ),
  onGcp(
    'a variable that says which project it is',
    { overrides: { services: { api: { environment: { GOOGLE_CLOUD_PROJECT: 'other' } } } } },
    ['overrides.services.api.environment.GOOGLE_CLOUD_PROJECT'],
    ['GOOGLE_CLOUD_PROJECT = "other" is already set by the stack, which says with it where things are'],
  ),
  {
    ...onGcp(
      'secrets by the names of what is set already',
      {
        secrets: {
          CONTENT_URL: 'canary',
          GIN_MODE: 'canary',
          MONGO_MAX_POOL_SIZE: 'canary',
          PULSE_DATABASE_URL: 'canary',
        },
      },
      ['secrets.CONTENT_URL', 'secrets.GIN_MODE', 'secrets.MONGO_MAX_POOL_SIZE', 'secrets.PULSE_DATABASE_URL'],
      [
        'secrets.CONTENT_URL = [secret] is already set by the stack',
        'secrets.GIN_MODE = [secret] is already set by the system',
        "secrets.PULSE_DATABASE_URL = [secret] is what the stack calls its own secret with the database's URL",
      ],
    ),
    secretKeys: ['secrets'],
  },
  onGcp(
    'no Atlas organization',
    { atlasOrganizationId: undefined },
    ['atlasOrganizationId'],
    ['atlasOrganizationId is missing: on gcp the system keeps its data in MongoDB Atlas'],
  ),
];
