import { generateKeyPairSync } from 'node:crypto';
import { join } from 'node:path';
import { readStackFile } from '../../../cli/offline/stack-file';
import { clouds, environments, phases } from '../../../plan/vocabulary';
import { placeholderConfig } from '../../../stacks/config/placeholders';
import { parseSettings } from '../../settings';
import { systems } from '../../../systems';
import { exampleWith, faultsOf, prodWith, root } from './helpers';

const taken = (changes: Record<string, unknown>) => parseSettings(prodWith(changes), systems);
const hostedZoneId = 'Z0123456789PROD';
const subnets = (...ends: string[]): string[] => ends.map((end) => `subnet-0123456789abcdef${end}`);
const network = {
  vpcId: 'vpc-0123456789abcdef0',
  publicSubnetIds: subnets('0', '1'),
  privateSubnetIds: subnets('2', '3'),
  dataSubnetIds: subnets('4', '5'),
};
const certificate = (region: string): string =>
  `arn:aws:acm:${region}:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef`;

describe('settings', () => {
  test.each(['dev', 'prod'])('the example of %s is right', (stack) => {
    const settings = parseSettings(readStackFile(join(root, `Pulumi.${stack}.yaml`)).config, systems);
    expect(settings).toMatchObject({ system: 'pulse', phase: 'small', environment: stack, cloud: 'aws' });
  });

  test('what is not given has its default', () => {
    expect(taken({ cidr: undefined })).toMatchObject({
      compute: 'instances',
      cidr: '10.0.0.0/16',
      keep: [],
      discardStores: [],
      overrides: { services: {}, cache: {}, database: {}, cluster: {}, network: {}, logs: {} },
      owner: 'pulse',
      costCenter: 'pulse',
      secretNames: [],
    });
  });

  test('numbers and lists come out of their text', () => {
    const settings = taken({ budget: '750.5', zones: '3', regions: '["eu-west-1","eu-north-1"]' });
    expect(settings).toMatchObject({ budget: 750.5, zones: 3, regions: ['eu-west-1', 'eu-north-1'] });
  });

  test('one instance in prod is for the policies to refuse, not for the schema', () => {
    const { overrides } = taken({ overrides: { services: { api: { minSize: 1 } } } });
    expect(overrides.services.api).toEqual({ minSize: 1 });
  });

  test('one zone is enough in dev, where the cloud does not ask for two', () => {
    expect(taken({ environment: 'dev', cloud: 'gcp', zones: 1 }).zones).toBe(1);
    expect(faultsOf(prodWith({ environment: 'dev', zones: 1 })).map(({ key }) => key)).toEqual(['zones']);
  });

  test('zones by name, for each region that serves', () => {
    const zones = ['us-east-1a', 'us-east-1b', 'us-west-2a', 'us-west-2c'];
    expect(taken({ phase: 'enterprise', zones }).zones).toEqual(zones);
    // Also at a lower phase, on the way down: stores stay in the region that serves no more.
    expect(taken({ phase: 'medium', zones }).zones).toEqual(zones);
    const fault = faultsOf(prodWith({ phase: 'enterprise', zones: zones.slice(0, 3) }))[0]!;
    expect(fault.problem).toBe('has 1 of us-west-2, where 2 to 3 must be');
  });

  test('certificates instead of a DNS zone, the content delivery network’s included', () => {
    const certificates = { 'eu-west-1': certificate('eu-west-1'), 'us-east-1': certificate('us-east-1') };
    const { accounts } = taken({ regions: ['eu-west-1'], aws: { certificates } });
    expect(accounts.aws.certificates).toEqual(certificates);
  });

  test('content that is not delivered yet needs no certificate', () => {
    const own = { aws: { certificates: { 'eu-west-1': certificate('eu-west-1') } }, regions: ['eu-west-1'] };
    const sdk = (phase: string) => exampleWith('sv-sdk-prod', { ...own, phase });
    expect(parseSettings(sdk('medium'), systems).phase).toBe('medium');
    expect(faultsOf(sdk('large')).map(({ key }) => key)).toEqual(['aws.certificates.us-east-1']);
  });

  test('hours of work, or none on purpose', () => {
    const hours = (offHours: unknown) => parseSettings(exampleWith('mercenary-dev', { offHours }), systems).offHours;
    const nine = { timezone: 'America/New_York', from: '09:00', to: '17:00', days: [1, 3] };
    expect(hours(nine)).toEqual(nine);
    expect(hours('false')).toBe(false);
    expect(hours(false)).toBe(false);
    expect(hours(undefined)).toBeUndefined();
    // In prod nothing stops, and to say so is no fault.
    expect(parseSettings(exampleWith('mercenary-prod', { offHours: false }), systems).offHours).toBe(false);
  });

  test('Cloudflare in front, with what it does unless it is told otherwise', () => {
    const zone = { zoneId: '0'.repeat(32), zoneName: 'example.com' };
    const door = (more: object) =>
      parseSettings(exampleWith('mercenary-prod', { cloudflare: { ...zone, ...more } }), systems).cloudflare;
    expect(door({})).toEqual({ ...zone, http3: true, brotli: true, sharedZone: false });
    expect(door({ brotli: false, cachedPaths: ['/assets/*'] })).toMatchObject({
      brotli: false,
      cachedPaths: ['/assets/*'],
    });
    expect(taken({}).cloudflare).toBeUndefined();
  });

  test.each([
    ['aws', { certificates: { 'us-east-1': certificate('us-east-1') } }],
    ['gcp', { projectId: 'example-1', certificateMap: `projects/example-1/locations/global/certificateMaps/all` }],
    ['digitalocean', { certificateName: 'wildcard' }],
    ['kubernetes', { tlsSecretName: 'wildcard' }],
  ])('behind Cloudflare on %s with certificates of its own', (cloud, section) => {
    const changes = { cloud, aws: undefined, [cloud]: section, overrides: undefined };
    expect(parseSettings(exampleWith('mercenary-prod', changes), systems).cloudflare).toBeDefined();
  });

  test('on a plain cluster, where content and objects are that the stack has nothing for', () => {
    const environment = { CONTENT_URL: 'https://cdn.example.com', STATIC_BUCKET: 'ours', AWS_REGION: 'eu-central-1' };
    const changes = {
      cloud: 'kubernetes',
      kubernetes: { certificateIssuer: 'letsencrypt' },
      overrides: { services: { api: { environment } } },
    };
    expect(taken(changes).overrides.services.api!.environment).toEqual(environment);
  });

  test('workers, a broker and tables by their own numbers', () => {
    const overrides = {
      workers: { 'email-worker': { spot: true, poolSize: 3 } },
      relational: { instanceClass: 'db.m5.large', standby: true, engineVersion: '16', rotationDays: 60 },
      broker: { nodeType: 'cache.t4g.small', replicas: 1 },
    };
    const settings = parseSettings(exampleWith('sv-sdk-prod', { overrides }), systems);
    expect(settings.overrides).toMatchObject(overrides);
    expect(settings.overrides.services).toEqual({});
  });

  test.each([
    ['aws', { hostedZoneId, network, adoptDatabase: 'shop-production' }],
    ['gcp', { projectId: 'example-1', adoptDatabase: 'shop-production' }],
    ['digitalocean', { dnsDomain: 'example.com', adoptDatabase: '9cc10173-e9ea-4176-9dbc-a4cee4c4ff30' }],
  ] as const)('a database to take over on %s', (cloud, section) => {
    const settings = parseSettings(exampleWith('sv-sdk-prod', { cloud, [cloud]: section }), systems);
    expect(settings.accounts[cloud].adoptDatabase).toBe(section.adoptDatabase);
  });

  test('a database of somebody else’s, by the URL of its kind', () => {
    const given = (stack: string, databaseUrl: string) =>
      parseSettings(exampleWith(stack, { databaseUrl, overrides: undefined }, ['databaseUrl']), systems).given;
    expect(given('sv-sdk-prod', 'postgresql://sdk:canary@db.example.com/sdk').databaseUrl).toBe(true);
    expect(given('prod', 'mongodb://db.example.com/pulse').databaseUrl).toBe(true);
  });

  test('a stack that has reached enterprise keeps both regions at large', () => {
    const fault = faultsOf(prodWith({ phase: 'large', reached: 'enterprise', regions: ['us-east-1'] }))[0]!;
    expect(fault).toMatchObject({ key: 'regions', problem: 'has 1 where enterprise needs 2' });
  });

  test('an existing database needs no Atlas organization', () => {
    const databaseSecretId = 'arn:aws:secretsmanager:us-east-1:123456789012:secret:pulse/mongo-url-AbCdEf';
    const settings = taken({ atlasOrganizationId: undefined, aws: { hostedZoneId, databaseSecretId } });
    expect(settings.accounts.aws.databaseSecretId).toBe(databaseSecretId);
  });

  test('an existing network, which an M0 database must be told the addresses of', () => {
    expect(taken({ aws: { hostedZoneId, network } }).accounts.aws.network).toEqual({ ...network, natAddresses: [] });
    const dev = { environment: 'dev', aws: { hostedZoneId, network } };
    expect(faultsOf(prodWith(dev)).map((fault) => fault.key)).toEqual(['aws.network.natAddresses']);
    const addressed = { ...network, natAddresses: ['203.0.113.10'] };
    const settings = taken({ environment: 'dev', aws: { hostedZoneId, network: addressed } });
    expect(settings.accounts.aws.network).toEqual(addressed);
  });

  test.each([
    ['rsa', 2048, true],
    ['rsa', 1024, false],
    ['P-256', 0, true],
    ['P-384', 0, false],
  ] as const)('a public key of %s %d: %s', (kind, bits, right) => {
    const { publicKey } =
      kind === 'rsa'
        ? generateKeyPairSync('rsa', { modulusLength: bits })
        : generateKeyPairSync('ec', { namedCurve: kind });
    const contentPublicKey = publicKey.export({ type: 'spki', format: 'pem' }).toString();
    if (right) expect(taken({ contentPublicKey }).contentPublicKey).toBe(contentPublicKey);
    else expect(faultsOf(prodWith({ contentPublicKey }))[0]!.key).toBe('contentPublicKey');
  });

  test.each(['nginx', 'nginx:1.27', 'localhost:5000/a/b_c:v1', `ghcr.io/a/b@sha256:${'0'.repeat(64)}`])(
    'image reference %s',
    (api) => expect(taken({ images: { api } }).images).toEqual({ api }),
  );

  test.each(['10.0.0.0/16', '10.255.0.0/16', '172.16.0.0/16', '172.31.0.0/16', '192.168.0.0/16'])(
    'range %s',
    (cidr) => {
      expect(taken({ cidr }).cidr).toBe(cidr);
    },
  );

  test.each(['10.256.0.0/16', '172.15.0.0/16', '172.32.0.0/16', '192.169.0.0/16', '10.01.0.0/16', '10.0.1.0/16'])(
    'no private /16: %s',
    (cidr) => expect(faultsOf(prodWith({ cidr })).map((fault) => fault.key)).toEqual(['cidr']),
  );
});

describe('placeholders', () => {
  const combinations = Object.values(systems).flatMap((system) =>
    clouds.flatMap((cloud) =>
      (system.runsOn[cloud] ?? []).flatMap((compute) =>
        phases.flatMap((phase) =>
          environments.map((environment) => ({ system: system.name, cloud, compute, phase, environment })),
        ),
      ),
    ),
  );

  test.each(combinations)('flags alone make a right configuration: %j', (flags) => {
    const settings = parseSettings(placeholderConfig(flags), systems);
    expect(settings).toMatchObject(flags);
    expect(settings.domain).toBe(`${flags.system}-${flags.environment}.placeholder.invalid`);
    expect(Object.values(settings.images).every((image) => image.startsWith('placeholder.invalid/'))).toBe(true);
  });

  test.each(clouds)('behind Cloudflare there are certificates in the place of zones on %s', (cloud) => {
    const zone = { zoneId: '0'.repeat(32), zoneName: 'mercenary.example.com' };
    const flags = {
      system: 'mercenary',
      cloud,
      phase: 'enterprise',
      environment: 'prod',
      domain: 'api.mercenary.example.com',
    };
    for (const compute of systems.mercenary!.runsOn[cloud]!) {
      const raw = placeholderConfig({ ...flags, compute, cloudflare: true });
      raw.cloudflare = { text: JSON.stringify(zone), secret: false };
      expect(parseSettings(raw, systems)).toMatchObject({ cloud, compute, cloudflare: zone });
    }
  });

  test('only the wrong or missing flag is a fault', () => {
    const flags = { system: 'pulse', cloud: 'aws', environment: 'prod' };
    expect(faultsOf(placeholderConfig({ ...flags, phase: 'huge' })).map((fault) => fault.key)).toEqual(['phase']);
    expect(faultsOf(placeholderConfig({})).map((fault) => fault.key)).toEqual([
      'system',
      'phase',
      'environment',
      'cloud',
    ]);
    const unknown = placeholderConfig({ ...flags, phase: 'small', system: 'constructor' });
    expect(faultsOf(unknown).map((fault) => fault.key)).toEqual(['system']);
  });
});
