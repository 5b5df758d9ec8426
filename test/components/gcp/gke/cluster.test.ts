import { record } from '../../../../cli/offline/recorder';
import { GkeCluster, type GkeClusterArgs } from '../../../../components/gcp/gke/cluster';
import { kubeconfig } from '../../../../components/gcp/gke/kubeconfig';
import { PodIdentity } from '../../../../components/gcp/gke/pod-identity';
import { all, messageOf, one, parentName } from '../../recorded';

const small: GkeClusterArgs = {
  projectId: 'example-project-123',
  region: 'us-central1',
  zones: ['us-central1-a', 'us-central1-b', 'us-central1-c'],
  network: 'projects/p/global/networks/n',
  subnetwork: 'projects/p/regions/us-central1/subnetworks/s',
  ranges: { pods: 'pods', services: 'services' },
  version: '1.35',
  nodes: { machine: 'n1-standard-2', min: 4, max: 9, diskGb: 50, serviceAccount: 'nodes@p.iam.gserviceaccount.com' },
  labels: { system: 'pulse' },
};
const recordCluster = (change: Partial<GkeClusterArgs> = {}) =>
  record(() => {
    const cluster = new GkeCluster('pulse-prod-gke-usc1', { ...small, ...change });
    return { kubeconfig: cluster.kubeconfig };
  });
const clusterType = 'gcp:container/cluster:Cluster';
const poolType = 'gcp:container/nodePool:NodePool';

test('a regional cluster with private nodes and a control plane that answers inside the network', async () => {
  const recording = await recordCluster();
  const cluster = one(recording, clusterType);
  expect(cluster.inputs).toMatchObject({
    location: 'us-central1',
    nodeLocations: small.zones,
    networkingMode: 'VPC_NATIVE',
    ipAllocationPolicy: { clusterSecondaryRangeName: 'pods', servicesSecondaryRangeName: 'services' },
    datapathProvider: 'ADVANCED_DATAPATH',
    privateClusterConfig: { enablePrivateNodes: true, enablePrivateEndpoint: true },
    masterAuthorizedNetworksConfig: {
      cidrBlocks: [],
      gcpPublicCidrsAccessEnabled: false,
      privateEndpointEnforcementEnabled: true,
    },
    minMasterVersion: '1.35',
    releaseChannel: { channel: 'REGULAR' },
    workloadIdentityConfig: { workloadPool: 'example-project-123.svc.id.goog' },
    enableShieldedNodes: true,
    enableLegacyAbac: false,
    monitoringConfig: { managedPrometheus: { enabled: true } },
    costManagementConfig: { enabled: true },
    maintenancePolicy: { dailyMaintenanceWindow: { startTime: '07:00' } },
    deletionProtection: false,
    removeDefaultNodePool: true,
    resourceLabels: { system: 'pulse' },
  });
  expect(cluster.inputs.loggingConfig).toEqual({
    enableComponents: ['SYSTEM_COMPONENTS', 'APISERVER', 'CONTROLLER_MANAGER', 'SCHEDULER', 'WORKLOADS'],
  });
  expect(cluster.inputs).not.toHaveProperty('databaseEncryption');
  expect(cluster.ignoreChanges.sort()).toEqual(['initialNodeCount', 'nodeConfig']);
  expect(parentName(cluster)).toBe('pulse-prod-gke-usc1');
});

test('reached from the ranges that are given, and Secrets under a key that is given', async () => {
  const { inputs } = one(
    await recordCluster({ controlPlaneCidrs: ['203.0.113.0/24'], secretsKey: 'projects/p/k' }),
    clusterType,
  );
  expect(inputs).toMatchObject({
    privateClusterConfig: { enablePrivateNodes: true, enablePrivateEndpoint: false },
    masterAuthorizedNetworksConfig: { cidrBlocks: [{ cidrBlock: '203.0.113.0/24' }] },
    databaseEncryption: { state: 'ENCRYPTED', keyName: 'projects/p/k' },
  });
});

test('a range of one’s own network opens the private end, and no public one', async () => {
  const { inputs } = one(await recordCluster({ controlPlaneCidrs: ['10.0.0.0/16', '100.64.0.0/10'] }), clusterType);
  expect(inputs).toMatchObject({
    privateClusterConfig: { enablePrivateEndpoint: true },
    masterAuthorizedNetworksConfig: { cidrBlocks: [{ cidrBlock: '10.0.0.0/16' }, { cidrBlock: '100.64.0.0/10' }] },
  });
});

test('nodes over the zones, as many as pods need, mended and renewed one by one', async () => {
  const pool = one(await recordCluster(), poolType);
  expect(pool.inputs).toMatchObject({
    cluster: '<unknown:pulse-prod-gke-usc1.id>',
    nodeLocations: small.zones,
    initialNodeCount: 2, // of each zone: four over three zones are two in the fullest
    autoscaling: { totalMinNodeCount: 4, totalMaxNodeCount: 9, locationPolicy: 'BALANCED' },
    management: { autoRepair: true, autoUpgrade: true },
    upgradeSettings: { strategy: 'SURGE', maxSurge: 1, maxUnavailable: 0 },
    nodeConfig: {
      machineType: 'n1-standard-2',
      diskSizeGb: 50,
      serviceAccount: 'nodes@p.iam.gserviceaccount.com',
      shieldedInstanceConfig: { enableSecureBoot: true, enableIntegrityMonitoring: true },
      workloadMetadataConfig: { mode: 'GKE_METADATA' },
      metadata: { 'disable-legacy-endpoints': 'true' },
    },
  });
  // The autoscaler's alone.
  expect(pool.inputs).not.toHaveProperty('nodeCount');
  expect(pool.ignoreChanges).toEqual(['initialNodeCount']);
});

test('a big pool is renewed several nodes at a time, as far as Google lets it', async () => {
  const surge = async (max: number) =>
    one(await recordCluster({ nodes: { ...small.nodes, max } }), poolType).inputs.upgradeSettings;
  expect(await surge(63)).toMatchObject({ maxSurge: 7, maxUnavailable: 0 });
  expect(await surge(1000)).toMatchObject({ maxSurge: 20, maxUnavailable: 0 });
});

test('pods are named by namespace and service account, and get one bucket, one cache, one zone', async () => {
  const recording = await record(() => {
    const project = { id: 'example-project-123', number: '42' };
    const pods = new PodIdentity('pulse-api', project, { namespace: 'pulse', serviceAccount: 'api' }, {});
    pods.useBucket('recordings', 'recordings-1');
    pods.connect('cache', 'projects/p/locations/l/instances/c', project.id);
    pods.proveDomain('example-zone', project.id);
  });
  const member =
    'principal://iam.googleapis.com/projects/42/locations/global/workloadIdentityPools/' +
    'example-project-123.svc.id.goog/subject/ns/pulse/sa/api';
  expect(all(recording, 'gcp:storage/bucketIAMMember:BucketIAMMember').map(({ inputs }) => inputs)).toEqual([
    { bucket: 'recordings-1', role: 'roles/storage.objectUser', member },
  ]);
  expect(one(recording, 'gcp:projects/iAMMember:IAMMember').inputs).toMatchObject({
    member,
    role: 'roles/memorystore.dbConnectionUser',
    condition: { expression: 'resource.name == "projects/p/locations/l/instances/c"' },
  });
  expect(one(recording, 'gcp:dns/dnsManagedZoneIamMember:DnsManagedZoneIamMember').inputs).toMatchObject({
    member,
    managedZone: 'example-zone',
  });
});

test('every fault of the arguments in one message', () => {
  const message = messageOf(
    () =>
      new GkeCluster('c', {
        ...small,
        region: 'us-central1-a',
        zones: ['us-east1-b', 'us-east1-b'],
        version: '1.35.2',
        controlPlaneCidrs: ['0.0.0.0/0', 'office'],
        nodes: { ...small.nodes, min: 3, max: 2, diskGb: 1 },
      }),
  );
  for (const path of [
    'region:',
    'zones[0]:',
    'zones: "us-east1-b" stands there more than once',
    'version:',
    'controlPlaneCidrs[0]: 0.0.0.0/0 would open',
    'controlPlaneCidrs[1]:',
    'nodes.max: 2 is below nodes.min (3)',
    'nodes.diskGb:',
  ])
    expect(message).toContain(path);
});

test('the kubeconfig has no secret in it and asks Google for a token', async () => {
  const { outputs } = await recordCluster();
  expect(outputs.kubeconfig).toContain('https://<unknown:pulse-prod-gke-usc1.endpoint>');
  expect(outputs.kubeconfig).toContain('<unknown:pulse-prod-gke-usc1.masterAuth.clusterCaCertificate>');
  const config = JSON.parse(kubeconfig({ name: 'pulse', endpoint: '10.0.0.2', certificateAuthority: 'Y2E=' }));
  expect(config.clusters[0].cluster.server).toBe('https://10.0.0.2');
  expect(Object.keys(config.users[0].user)).toEqual(['exec']);
  expect(config.users[0].user.exec.command).toBe('gke-gcloud-auth-plugin');
});
