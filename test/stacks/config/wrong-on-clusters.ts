import type { WrongCase } from './wrong-cases';

const onCluster = (name: string, overrides: unknown, keys: string[], says: string[], cloud = 'aws'): WrongCase => ({
  name: `compute kubernetes: ${name}`,
  changes: { cloud, compute: 'kubernetes', overrides },
  keys,
  says,
});
const pod = (sizes: object) => ({ services: { api: { pod: sizes } } });
const cluster = (fields: object) => ({ cluster: fields });

/** Managed clusters, and what speaks of pods where there are none. */
export const wrongOnClusters: WrongCase[] = [
  onCluster(
    'more nodes than one cluster has',
    cluster({ maxNodes: 1000 }),
    ['overrides.cluster.maxNodes'],
    ['maxNodes = 1000 is above 512, the most of one cluster on digitalocean', 'Nearest: 512'],
    'digitalocean',
  ),
  onCluster(
    'fewer nodes than a group of EKS has',
    cluster({ minNodes: 1 }),
    ['overrides.cluster.minNodes'],
    ['minNodes = 1 is below 2, the fewest of one cluster on aws', 'Nearest: 2'],
  ),
  onCluster(
    'a cache of more shards than a plain cluster is given',
    { cache: { shards: 31 } },
    ['overrides.cache.shards'],
    ['shards = 31 asks for more than the 30 shards that one cache has on kubernetes'],
    'kubernetes',
  ),
  onCluster(
    'a version of Kubernetes that is long over',
    cluster({ version: '1.20' }),
    ['overrides.cluster.version'],
    ['version = "1.20" is no version that clusters are made of', 'Allowed: 1.34, 1.35, 1.36'],
  ),
  onCluster(
    'a machine for pods',
    { services: { api: { machine: 't3.large' } } },
    ['overrides.services.api.machine'],
    [
      'machine = "t3.large" is given, and services run as pods, which have no machine of their own',
      'size it with overrides.services.api.pod',
    ],
  ),
  onCluster(
    'a request above its limit',
    pod({ cpuRequest: '1500m', cpuLimit: '1' }),
    ['overrides.services.api.pod.cpuLimit'],
    [
      'overrides.services.api.pod.cpuLimit = "1" is below cpuRequest, which is 1500m',
      'pulumi config set --path overrides.services.api.pod.cpuLimit 1500m',
    ],
  ),
  onCluster(
    "a request above the system's limit",
    pod({ memoryRequest: '2Gi' }),
    ['overrides.services.api.pod.memoryRequest'],
    ['memoryRequest = "2Gi" is above memoryLimit, which is 1Gi by the system', 'Nearest: 1Gi'],
  ),
  onCluster(
    'memory in decimal units',
    pod({ memoryLimit: '2GB' }),
    ['overrides.services.api.pod.memoryLimit'],
    ['memoryLimit = "2GB" does not have the right form', 'MiB or GiB: 512Mi, 2Gi'],
  ),
  onCluster(
    'cores without quotes',
    pod({ cpuLimit: 2 }),
    ['overrides.services.api.pod.cpuLimit'],
    [
      'cpuLimit = 2 is a number where text must be',
      'pulumi config set --path overrides.services.api.pod.cpuLimit 2 --type string',
    ],
  ),
  onCluster(
    'a typo in the size of a pod',
    pod({ memoryLimits: '2Gi' }),
    ['overrides.services.api.pod.memoryLimits'],
    ['memoryLimits = "2Gi" is not a key', 'Nearest: memoryLimit'],
  ),
  onCluster(
    'a pod that no node holds',
    pod({ cpuRequest: '4000m', cpuLimit: '4000m' }),
    ['overrides.services.api.pod.cpuRequest'],
    [
      'cpuRequest = "4000m" makes a pod larger than what a node has for pods: t3.medium leaves',
      'give a smaller one, or larger nodes: set overrides.cluster.machine',
    ],
  ),
  onCluster(
    'nodes that are too small for the pods',
    cluster({ machine: 's-1vcpu-1gb' }),
    ['overrides.cluster.machine'],
    ['overrides.cluster.machine = "s-1vcpu-1gb"'],
    'digitalocean',
  ),
  onCluster(
    'fewer nodes at most than at least',
    cluster({ minNodes: 6, maxNodes: 3 }),
    ['overrides.cluster.maxNodes'],
    ['overrides.cluster.maxNodes = 3 is below minNodes, which is 6', 'Nearest: 6'],
  ),
  onCluster(
    'a version without quotes',
    cluster({ version: 1.34 }),
    ['overrides.cluster.version'],
    [
      'overrides.cluster.version = 1.34 is a number where text must be',
      'pulumi config set --path overrides.cluster.version 1.34',
    ],
  ),
  onCluster(
    'a patch of a version',
    cluster({ version: '1.34.2' }),
    ['overrides.cluster.version'],
    ['overrides.cluster.version = "1.34.2" does not have the right form', 'a minor version in quotes'],
  ),
  onCluster(
    'nodes that nobody sells',
    cluster({ machine: 't3.larg' }),
    ['overrides.cluster.machine'],
    ['overrides.cluster.machine = "t3.larg" is not a machine of aws whose room for pods is known', 'Nearest: t3.large'],
  ),
  onCluster(
    'droplets on Google Cloud',
    cluster({ machine: 's-2vcpu-4gb' }),
    ['overrides.cluster.machine'],
    ['overrides.cluster.machine = "s-2vcpu-4gb" is not a machine of gcp'],
    'gcp',
  ),
  onCluster(
    'no nodes',
    cluster({ minNodes: 0 }),
    ['overrides.cluster.minNodes'],
    ['overrides.cluster.minNodes = 0 is below 1, the least'],
    'digitalocean',
  ),
  {
    name: 'compute kubernetes: nobody to make a certificate',
    changes: { cloud: 'gcp', compute: 'kubernetes', gcp: { projectId: 'pulse-prod-example' }, kubernetes: undefined },
    keys: ['kubernetes.certificateIssuer'],
    says: ['is missing, and there is no tlsSecretName either, nor gcp.dnsZone to prove the domain with'],
  },
  {
    name: 'compute kubernetes: a domain at DigitalOcean, and no token to prove it with',
    changes: {
      cloud: 'digitalocean',
      compute: 'kubernetes',
      digitalocean: { dnsDomain: 'example.com' },
      kubernetes: undefined,
    },
    keys: ['kubernetes.certificateIssuer'],
    says: ['is missing, and there is no tlsSecretName either, nor dnsToken to prove the domain with'],
  },
  {
    name: 'compute kubernetes: a certificate for the content, and none for the edge',
    changes: {
      compute: 'kubernetes',
      aws: {
        certificates: {
          'us-east-1': 'arn:aws:acm:us-east-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef',
        },
      },
      kubernetes: undefined,
    },
    keys: ['kubernetes.certificateIssuer'],
    says: ['nor aws.hostedZoneId to prove the domain with'],
  },
  {
    name: 'compute kubernetes: a zone for neither edge nor content is one fault',
    changes: { compute: 'kubernetes', aws: undefined, kubernetes: undefined },
    keys: ['aws.hostedZoneId'],
    says: ['aws.hostedZoneId is missing, and there are no certificates either'],
  },
  {
    name: 'instances: a pod where there is none',
    changes: { overrides: pod({ cpuLimit: '2000m' }) },
    keys: ['overrides.services.api.pod'],
    says: [
      'overrides.services.api.pod = {...} is given, and services run on instances, which have no pods',
      'size it with overrides.services.api.machine',
    ],
  },
  {
    name: 'instances: nodes where there is no cluster',
    changes: { overrides: cluster({ minNodes: 2 }) },
    keys: ['overrides.cluster'],
    says: [
      'overrides.cluster = {...} is given, and services run on instances',
      'pulumi config rm --path overrides.cluster',
    ],
  },
];
