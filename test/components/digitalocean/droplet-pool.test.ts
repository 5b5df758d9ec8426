import { record } from '../../../cli/offline/recorder';
import { DropletPool, type DropletPoolArgs } from '../../../components/digitalocean/droplet-pool/pool';
import { counts, messageOf, one } from '../recorded';
import { pool } from './droplet-pool-arguments';

const poolType = 'digitalocean:index/dropletAutoscale:DropletAutoscale';
const balancerType = 'digitalocean:index/loadBalancer:LoadBalancer';
const firewallType = 'digitalocean:index/firewall:Firewall';

function recordPool(change: Partial<DropletPoolArgs> = {}) {
  return record(() => ({ address: new DropletPool('pulse-prod-api-nyc3', { ...pool, ...change }).address }));
}

test('a pool of private droplets scales by CPU and memory, and wears its tag and the stores’', async () => {
  const recording = await recordPool();
  expect(counts(recording)).toEqual({
    'stackladder:digitalocean:DropletPool': 1,
    'digitalocean:index/tag:Tag': 1,
    [poolType]: 1,
    [balancerType]: 1,
    [firewallType]: 1,
  });
  const { config, dropletTemplate } = one(recording, poolType).inputs as Record<string, Record<string, unknown>>;
  expect(config).toEqual({
    minInstances: 2,
    maxInstances: 10,
    targetCpuUtilization: 0.7,
    targetMemoryUtilization: 0.8,
    cooldownMinutes: 5,
  });
  expect(dropletTemplate).toMatchObject({
    region: 'nyc3',
    size: 's-2vcpu-4gb',
    image: 'ubuntu-24-04-x64',
    vpcUuid: 'vpc-1',
    publicNetworking: false,
    withDropletAgent: true,
    sshKeys: ['3b:16:bf'],
    tags: ['<unknown:pulse-prod-api-nyc3.name>', 'clients', 'system:pulse'],
  });
  expect(recording.outputs.address).toBe('<unknown:pulse-prod-api-nyc3.ip>');
});

test('the balancer speaks HTTPS, redirects, asks for health as planned, and leaves records alone', async () => {
  const { inputs } = one(await recordPool(), balancerType);
  expect(inputs).toEqual({
    region: 'nyc3',
    type: 'REGIONAL',
    vpcUuid: 'vpc-1',
    projectId: 'project-1',
    sizeUnit: 2,
    dropletTag: '<unknown:pulse-prod-api-nyc3.name>',
    forwardingRules: [
      { entryProtocol: 'https', entryPort: 443, targetProtocol: 'http', targetPort: 8081, certificateName: 'api' },
    ],
    redirectHttpToHttps: true,
    healthcheck: {
      protocol: 'http',
      port: 8081,
      path: '/health',
      checkIntervalSeconds: 10,
      responseTimeoutSeconds: 5,
      healthyThreshold: 2,
      unhealthyThreshold: 3,
    },
    httpIdleTimeoutSeconds: 60,
    enableBackendKeepalive: true,
    enableProxyProtocol: false,
    disableLetsEncryptDnsRecords: true,
    tlsCipherPolicy: 'STRONG',
  });
});

test('only the balancer comes in, on the service’s port alone, and before any droplet is there', async () => {
  const recording = await recordPool();
  const firewall = one(recording, firewallType);
  expect(firewall.inputs.inboundRules).toEqual([
    { protocol: 'tcp', portRange: '8081', sourceLoadBalancerUids: ['<unknown:pulse-prod-api-nyc3.id>'] },
  ]);
  expect(firewall.inputs.tags).toEqual(['<unknown:pulse-prod-api-nyc3.name>']);
  expect(one(recording, poolType).dependsOn).toContain(firewall.urn);
});

test('a droplet that takes long to serve makes the pool wait longer', async () => {
  const { inputs } = one(await recordPool({ healthCheck: { ...pool.healthCheck, graceSeconds: 700 } }), poolType);
  expect((inputs.config as { cooldownMinutes: number }).cooldownMinutes).toBe(12);
});

test('a client stays with a droplet for as long as it is asked, and a guide’s pause between steps is kept', async () => {
  const recording = await recordPool({ affinitySeconds: 3_600, cooldownSeconds: 900 });
  expect(one(recording, balancerType).inputs.stickySessions).toMatchObject({
    type: 'cookies',
    cookieTtlSeconds: 3_600,
  });
  expect(one(recording, poolType).inputs.config).toMatchObject({ cooldownMinutes: 15 });
});

test('user data can be read by everybody who may look at the pool: it holds no secret', async () => {
  const { inputs } = one(await recordPool(), poolType);
  expect((inputs.dropletTemplate as { userData: string }).userData).toMatch(/^#cloud-config\n/);
});

test('variables that leave no room in the user data are told before anything is made', () => {
  const environment = { LONG: 'x'.repeat(41_000) };
  expect(messageOf(() => new DropletPool('api', { ...pool, environment }))).toContain('environment: has 41005 bytes');
});

test('every fault is said at once, by its path', () => {
  const bad: DropletPoolArgs = {
    ...pool,
    image: 'UPPER',
    port: 0,
    machine: 't3.large',
    capacity: { min: 4, max: 2 },
    healthCheck: { ...pool.healthCheck, path: 'health', timeoutSeconds: 2, unhealthyThreshold: 11 },
    scaling: { cpuPercent: 0, memoryPercent: 101 },
    idleTimeoutSeconds: 4000,
    drainSeconds: 60,
    affinitySeconds: 86_400,
    routes: [{ name: 'a' }, { name: 'b', paths: ['/a b'], redirectTo: 'https://x' }],
    balancerNodes: 0,
    sshKeys: [],
    environment: { '1A': 'x', MONGO_URL: 'x' },
  };
  const lines = messageOf(() => new DropletPool('api', bad))
    .split('\n')
    .slice(1);
  expect(lines.map((line) => line.trim().split(':')[0])).toEqual([
    'image',
    'machine',
    'port',
    'capacity.max',
    'healthCheck.path',
    'healthCheck.timeoutSeconds',
    'healthCheck.unhealthyThreshold',
    'scaling.cpuPercent',
    'scaling.memoryPercent',
    'idleTimeoutSeconds',
    'drainSeconds',
    'affinitySeconds',
    'routes[0]',
    'routes[1]',
    'routes[1].redirectTo',
    'balancerNodes',
    'sshKeys',
    'environment',
    'secrets.MONGO_URL',
  ]);
});
