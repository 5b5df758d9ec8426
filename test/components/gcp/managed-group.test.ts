import { record } from '../../../cli/offline/recorder';
import { ManagedGroup, type ManagedGroupArgs } from '../../../components/gcp/managed-group/group';
import { debianImage, diskTypeOf, isMachineType } from '../../../components/gcp/managed-group/machine';
import { all, messageOf, one } from '../recorded';
import { api, image } from './given';

const groupType = 'gcp:compute/regionInstanceGroupManager:RegionInstanceGroupManager';
const templateType = 'gcp:compute/regionInstanceTemplate:RegionInstanceTemplate';
const made = (args: Partial<ManagedGroupArgs> = {}) =>
  record(() => void new ManagedGroup('pulse-prod-api-usc1', { ...api(), ...args }));

test('instances without a public address, with their own identity and a verified boot', async () => {
  const { inputs } = one(await made(), templateType);
  const { metadata, ...rest } = inputs as { metadata: Record<string, string> };
  expect(rest).toEqual({
    region: 'us-central1',
    machineType: 'n1-standard-2',
    disks: [
      {
        boot: true,
        autoDelete: true,
        sourceImage: 'projects/debian-cloud/global/images/family/debian-12',
        diskType: 'pd-balanced',
        diskSizeGb: 20,
        labels: { system: 'pulse' },
      },
    ],
    networkInterfaces: [{ subnetwork: '<unknown:net-usc1.id>' }],
    serviceAccount: {
      email: '<unknown:pulse-prod-api-usc1.email>',
      scopes: ['https://www.googleapis.com/auth/cloud-platform'],
    },
    shieldedInstanceConfig: { enableSecureBoot: true, enableVtpm: true, enableIntegrityMonitoring: true },
    scheduling: { automaticRestart: true, onHostMaintenance: 'MIGRATE' },
    labels: { system: 'pulse' },
  });
  expect(metadata).toMatchObject({
    'enable-oslogin': 'TRUE',
    'block-project-ssh-keys': 'TRUE',
    'serial-port-enable': 'FALSE',
    image,
  });
  expect(metadata['startup-script']).toContain("fetch 'MONGO_URL' 'projects/p/secrets/mongo'");
});

test('a group over the zones that heals slowly, rolls new ones first and starts where the plan says', async () => {
  const recording = await made();
  const group = one(recording, groupType);
  expect(group.inputs).toEqual({
    region: 'us-central1',
    baseInstanceName: 'pulse-prod-api-usc1',
    versions: [{ name: 'current', instanceTemplate: '<unknown:pulse-prod-api-usc1.selfLink>' }],
    distributionPolicyZones: ['us-central1-a', 'us-central1-b'],
    distributionPolicyTargetShape: 'EVEN',
    targetSize: 5,
    namedPorts: [{ name: 'http', port: 8081 }],
    autoHealingPolicies: { healthCheck: '<unknown:pulse-prod-api-usc1-healing.id>', initialDelaySec: 300 },
    updatePolicy: {
      type: 'PROACTIVE',
      minimalAction: 'REPLACE',
      mostDisruptiveAllowedAction: 'REPLACE',
      replacementMethod: 'SUBSTITUTE',
      instanceRedistributionType: 'PROACTIVE',
      maxSurgeFixed: 2,
      maxUnavailableFixed: 0,
    },
    instanceLifecyclePolicy: { forceUpdateOnRepair: 'YES', defaultActionOnFailure: 'REPAIR' },
    waitForInstances: true,
    waitForInstancesStatus: 'UPDATED',
  });
  expect(group.ignoreChanges).toEqual(['targetSize']);
  // What an instance needs before it can fetch anything.
  const waited = group.dependsOn.join();
  for (const needed of ['firewall:Firewall', 'SecretIamMember', 'RepositoryIamMember', 'routerNat:RouterNat']) {
    expect(waited).toContain(needed);
  }
});

test('more and fewer by CPU and by the memory that the Ops Agent reports', async () => {
  expect(one(await made(), 'gcp:compute/regionAutoscaler:RegionAutoscaler').inputs).toEqual({
    region: 'us-central1',
    target: '<unknown:pulse-prod-api-usc1.id>',
    autoscalingPolicy: {
      mode: 'ON',
      minReplicas: 2,
      maxReplicas: 10,
      cooldownPeriod: 180,
      cpuUtilization: { target: 0.7 },
      metrics: [
        {
          name: 'agent.googleapis.com/memory/percent_used',
          type: 'GAUGE',
          target: 80,
          filter: 'resource.type = "gce_instance" AND metric.labels.state = "used"',
        },
      ],
      scaleInControl: { timeWindowSec: 600, maxScaledInReplicas: { fixed: 1 } },
    },
  });
});

test('a group that is made anew gets an autoscaler of its own, and the old one keeps its own', async () => {
  const scaler = one(await made(), 'gcp:compute/regionAutoscaler:RegionAutoscaler');
  expect([scaler.replaceOnChanges, scaler.deleteBeforeReplace]).toEqual([['target'], false]);
});

test("one firewall rule: Google's front ends, to the service's port, on its own instances", async () => {
  expect(one(await made(), 'gcp:compute/firewall:Firewall').inputs).toEqual({
    network: '<unknown:net.id>',
    description: "Requests and health checks of Google's front ends, on the service's port alone",
    direction: 'INGRESS',
    sourceRanges: ['130.211.0.0/22', '35.191.0.0/16'],
    targetServiceAccounts: ['<unknown:pulse-prod-api-usc1.email>'],
    allows: [{ protocol: 'tcp', ports: ['8081'] }],
  });
});

test('a database that is gone for a while costs no instances', async () => {
  const { checkIntervalSec, unhealthyThreshold } = one(await made(), 'gcp:compute/healthCheck:HealthCheck').inputs as {
    checkIntervalSec: number;
    unhealthyThreshold: number;
  };
  expect(checkIntervalSec * unhealthyThreshold).toBeGreaterThanOrEqual(300);
});

test('a service with nothing of its own gets nothing', async () => {
  const recording = await made({ secrets: undefined, buckets: undefined, caches: undefined, image: 'nginx:1.27' });
  expect(all(recording, 'gcp:secretmanager/secretIamMember:SecretIamMember')).toEqual([]);
  expect(all(recording, 'gcp:storage/bucketIAMMember:BucketIAMMember')).toEqual([]);
  expect(all(recording, 'gcp:projects/iAMMember:IAMMember').map(({ inputs }) => inputs.role)).toEqual([
    'roles/logging.logWriter',
    'roles/monitoring.metricWriter',
  ]);
});

test('image and disk fit the machine', () => {
  expect(['n1-standard-2', 'e2-small', 't2a-standard-1', 'c4a-standard-4', 'n4-standard-2'].map(debianImage)).toEqual(
    ['', '', '-arm64', '-arm64', ''].map((suffix) => `projects/debian-cloud/global/images/family/debian-12${suffix}`),
  );
  expect(['n1-standard-2', 't2a-standard-1', 'c4a-standard-4', 'n4-standard-2'].map(diskTypeOf)).toEqual([
    'pd-balanced',
    'pd-balanced',
    'hyperdisk-balanced',
    'hyperdisk-balanced',
  ]);
  expect(['n1-standard-2', 'e2-small', 'n2-custom-4-8192', 't3.large', 's-2vcpu-4gb', ''].map(isMachineType)).toEqual([
    true,
    true,
    true,
    false,
    false,
    false,
  ]);
});

test('all faults in one message, and nothing of the group is created', async () => {
  let message = '';
  const recording = await record(() => {
    const wrong = {
      zones: [],
      image: 'Not An Image',
      port: 0,
      machine: 't3.large',
      capacity: { min: 0, max: 0, desired: 5 },
      healthCheck: { path: 'health', graceSeconds: -1 },
      scaling: { cpuPercent: 0, memoryPercent: 101 },
      drainSeconds: 90,
      diskGb: 5,
      environment: { 'A B': 'x', MONGO_URL: 'x' },
    };
    message = messageOf(() => new ManagedGroup('g', { ...api(), ...wrong }));
  });
  expect(message.split('\n').map((line) => line.replace(/: .*/, '').trim())).toEqual([
    'ManagedGroup "g" cannot be created:',
    'port',
    'zones',
    'image',
    'machine',
    'capacity.min',
    'capacity.max',
    'capacity.desired',
    'diskGb',
    'environment',
    'secrets.MONGO_URL',
    'healthCheck.path',
    'healthCheck.graceSeconds',
    'scaling.cpuPercent',
    'scaling.memoryPercent',
    'drainSeconds',
  ]);
  expect(all(recording, groupType)).toEqual([]);
});
