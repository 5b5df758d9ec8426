import type { WrongCase } from './wrong-cases';

const certificateIssuer = 'letsencrypt';
const onKubernetes = (name: string, changes: Record<string, unknown>, keys: string[], says: string[]): WrongCase => ({
  name: `kubernetes: ${name}`,
  changes: { cloud: 'kubernetes', ...changes },
  keys,
  says,
});
const store = { endpoint: 'https://s3.example.com', region: 'us-east-1', bucketPrefix: 'pulse-prod' };

export const wrongOnKubernetes: WrongCase[] = [
  onKubernetes(
    'nobody to make a certificate',
    { kubernetes: undefined },
    ['kubernetes.certificateIssuer'],
    [
      'kubernetes.certificateIssuer is missing, and there is no tlsSecretName either',
      'pulumi config set --path kubernetes.certificateIssuer letsencrypt',
    ],
  ),
  onKubernetes(
    'another region than that of the store',
    {
      kubernetes: { certificateIssuer, objectStore: store },
      overrides: { services: { api: { environment: { AWS_REGION: 'eu-central-1' } } } },
    },
    ['overrides.services.api.environment.AWS_REGION'],
    ['AWS_REGION = "eu-central-1" is already set by the stack'],
  ),
  onKubernetes(
    'two certificates',
    { kubernetes: { certificateIssuer, tlsSecretName: 'pulse-tls' } },
    ['kubernetes.tlsSecretName'],
    ['kubernetes.tlsSecretName = "pulse-tls" is given beside certificateIssuer', 'one of the two'],
  ),
  onKubernetes(
    'an issuer in capitals',
    { kubernetes: { certificateIssuer: 'LetsEncrypt' } },
    ['kubernetes.certificateIssuer'],
    ['kubernetes.certificateIssuer = "LetsEncrypt" does not have the right form', 'Nearest: letsencrypt'],
  ),
  onKubernetes(
    'text for true or false',
    { kubernetes: { certificateIssuer, proxyProtocol: 'True' } },
    ['kubernetes.proxyProtocol'],
    [
      'kubernetes.proxyProtocol = "True" is text where true or false must be',
      'Allowed: true, false',
      'pulumi config set --path kubernetes.proxyProtocol true',
    ],
  ),
  onKubernetes(
    'everybody is believed',
    { kubernetes: { certificateIssuer, trustedProxies: ['0.0.0.0/0'] } },
    ['kubernetes.trustedProxies[0]'],
    ['kubernetes.trustedProxies[0] = "0.0.0.0/0" is the whole internet'],
  ),
  onKubernetes(
    'an object store in plain HTTP',
    { kubernetes: { certificateIssuer, objectStore: { ...store, endpoint: 'http://minio:9000' } } },
    ['kubernetes.objectStore.endpoint'],
    ['kubernetes.objectStore.endpoint = "http://minio:9000" does not have', 'https:// and a host name'],
  ),
  onKubernetes(
    'an object store without names for buckets',
    { kubernetes: { certificateIssuer, objectStore: { ...store, bucketPrefix: undefined } } },
    ['kubernetes.objectStore.bucketPrefix'],
    ['kubernetes.objectStore.bucketPrefix is missing'],
  ),
  onKubernetes(
    'the PROXY protocol of nobody',
    { kubernetes: { certificateIssuer, proxyProtocol: true } },
    ['kubernetes.trustedProxies'],
    [
      'kubernetes.trustedProxies is empty, and with proxyProtocol the balancer must be believed',
      "pulumi config set --path 'kubernetes.trustedProxies[0]' 10.0.0.0/8",
    ],
  ),
  onKubernetes(
    'virtual machines',
    { compute: 'instances' },
    ['compute'],
    ['compute = "instances" is not built yet for this system on this cloud', 'pulumi config set compute kubernetes'],
  ),
  onKubernetes(
    'two clusters in one stack',
    { kubernetes: { certificateIssuer, regions: ['berlin', 'munich'] } },
    ['kubernetes.regions'],
    [
      'kubernetes.regions = ["berlin","munich"] has 2 where kubernetes has 1',
      'give every further cluster a stack of its own',
    ],
  ),
  onKubernetes(
    'a machine for pods',
    { overrides: { services: { api: { machine: 't3.large' } } } },
    ['overrides.services.api.machine'],
    [
      'overrides.services.api.machine = "t3.large" is given, and services run as pods',
      'pulumi config rm --path overrides.services.api.machine, and size it with overrides.services.api.pod',
    ],
  ),
  onKubernetes(
    'a version of a cluster that is there',
    { overrides: { cluster: { version: '1.34' } } },
    ['overrides.cluster.version'],
    [
      'overrides.cluster.version = "1.34" is given, and the cluster is there already',
      'pulumi config rm --path overrides.cluster.version',
    ],
  ),
  onKubernetes(
    'nodes by a machine type of AWS',
    { overrides: { cluster: { machine: 't3.large' } } },
    ['overrides.cluster.machine'],
    [
      'overrides.cluster.machine = "t3.large" is not a machine of kubernetes whose room for pods is known',
      '4 vCPU / 16 GiB on plain kubernetes',
    ],
  ),
  onKubernetes(
    'a tier of Atlas',
    { overrides: { database: { tier: 'M30' } } },
    ['overrides.database.tier'],
    ['overrides.database.tier = "M30" is not a size of the database there', '<cpu>/<memory>, such as 2000m/8Gi'],
  ),
  onKubernetes(
    'a database larger than a node',
    { overrides: { database: { tier: '8000m/32Gi' } } },
    ['overrides.database.tier'],
    [
      'overrides.database.tier = "8000m/32Gi" makes a pod larger than what a node has for pods: 4 vCPU / 16 GiB leaves',
      'set overrides.cluster.machine',
    ],
  ),
  onKubernetes(
    'a cache larger than a node',
    { overrides: { cache: { nodeType: '8/8Gi' } } },
    ['overrides.cache.nodeType'],
    ['overrides.cache.nodeType = "8/8Gi" makes a pod larger than what a node has for pods: 4 vCPU / 16 GiB leaves'],
  ),
  onKubernetes(
    'nodes that are too small for the database',
    { overrides: { cluster: { machine: '2 vCPU / 4 GiB' } } },
    ['overrides.cluster.machine'],
    ['overrides.cluster.machine = "2 vCPU / 4 GiB" is too small for the pods of mongodb: 2 vCPU / 4 GiB leaves'],
  ),
  onKubernetes(
    'a cache without its memory',
    { overrides: { cache: { nodeType: '500m' } } },
    ['overrides.cache.nodeType'],
    ['overrides.cache.nodeType = "500m" is not a cache node type of kubernetes'],
  ),
  onKubernetes(
    'a part that is missing hides nothing else, and one address is a network',
    {
      kubernetes: {
        certificateIssuer: 'letsencrypt',
        tlsSecretName: 'pulse-tls',
        trustedProxies: ['10.0.0.1'],
        objectStore: { endpoint: 'https://s3.example.com', bucketPrefix: 'pulse-prod' },
      },
    },
    ['kubernetes.trustedProxies[0]', 'kubernetes.objectStore.region', 'kubernetes.tlsSecretName'],
    ['Nearest: 10.0.0.1/32', 'kubernetes.objectStore.region is missing', 'is given beside certificateIssuer'],
  ),
  onKubernetes(
    'a kubeconfig in plain text',
    { kubeconfig: 'clusters: [canary]\ncontexts: []\nusers: []\n' },
    ['kubeconfig'],
    ['kubeconfig = [secret] is in plain text', 'pulumi config set --secret kubeconfig, with a new value'],
  ),
  {
    ...onKubernetes(
      'a database on a port that pods are not let out to',
      { databaseUrl: 'mongodb://pulse:canary@one.example.com:27017,two.example.com:27018/pulse?tls=true' },
      ['databaseUrl'],
      ['databaseUrl = [secret] names another port than 27017', 'pulumi config set databasePort'],
    ),
    secretKeys: ['databaseUrl'],
  },
  onKubernetes(
    'the port of a database that is not given',
    { databasePort: 27018 },
    ['databasePort'],
    ['databasePort = 27018 is given, and the database that has it is not', 'pulumi config rm databasePort'],
  ),
];
