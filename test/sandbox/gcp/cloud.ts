import type { Bag } from '../../../sandbox/model/values';
import type { Subject } from '../../../sandbox/server/provider';
import { TestCloud } from '../cloud';

export const project = 'pulse-test';
export const unknown = '04da6b54-80e4-46f7-96ec-b56ff0331ba9';

/** A sandbox whose provider has a project and a region of its own, as a stack's has. */
export class GoogleCloud extends TestCloud {
  constructor(private readonly settings: Bag = { project, region: 'us-central1' }) {
    super('us-central1');
  }

  override subject(type: string, name: string): Subject {
    return { ...super.subject(type, name), config: { region: 'us-central1', values: this.settings } };
  }
}

/** A network with one subnetwork that has ranges for pods and services. */
export function makeNetwork(cloud: GoogleCloud): { network: string; subnetwork: string } {
  const network = cloud.make('gcp:compute/network:Network', 'net', { name: 'net', autoCreateSubnetworks: false }).id;
  const subnetwork = cloud.make('gcp:compute/subnetwork:Subnetwork', 'subnet', {
    name: 'subnet',
    network,
    region: 'us-central1',
    ipCidrRange: '10.20.0.0/20',
    secondaryIpRanges: [
      { rangeName: 'pods', ipCidrRange: '10.64.0.0/14' },
      { rangeName: 'services', ipCidrRange: '10.68.0.0/20' },
    ],
  }).id;
  return { network, subnetwork };
}

export const template = (subnetwork: string, more: Bag = {}): Bag => ({
  region: 'us-central1',
  machineType: 'n1-standard-2',
  disks: [{ sourceImage: 'projects/debian-cloud/global/images/family/debian-12', boot: true, diskSizeGb: 20 }],
  networkInterfaces: [{ subnetwork }],
  ...more,
});

const service = { loadBalancingScheme: 'EXTERNAL_MANAGED', protocol: 'HTTP', portName: 'http' };

/** A managed group behind a global balancer, from the template to the forwarding rule. */
export function makeBalancer(cloud: GoogleCloud): void {
  const { subnetwork } = makeNetwork(cloud);
  const instanceTemplate = cloud.make(
    'gcp:compute/regionInstanceTemplate:RegionInstanceTemplate',
    'template',
    template(subnetwork),
  ).id;
  const healthChecks = cloud.make('gcp:compute/healthCheck:HealthCheck', 'health', {
    httpHealthCheck: { port: 8081, requestPath: '/healthz' },
  }).id;
  const group = cloud.make('gcp:compute/regionInstanceGroupManager:RegionInstanceGroupManager', 'group', {
    region: 'us-central1',
    baseInstanceName: 'api',
    versions: [{ instanceTemplate }],
    namedPorts: [{ name: 'http', port: 8081 }],
    autoHealingPolicies: { healthCheck: healthChecks, initialDelaySec: 120 },
  });
  cloud.make('gcp:compute/regionAutoscaler:RegionAutoscaler', 'scaler', {
    region: 'us-central1',
    target: group.id,
    autoscalingPolicy: { minReplicas: 2, maxReplicas: 10, cpuUtilization: { target: 0.7 } },
  });
  const backend = cloud.make('gcp:compute/backendService:BackendService', 'backend', {
    ...service,
    backends: [{ group: group.instanceGroup ?? '' }],
    healthChecks,
  }).id;
  const urlMap = cloud.make('gcp:compute/uRLMap:URLMap', 'map', { defaultService: backend }).id;
  const certificate = cloud.make('gcp:compute/managedSslCertificate:ManagedSslCertificate', 'tls', {
    managed: { domains: ['api.example.com'] },
  }).id;
  const target = cloud.make('gcp:compute/targetHttpsProxy:TargetHttpsProxy', 'proxy', {
    urlMap,
    sslCertificates: [certificate],
  }).id;
  const ipAddress = cloud.make('gcp:compute/globalAddress:GlobalAddress', 'address', {}).id;
  cloud.make('gcp:compute/globalForwardingRule:GlobalForwardingRule', 'front', {
    target,
    ipAddress,
    portRange: '443',
    loadBalancingScheme: 'EXTERNAL_MANAGED',
  });
}

/** Memorystore for Valkey: one shard in cluster mode, the shape at Small. */
export const valkey = (network: string, more: Bag = {}): Bag => ({
  instanceId: 'cache',
  location: 'us-central1',
  shardCount: 1,
  replicaCount: 0,
  nodeType: 'STANDARD_SMALL',
  engineVersion: 'VALKEY_8_0',
  mode: 'CLUSTER',
  transitEncryptionMode: 'SERVER_AUTHENTICATION',
  authorizationMode: 'IAM_AUTH',
  deletionProtectionEnabled: false,
  desiredAutoCreatedEndpoints: [{ network, projectId: project }],
  ...more,
});

export function allowMemorystore(cloud: GoogleCloud, network: string, subnetwork: string): void {
  cloud.make('gcp:networkconnectivity/serviceConnectionPolicy:ServiceConnectionPolicy', 'policy', {
    location: 'us-central1',
    network,
    serviceClass: 'gcp-memorystore',
    pscConfig: { subnetworks: [subnetwork] },
  });
}
