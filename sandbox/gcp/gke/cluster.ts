import { randomBytes, randomInt } from 'node:crypto';
import { flag, text } from '../../model/reading';
import { isBag } from '../../model/values';
import { google } from '../google';
import { gcp, label, to, toNetwork, toServiceAccount, toSubnetwork } from '../parts';
import { publicAddress } from '../network/addresses';
import { checkCluster, haveRanges, servicesRange } from './cluster-checks';
import { clusterKeeps } from './cluster-keeps';
import { authority, endpoints, zonesOf } from './cluster-outputs';
import { nodeConfigReplaces } from './node-config';
import { currentOf, isNewer } from './versions';

export const clusterName = label(40, {
  rule: 'invalid: a cluster name starts with a lower-case letter and holds lower-case letters, digits and hyphens, no hyphen last',
});

export const cluster = google({
  token: gcp('container', 'Cluster'),
  id: 'projects/{project}/locations/{location}/clusters/{name}',
  links: 'https://container.googleapis.com/v1/',
  naming: clusterName,
  references: [
    toNetwork(),
    toSubnetwork(),
    toServiceAccount('nodeConfig.serviceAccount'),
    toServiceAccount('clusterAutoscaling.autoProvisioningDefaults.serviceAccount'),
    to('privateClusterConfig.privateEndpointSubnetwork', [gcp('compute', 'Subnetwork')]),
  ],
  enumerations: {
    datapathProvider: ['DATAPATH_PROVIDER_UNSPECIFIED', 'LEGACY_DATAPATH', 'ADVANCED_DATAPATH'],
    networkingMode: ['VPC_NATIVE', 'ROUTES'],
    'releaseChannel.channel': ['UNSPECIFIED', 'RAPID', 'REGULAR', 'STABLE', 'EXTENDED'],
    'databaseEncryption.state': ['ENCRYPTED', 'DECRYPTED'],
    'binaryAuthorization.evaluationMode': ['DISABLED', 'PROJECT_SINGLETON_POLICY_ENFORCE'],
    'securityPostureConfig.mode': ['DISABLED', 'BASIC', 'ENTERPRISE', 'MODE_UNSPECIFIED'],
    'gatewayApiConfig.channel': ['CHANNEL_DISABLED', 'CHANNEL_EXPERIMENTAL', 'CHANNEL_STANDARD'],
    'dnsConfig.clusterDns': ['PROVIDER_UNSPECIFIED', 'PLATFORM_DEFAULT', 'CLOUD_DNS', 'KUBE_DNS'],
    'loggingConfig.enableComponents.*': [
      'SYSTEM_COMPONENTS',
      'APISERVER',
      'CONTROLLER_MANAGER',
      'KCP_CONNECTION',
      'KCP_SSHD',
      'KCP_HPA',
      'SCHEDULER',
      'WORKLOADS',
    ],
  },
  replaceOn: [
    'clusterAutoscaling.autoProvisioningDefaults.bootDiskKmsKey',
    'clusterIpv4Cidr',
    'confidentialNodes',
    'datapathProvider',
    'dataplaneOptimizationMode',
    'defaultMaxPodsPerNode',
    'description',
    'enableAutopilot',
    'enableKubernetesAlpha',
    'enableTpu',
    'initialNodeCount',
    'ipAllocationPolicy',
    'location',
    'masterAuth.clientCertificateConfig',
    'name',
    'network',
    'networkingMode',
    ...nodeConfigReplaces,
    'nodePools',
    'privateClusterConfig.masterIpv4CidrBlock',
    'privateClusterConfig.privateEndpointSubnetwork',
    'project',
    'subnetwork',
    'tpuConfig.enabled',
    'tpuConfig.useServiceNetworking',
    'userManagedKeysConfig.aggregationCa',
    'userManagedKeysConfig.clusterCa',
    'userManagedKeysConfig.etcdApiCa',
    'userManagedKeysConfig.etcdPeerCa',
  ],
  sets: [
    'nodeLocations',
    'nodeConfig.oauthScopes',
    'masterAuthorizedNetworksConfig.cidrBlocks',
    'loggingConfig.enableComponents',
    'monitoringConfig.enableComponents',
  ],
  keeps: clusterKeeps,
  secrets: ['effectiveLabels', 'pulumiLabels'],
  computed: [
    'controlPlaneEndpointsConfig',
    'effectiveLabels',
    'endpoint',
    'labelFingerprint',
    'location',
    'masterAuth',
    'masterVersion',
    'nodeLocations',
    'nodeVersion',
    'operation',
    'pulumiLabels',
    'servicesIpv4Cidr',
    'tpuIpv4CidrBlock',
  ],
  defaults: {
    deletionProtection: true,
    enableShieldedNodes: true,
    networkingMode: 'VPC_NATIVE',
    removeDefaultNodePool: false,
  },
  protection: { flag: 'deletionProtection', byDefault: true },
  check: checkCluster,
  make: ({ inputs, cloud, id, place }) => {
    haveRanges(inputs, cloud);
    const location = text(inputs, 'location') ?? (place.zone || place.region);
    const blocked = flag(inputs, 'privateClusterConfig.enablePrivateEndpoint') === true;
    const version = currentOf(text(inputs, 'minMasterVersion'));
    return {
      id: id.replace('{location}', location),
      state: {
        controlPlaneEndpointsConfig: inputs.controlPlaneEndpointsConfig ?? {
          dnsEndpointConfig: { allowExternalTraffic: false },
          ipEndpointsConfig: { enabled: true },
        },
        endpoint: blocked ? '172.16.0.2' : publicAddress(),
        labelFingerprint: '',
        masterAuth: {
          clientCertificate: '',
          clientKey: '',
          clientCertificateConfig: { issueClientCertificate: false },
          clusterCaCertificate: authority(),
        },
        masterVersion: version,
        ...(inputs.nodeLocations === undefined ? { nodeLocations: zonesOf(location) } : {}),
        ...(inputs.nodeVersion === undefined ? { nodeVersion: version } : {}),
        operation: '',
        servicesIpv4Cidr: servicesRange(inputs, cloud),
        tpuIpv4CidrBlock: '',
        dnsName: `gke-${randomBytes(14).toString('hex')}-${randomInt(1e9, 9e9)}.${location}.gke.goog`,
      },
    };
  },
  changing: (changed) => (changed.includes('minMasterVersion') ? ['masterVersion'] : []),
  update: ({ record, inputs, changed }) => {
    if (!changed.includes('minMasterVersion')) return;
    const wanted = text(inputs, 'minMasterVersion') ?? '';
    const running = text(record.state, 'masterVersion') ?? '';
    // A least version below what runs, as after an upgrade by the release channel, asks for nothing.
    return { state: { masterVersion: isNewer(wanted, running) ? currentOf(wanted) : running } };
  },
  view: (record) => {
    const pulumiLabels = isBag(record.inputs.resourceLabels) ? record.inputs.resourceLabels : {};
    return {
      pulumiLabels,
      effectiveLabels: { ...pulumiLabels, 'goog-pulumi-provisioned': 'true' },
      ...endpoints(record.inputs, record.state),
    };
  },
});
