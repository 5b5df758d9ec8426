import { randomBytes, randomInt } from 'node:crypto';
import type { Cloud } from '../../model/cloud';
import { CloudError, problem, type Problem } from '../../model/errors';
import { flag, matches, number, text } from '../../model/reading';
import { isBag, type Bag } from '../../model/values';
import { google } from '../google';
import { gcp, label, shaped, to, toNetwork, toServiceAccount, toSubnetwork } from '../parts';
import { publicAddress } from '../network/addresses';
import { addressIn, rangeOf } from '../network/cidr';
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
  keeps: [
    'addonsConfig',
    'authenticatorGroupsConfig',
    'clusterAutoscaling',
    'clusterIpv4Cidr',
    'clusterTelemetry',
    'confidentialNodes',
    'controlPlaneEndpointsConfig',
    'costManagementConfig',
    'databaseEncryption',
    'datapathProvider',
    'defaultMaxPodsPerNode',
    'defaultSnatStatus',
    'gatewayApiConfig',
    'identityServiceConfig',
    'ipAllocationPolicy',
    'location',
    'loggingConfig',
    'loggingService',
    'masterAuth',
    'masterAuthorizedNetworksConfig',
    'meshCertificates',
    'minMasterVersion',
    'monitoringConfig',
    'monitoringService',
    'networkPolicy',
    'nodeConfig',
    'nodeLocations',
    'nodePoolAutoConfig',
    'nodePoolDefaults',
    'nodePools',
    'nodeVersion',
    'notificationConfig',
    'podAutoscaling',
    'privateClusterConfig',
    'privateIpv6GoogleAccess',
    'protectConfig',
    'releaseChannel',
    'secretManagerConfig',
    'securityPostureConfig',
    'serviceExternalIpsConfig',
    'subnetwork',
    'tpuConfig',
    'verticalPodAutoscaling',
    'workloadIdentityConfig',
  ],
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

/** The endpoint by name stands in a block of which the program gives the rest. */
function endpoints(inputs: Bag, state: Bag): Bag {
  const block = isBag(inputs.controlPlaneEndpointsConfig)
    ? inputs.controlPlaneEndpointsConfig
    : state.controlPlaneEndpointsConfig;
  const dns = isBag(block) && isBag(block.dnsEndpointConfig) ? block.dnsEndpointConfig : {};
  return {
    controlPlaneEndpointsConfig: {
      ...(isBag(block) ? block : {}),
      dnsEndpointConfig: { ...dns, endpoint: state.dnsName ?? '' },
    },
  };
}

function checkCluster(inputs: Bag): Problem[] {
  const problems = [
    ...shaped(inputs, 'location', /^[a-z]+-[a-z]+\d+(-[a-z])?$/, 'a region or a zone'),
    ...shaped(inputs, 'minMasterVersion', /^(latest|\d+\.\d+(\.\d+(-gke\.\d+)?)?)$/, 'a version such as 1.33'),
  ];
  if (
    flag(inputs, 'enableAutopilot') !== true &&
    inputs.nodePools === undefined &&
    (number(inputs, 'initialNodeCount') ?? 0) < 1
  ) {
    problems.push(problem('initialNodeCount', 'badRequest: Cluster.initial_node_count must be greater than zero'));
  }
  const master = text(inputs, 'privateClusterConfig.masterIpv4CidrBlock');
  if (master !== undefined && rangeOf(master)?.bits !== 28) {
    problems.push(problem('privateClusterConfig', `badRequest: the control plane's range is a /28, got ${master}`));
  }
  if (
    text(inputs, 'databaseEncryption.state') === 'ENCRYPTED' &&
    (inputs.databaseEncryption as Bag).keyName === undefined
  ) {
    problems.push(problem('databaseEncryption', 'badRequest: encryption of secrets needs keyName'));
  }
  for (const { path, value } of matches(inputs, 'masterAuthorizedNetworksConfig.cidrBlocks.*.cidrBlock')) {
    if (typeof value === 'string' && /^[\d.]+\/\d+$/.test(value) && !rangeOf(value)) {
      problems.push(problem(path.join('.'), `badRequest: ${value} is no range`));
    }
  }
  return problems;
}

/** Pods and services get ranges that the subnetwork has under these names. */
function haveRanges(inputs: Bag, cloud: Cloud): void {
  const subnet = cloud.find([gcp('compute', 'Subnetwork')], text(inputs, 'subnetwork') ?? '');
  const known = matches(subnet?.inputs, 'secondaryIpRanges.*.rangeName').map(({ value }) => value);
  for (const key of ['clusterSecondaryRangeName', 'servicesSecondaryRangeName']) {
    const asked = text(inputs, `ipAllocationPolicy.${key}`);
    if (subnet && asked !== undefined && !known.includes(asked)) {
      throw new CloudError('badRequest', `Secondary range "${asked}" does not exist in subnetwork "${subnet.id}"`);
    }
  }
}

function servicesRange(inputs: Bag, cloud: Cloud): string {
  const subnet = cloud.find([gcp('compute', 'Subnetwork')], text(inputs, 'subnetwork') ?? '');
  const asked = text(inputs, 'ipAllocationPolicy.servicesSecondaryRangeName');
  const found = matches(subnet?.inputs, 'secondaryIpRanges.*').find(({ value }) => text(value, 'rangeName') === asked);
  const range = text(found?.value, 'ipCidrRange') ?? text(inputs, 'ipAllocationPolicy.servicesIpv4CidrBlock');
  return range ?? `${addressIn('34.118.224.0/20', 0)}/20`;
}

const zonesOf = (location: string): string[] =>
  /-[a-z]$/.test(location) ? [] : ['a', 'b', 'c'].map((letter) => `${location}-${letter}`);

/** Only its form is that of a certificate: a cluster here has no control plane to speak to. */
const authority = (): string =>
  Buffer.from(
    `-----BEGIN CERTIFICATE-----\n${randomBytes(192).toString('base64')}\n-----END CERTIFICATE-----\n`,
  ).toString('base64');
