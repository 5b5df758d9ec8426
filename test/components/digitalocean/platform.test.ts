import { makeOfflinePlan, type OfflinePlan, type PlanFlags } from '../../../cli/offline/make-plan';
import { nextBests } from '../../../components/digitalocean/next-bests';
import { all, one } from '../recorded';

const flags = (more: Partial<PlanFlags> = {}): PlanFlags => ({
  system: 'pulse',
  cloud: 'digitalocean',
  compute: 'instances',
  environment: 'prod',
  phase: 'small',
  ...more,
});
const type = (name: string) => `digitalocean:index/${name.charAt(0).toLowerCase()}${name.slice(1)}:${name}`;
const rulesOf = (plan: OfflinePlan, name: string) =>
  all(plan, type('DatabaseFirewall')).find((rule) => rule.name === name)?.inputs.rules;

describe('pulse at small in prod, on droplets', () => {
  let plan: OfflinePlan;
  beforeAll(async () => {
    plan = await makeOfflinePlan(flags());
  });

  test('the guide’s sizes: 2 to 10 droplets of 4 GB and 2 vCPU, MongoDB of 4 GB on three nodes', () => {
    const { config, dropletTemplate } = one(plan, type('DropletAutoscale')).inputs;
    expect(config).toMatchObject({ minInstances: 2, maxInstances: 10, targetCpuUtilization: 0.7 });
    expect(dropletTemplate).toMatchObject({ size: 's-2vcpu-4gb', region: 'nyc3' });
    const clusters = all(plan, type('DatabaseCluster')).map(({ inputs }) => [
      inputs.engine,
      inputs.size,
      inputs.nodeCount,
    ]);
    expect(clusters).toEqual(
      expect.arrayContaining([
        ['mongodb', 'db-s-2vcpu-4gb', 3],
        ['valkey', 'db-s-1vcpu-1gb', 1],
      ]),
    );
  });

  test('stores let in the region’s tag alone, which droplets and the runner wear', () => {
    const tag = '<unknown:pulse-prod-clients-nyc3.name>';
    for (const name of ['pulse-prod-pulse', 'pulse-prod-cache-nyc3']) {
      expect(rulesOf(plan, name)).toEqual([{ type: 'tag', value: tag }]);
    }
    const template = one(plan, type('DropletAutoscale')).inputs.dropletTemplate as { tags: string[] };
    expect(template.tags).toContain(tag);
    expect(one(plan, type('Droplet')).inputs.tags).toContain(tag);
  });

  test('every secret is fetched from the vault, the buckets’ keys among them', () => {
    const { userData } = one(plan, type('DropletAutoscale')).inputs.dropletTemplate as { userData: string };
    for (const variable of ['MONGO_URL', 'REDIS_URL', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']) {
      expect(userData).toContain(`fetch '${variable}' 'https://<unknown:pulse-prod-vault.bucketDomainName>/`);
    }
    expect(userData).toContain('RECORDINGS_BUCKET_ENDPOINT=https://nyc3.digitaloceanspaces.com');
    expect(userData).not.toContain('<secret>');
  });

  test('what may be lost is not protected, and all that holds data is', () => {
    const kept = new Set(plan.resources.filter(({ protect }) => protect).map((resource) => resource.type));
    expect([...kept].sort()).toEqual(
      ['DatabaseCluster', 'DatabaseDb', 'DatabaseUser', 'SpacesBucket', 'Vpc'].map(type).sort(),
    );
  });

  test('databases and buckets are in the project; the record leads to the balancer', () => {
    const assigned = all(plan, type('ProjectResources')).map(({ name }) => name);
    expect(assigned.sort()).toEqual([
      'pulse-prod-cache-nyc3',
      'pulse-prod-pulse',
      'pulse-prod-pulse-indexes-nyc3',
      'pulse-prod-recordings',
      'pulse-prod-static',
      'pulse-prod-vault',
    ]);
    expect(one(plan, type('DnsRecord')).inputs.value).toBe('<unknown:pulse-prod-api-nyc3.ip>');
  });
});

describe('pulse at enterprise in prod, on droplets', () => {
  let plan: OfflinePlan;
  beforeAll(async () => {
    plan = await makeOfflinePlan(flags({ phase: 'enterprise' }));
  });

  test('a global balancer over both regions, and a peering for the documents', () => {
    const global = all(plan, type('LoadBalancer')).find(({ inputs }) => inputs.type === 'GLOBAL');
    expect(global?.inputs.targetLoadBalancerIds).toEqual([
      '<unknown:pulse-prod-api-nyc3.id>',
      '<unknown:pulse-prod-api-sfo3.id>',
    ]);
    expect(one(plan, type('DnsRecord')).inputs.value).toBe('<unknown:pulse-prod-api-global.ip>');
    expect(one(plan, type('VpcPeering')).inputs.vpcIds).toHaveLength(2);
    expect(rulesOf(plan, 'pulse-prod-pulse')).toEqual([
      { type: 'tag', value: '<unknown:pulse-prod-clients-nyc3.name>' },
      { type: 'ip_addr', value: '10.1.0.0/16' },
    ]);
    expect(rulesOf(plan, 'pulse-prod-cache-sfo3')).toEqual([
      { type: 'tag', value: '<unknown:pulse-prod-clients-sfo3.name>' },
    ]);
  });

  test('droplets of the further region are made when its way out and the peering are there', () => {
    const pool = plan.resources.find(
      ({ type: is, name }) => is === 'stackladder:digitalocean:DropletPool' && name === 'pulse-prod-api-sfo3',
    )!;
    const ways = [...all(plan, type('VpcNatGateway')), one(plan, type('VpcPeering'))].map(({ urn }) => urn);
    expect(ways.filter((urn) => !urn.includes('nyc3')).sort()).toEqual([...pool.dependsOn].sort());
  });

  test('the vault answers both gateways', () => {
    expect(one(plan, type('SpacesBucketPolicy')).inputs.policy).toMatch(/nyc3-nat.*sfo3-nat/);
  });

  test('what DigitalOcean has not is named: shards, the limit behind a global balancer, the budget', () => {
    const said = nextBests(plan.plan).join('\n');
    expect(said).toMatch(/In place of 3 shards with 2 replicas: db-s-\S+ and a standby/);
    expect(said).toMatch(/api: the limit of 100 requests per 60 s and client address is off/);
    expect(said).toMatch(/Budget: DigitalOcean has none/);
    expect(said).toMatch(/HighErrorRate/);
    expect(said).toMatch(/stands in one region/);
  });
});

test('at small the limit is kept by nginx on each droplet, and said so', async () => {
  const { plan } = await makeOfflinePlan(flags());
  expect(nextBests(plan).join('\n')).toMatch(/nginx on each droplet keeps 100 requests .* with a burst of 20/);
});

test('behind Cloudflare too, where one region serves', async () => {
  const { plan } = await makeOfflinePlan(flags());
  const frontDoor = {
    zoneId: '0'.repeat(32),
    zoneName: 'a.b',
    furtherHosts: [],
    cachedPaths: [],
    http3: true,
    brotli: true,
  };
  expect(nextBests({ ...plan, frontDoor }).join('\n')).toMatch(/nginx on each droplet keeps 100 requests/);
});

test('on a cluster stores let it in by its id, there are no droplets and no gateway, and the edge keeps the limit', async () => {
  const plan = await makeOfflinePlan(flags({ compute: 'kubernetes' }));
  expect(rulesOf(plan, 'pulse-prod-cache-nyc3')).toEqual([
    { type: 'tag', value: '<unknown:pulse-prod-clients-nyc3.name>' },
    { type: 'k8s', value: expect.stringContaining('doks') as string },
  ]);
  for (const name of ['DropletAutoscale', 'VpcNatGateway', 'Droplet', 'SpacesBucketPolicy']) {
    expect(all(plan, type(name))).toEqual([]);
  }
  expect(nextBests(plan.plan).join('\n')).not.toMatch(/rate limit|droplet/);
});

test('the URL of an existing database comes from configuration; DigitalOcean has no secret manager to name', async () => {
  const databaseUrl = { text: 'mongodb://u:p@db.example.com/pulse', secret: true };
  const plan = await makeOfflinePlan(flags({ config: { databaseUrl } }));
  expect(all(plan, type('DatabaseCluster')).map(({ inputs }) => inputs.engine)).toEqual(['valkey']);
});
