import { planJourney } from '../../plan/move';
import type { Memory } from '../../plan/memory';
import { ConfigurationError } from '../../stacks/config/fault';
import { pulse } from '../../systems/pulse';
import { settingsOf, type Given } from './given';
import type { Plan } from '../../plan/types';

/** The journey of a stack: where its configuration says it is, and what it remembers. */
function journeyOf(given: Given, memory: Memory) {
  return planJourney(pulse, settingsOf(given), memory);
}

/** A stack at large in prod that has come up on AWS. */
const onAws = journeyOf({ phase: 'large', environment: 'prod' }, {}).memory;
const keysOf = (further: Record<string, unknown> = {}) => ({ cloud: 'gcp', compute: 'instances', ...further });
const moved = (further: Record<string, unknown> = {}, memory: Memory = onAws) =>
  journeyOf({ phase: 'large', environment: 'prod', keys: keysOf(further) }, memory);

function messageOf(body: () => unknown): string {
  try {
    body();
  } catch (error) {
    if (error instanceof ConfigurationError) return error.message;
    throw error;
  }
  throw new Error('nothing was refused');
}

test('a stack that stays where it is keeps nothing elsewhere, and remembers its stores', () => {
  const { kept, memory } = journeyOf({ phase: 'large', environment: 'prod' }, onAws);
  expect(kept).toEqual([]);
  expect(memory.aws).toMatchObject({ phase: 'large', compute: 'instances', regions: ['us-east-1'] });
});

test('the one line is refused, with the steps', () => {
  const message = messageOf(() => moved());
  expect(message).toContain('cloud = gcp leaves behind stores that this stack has on aws');
  for (const step of ["--path 'keep[0]' aws", "--path 'discardStores[0]' aws", 'config rm keep']) {
    expect(message).toContain(step);
  }
});

test('kept stores are planned as they were, and serve nothing', () => {
  const before = journeyOf({ phase: 'large', environment: 'prod', keys: { regions: ['eu-west-1'], zones: 2 } }, {});
  const { plan, kept } = moved({ keep: ['aws'] }, before.memory);
  expect(plan).toMatchObject({ cloud: 'gcp', regions: [{ name: 'us-central1', serves: true }] });
  expect(kept).toHaveLength(1);
  const [aws] = kept;
  expect(aws).toMatchObject({ cloud: 'aws', resting: true, regions: [{ name: 'eu-west-1', serves: false }] });
  for (const part of ['documentDatabase', 'cache', 'objectStores', 'network', 'safety', 'prefix'] as const) {
    expect(aws![part]).toEqual(before.plan[part]);
  }
  expect(aws!.regions[0]!.zones).toEqual(before.plan.regions[0]!.zones);
  expect(aws!.regions[0]!.cidr).toBe(before.plan.regions[0]!.cidr);
});

test('overrides of stores go with their cloud: those of the new one change nothing on the old one', () => {
  const database = { tier: 'M40', maxTier: 'M60' };
  const before = journeyOf({ phase: 'large', environment: 'prod', keys: { overrides: { database } } }, {});
  const { plan, kept } = moved({ keep: ['aws'], overrides: { database: { tier: 'M50' } } }, before.memory);
  expect(plan.documentDatabase?.tier).toBe('M50');
  expect(kept[0]!.documentDatabase).toMatchObject(database);
});

test('the phase that stores have reached is remembered by cloud', () => {
  const { memory } = moved({ keep: ['aws'] });
  const later = journeyOf({ phase: 'enterprise', environment: 'prod', keys: keysOf({ keep: ['aws'] }) }, memory);
  expect(later.memory).toMatchObject({ gcp: { phase: 'enterprise' }, aws: { phase: 'large' } });
  expect(later.kept[0]!.storesPhase).toBe('large');
});

describe('whose stores they are', () => {
  const given = { phase: 'large', environment: 'prod' } as const;

  test('another environment would be other stores, in every configuration', () => {
    const message = messageOf(() => journeyOf({ ...given, environment: 'staging' }, onAws));
    expect(message).toContain('1. environment = staging would delete every store of this stack, which is of prod');
    expect(message).toContain('pulumi stack init');
    const reached = { ...given, environment: 'dev', keys: { reached: 'large', cidr: '10.9.0.0/16' } } as const;
    expect(messageOf(() => journeyOf(reached, onAws))).toMatch(/^1 fault/);
  });

  test('another system too; what was remembered before systems were is of nobody', () => {
    const of = (system: string | undefined): Memory => ({ aws: { ...onAws.aws!, system } });
    expect(messageOf(() => journeyOf(given, of('sv-sdk')))).toContain('1. system = pulse would delete every store');
    expect(journeyOf(given, of(undefined)).plan.phase).toBe('large');
  });
});

describe('clouds that hold nothing', () => {
  test('are not kept: what an update that was broken off has made there is not noted yet', () => {
    const message = messageOf(() =>
      journeyOf({ phase: 'large', environment: 'prod', keys: { keep: ['digitalocean', 'gcp'] } }, onAws),
    );
    for (const key of ['keep[0] = digitalocean', 'keep[1] = gcp']) {
      expect(message).toContain(`${key} names a cloud on which this stack has noted no stores`);
    }
    expect(message).toContain(
      "pulumi config rm --path 'keep[1]'; or, where an update to gcp was broken off, finish that",
    );
    // A new stack has nothing that could be lost.
    expect(moved({ keep: ['aws'] }, {}).kept).toEqual([]);
  });

  test('are not given up in silence', () => {
    const of = (memory: Memory) =>
      journeyOf({ phase: 'large', environment: 'prod', keys: { discardStores: ['gcp'] } }, memory).plan.notices;
    const said = 'discardStores names gcp, where this stack has no stores';
    expect(of(onAws).filter((notice) => notice.startsWith(said))).toHaveLength(1);
  });
});

test('what the plan finds wrong is told with what is wrong of the move', () => {
  const overrides = { services: { api: { poolSize: 1000 } } };
  const message = messageOf(() => moved({ overrides }));
  expect(message).toMatch(/^2 faults/);
  expect(message).toContain('1. cloud = gcp leaves behind stores');
  expect(message).toContain('2. overrides.database.tier = M30 does not accept the connections of all instances');
});

describe('giving stores up', () => {
  test('keep taken away is refused as the one line was', () => {
    const { memory } = moved({ keep: ['aws'] });
    expect(messageOf(() => moved({}, memory))).toContain('leaves behind stores');
  });

  test('protected stores are given up in two updates: first their protection, then they', () => {
    const { memory } = moved({ keep: ['aws'] });
    expect(messageOf(() => moved({ discardStores: ['aws'] }, memory))).toContain('still protected in prod');
    const lifted = moved({ keep: ['aws'], discardStores: ['aws'] }, memory);
    expect(lifted.kept[0]!.safety).toMatchObject({ protectStores: false, deletionProtection: false });
    const gone = moved({ discardStores: ['aws'] }, lifted.memory);
    expect(gone.kept).toEqual([]);
    expect(Object.keys(gone.memory)).toEqual(['gcp']);
  });

  test('protection that was lifted comes back when nobody gives the stores up any more', () => {
    const lifted = moved({ keep: ['aws'], discardStores: ['aws'] });
    const again = moved({ keep: ['aws'] }, lifted.memory);
    expect(again.kept[0]!.safety.protectStores).toBe(true);
    expect(messageOf(() => moved({ discardStores: ['aws'] }, again.memory))).toContain('still protected');
  });

  test('in dev one word is enough', () => {
    const { memory } = journeyOf({ phase: 'small', environment: 'dev' }, {});
    const given = { phase: 'small', environment: 'dev' } as const;
    expect(messageOf(() => journeyOf({ ...given, keys: keysOf() }, memory))).toContain('leaves behind stores');
    expect(journeyOf({ ...given, keys: keysOf({ discardStores: ['aws'] }) }, memory).kept).toEqual([]);
  });
});

test('back where it came from, a stack finds its stores and keeps those of the way', () => {
  const { memory } = moved({ keep: ['aws'] });
  const given = { phase: 'medium', environment: 'prod', keys: { keep: ['gcp'] } } as const;
  const { plan, kept } = journeyOf(given, memory);
  expect(plan).toMatchObject({ cloud: 'aws', storesPhase: 'large' });
  expect(kept.map(({ cloud }) => cloud)).toEqual(['gcp']);
});

test('from instances to a cluster: the protected balancer rests for one update', () => {
  const given = { phase: 'large', environment: 'prod', keys: { compute: 'kubernetes' } } as const;
  const first = journeyOf(given, onAws);
  expect(first.plan.resting).toBe(true);
  expect(journeyOf(given, first.memory).plan.resting).toBe(false);
  const inDev = journeyOf({ phase: 'large', environment: 'dev' }, {}).memory;
  expect(journeyOf({ ...given, environment: 'dev' }, inDev).plan.resting).toBe(false);
});

describe('what configuration says of the new cloud changes nothing on the old one', () => {
  const projectId = '0123456789abcdef01234567';
  const keys = {
    atlasProjectId: projectId,
    aws: {
      hostedZoneId: 'Z0123456789PROD',
      network: {
        vpcId: 'vpc-12345678',
        publicSubnetIds: ['subnet-1111111a', 'subnet-1111111b', 'subnet-1111111c'],
        privateSubnetIds: ['subnet-2222222a', 'subnet-2222222b', 'subnet-2222222c'],
        dataSubnetIds: ['subnet-3333333a', 'subnet-3333333b', 'subnet-3333333c'],
      },
    },
  };
  const shapes = ({ documentDatabase, cache, accounts }: Plan) => ({
    documentDatabase,
    cache,
    network: accounts.aws.network,
  });

  const before = journeyOf({ phase: 'large', environment: 'prod', keys }, {});
  // Through JSON, as a stack's outputs go.
  const memory = JSON.parse(JSON.stringify(before.memory)) as Memory;
  const settings = settingsOf({ phase: 'large', environment: 'prod', keys: keysOf({ keep: ['aws'], aws: {} }) });
  const withUrl = (databaseUrl: boolean) => ({ ...settings.given, databaseUrl });

  test('a database that is there already, another Atlas project, a section that is taken out', () => {
    const now = { ...settings, given: withUrl(true), atlasOrganizationId: undefined };
    const { plan, kept } = planJourney(pulse, now, memory);
    expect(plan.documentDatabase).toMatchObject({ existing: true, existingProjectId: undefined });
    expect(shapes(kept[0]!)).toEqual(shapes(before.plan));
    expect(kept[0]!.documentDatabase).toMatchObject({ existing: false, existingProjectId: projectId });
  });

  test('a project and a storage class of the cloud that was left', () => {
    const there = { gcp: { projectId: 'pulse-old-project' }, kubernetes: { storageClass: 'fast' } };
    for (const cloud of ['gcp', 'kubernetes'] as const) {
      const first = journeyOf(
        {
          phase: 'large',
          environment: 'prod',
          keys: { cloud, gcp: there.gcp, kubernetes: { ...there.kubernetes, certificateIssuer: 'letsencrypt' } },
        },
        {},
      );
      const { kept } = journeyOf({ phase: 'large', environment: 'prod', keys: { keep: [cloud] } }, first.memory);
      expect(kept[0]!.accounts[cloud]).toMatchObject(there[cloud]);
    }
  });

  test('the secret of a database that was there already is kept while its URL is said', () => {
    const first = planJourney(pulse, { ...settings, cloud: 'aws', keep: [], given: withUrl(true) }, {});
    const { kept } = planJourney(pulse, { ...settings, given: withUrl(true) }, first.memory);
    expect(kept[0]!.documentDatabase?.existing).toBe(true);
    const message = messageOf(() => planJourney(pulse, { ...settings, given: withUrl(false) }, first.memory));
    expect(message).toContain('databaseUrl is missing, and a secret that is kept on aws holds it');
  });
});

describe('several clouds', () => {
  const second = moved({ keep: ['aws'] }).memory;
  const third = (keep: string[]) =>
    journeyOf({ phase: 'large', environment: 'prod', keys: { cloud: 'digitalocean', keep } }, second);

  test('each command takes a place of its own in keep', () => {
    expect(messageOf(() => third(['aws']))).toContain("--path 'keep[1]' gcp");
    expect(messageOf(() => third(['aws']))).toContain("config rm --path 'keep[1]'");
    const both = messageOf(() => third([]));
    expect(both).toContain("--path 'keep[0]' aws");
    expect(both).toContain("--path 'keep[1]' gcp");
  });

  test('all that were left are kept', () => {
    expect(third(['aws', 'gcp']).kept.map(({ cloud }) => cloud)).toEqual(['aws', 'gcp']);
  });
});

describe('stores are where they were left', () => {
  const there = journeyOf({ phase: 'large', environment: 'staging', keys: { regions: ['eu-west-1'] } }, {}).memory;
  const back = (keys: Record<string, unknown>) => journeyOf({ phase: 'large', environment: 'staging', keys }, there);

  test('another home region is refused, and the reason said', () => {
    const message = messageOf(() => back({}));
    expect(message).toContain('regions = us-east-1, us-west-2 has others in the place of eu-west-1');
    expect(message).toContain('pulumi config set reached large');
  });

  test('a further region, and one that was meant', () => {
    expect(back({ regions: ['eu-west-1', 'us-east-1'] }).plan.regions[0]!.name).toBe('eu-west-1');
    expect(back({ reached: 'large' }).plan.regions[0]!.name).toBe('us-east-1');
  });
});

describe('what stores stand on', () => {
  const prod = { phase: 'large', environment: 'prod' } as const;
  const network = {
    vpcId: 'vpc-0123456789abcdef0',
    publicSubnetIds: ['subnet-00000000000000001', 'subnet-00000000000000002', 'subnet-00000000000000003'],
    privateSubnetIds: ['subnet-00000000000000004', 'subnet-00000000000000005', 'subnet-00000000000000006'],
    dataSubnetIds: ['subnet-00000000000000007', 'subnet-00000000000000008', 'subnet-00000000000000009'],
  };
  const databaseSecretId = 'arn:aws:secretsmanager:us-east-1:123456789012:secret:pulse/mongo-url-AbCdEf';
  const hostedZoneId = 'Z1234567890EXAMPLE';

  test.each([
    ['cidr', { cidr: '10.9.0.0/16' }],
    ['atlasOrganizationId', { atlasOrganizationId: 'f'.repeat(24) }],
    ['atlasProjectId', { atlasProjectId: 'f'.repeat(24) }],
    ['aws.network', { aws: { hostedZoneId, network } }],
    ['aws.databaseSecretId', { aws: { hostedZoneId, databaseSecretId } }],
  ])('%s is not changed under them', (key, keys) => {
    expect(messageOf(() => journeyOf({ ...prod, keys }, onAws))).toContain(`1. ${key}`);
    // Said by hand it is.
    expect(journeyOf({ ...prod, keys: { ...keys, reached: 'large' } }, onAws).kept).toEqual([]);
  });

  test('zones may be added, and none left out where it has subnets', () => {
    const zoned = (zones: number | string[] | undefined, from: Memory = onAws) =>
      journeyOf({ ...prod, keys: { zones } }, from);
    const message = messageOf(() => zoned(2));
    expect(message).toContain('1. zones = 2 leaves out us-east-1c, where stores have their subnets');
    expect(messageOf(() => zoned(['us-east-1a', 'us-east-1b', 'us-east-1d']))).toContain('leaves out us-east-1c');
    const two = zoned(2, {}).memory;
    expect(zoned(3, two).plan.regions[0]!.zones).toHaveLength(3);
    expect(zoned(undefined, two).plan.regions[0]!.zones).toHaveLength(3);
    // A group of Google's takes other zones, and its network has no parts by zone.
    const google = journeyOf({ ...prod, keys: { cloud: 'gcp', zones: 3 } }, {}).memory;
    expect(journeyOf({ ...prod, keys: { cloud: 'gcp', zones: 2 } }, google).plan.cloud).toBe('gcp');
  });

  test('a storage class that nothing was said of is the default, and stays it', () => {
    const plain = (storageClass?: string) => ({
      ...prod,
      keys: { cloud: 'kubernetes', kubernetes: { certificateIssuer: 'letsencrypt', storageClass } },
    });
    const { memory } = journeyOf(plain(), {});
    expect(messageOf(() => journeyOf(plain('fast'), memory))).toContain(
      '1. kubernetes.storageClass would take the storage class from under stores that are there',
    );
    expect(journeyOf(plain('fast'), journeyOf(plain('fast'), {}).memory).kept).toEqual([]);
  });

  test('an Atlas project may be named where the database is not on Atlas', () => {
    const keys = { cloud: 'digitalocean' };
    const { memory } = journeyOf({ ...prod, keys }, {});
    const named = { ...keys, atlasProjectId: 'f'.repeat(24) };
    expect(journeyOf({ ...prod, keys: named }, memory).plan.cloud).toBe('digitalocean');
  });

  test('an existing network is not exchanged for another', () => {
    const { memory } = journeyOf({ ...prod, keys: { aws: { hostedZoneId, network } } }, {});
    const other = { ...network, vpcId: 'vpc-0fedcba9876543210' };
    expect(messageOf(() => journeyOf({ ...prod, keys: { aws: { hostedZoneId, network: other } } }, memory))).toContain(
      'aws.network',
    );
  });

  test('of an existing network, what services are in may change, and stores may get further subnets', () => {
    const of = (changes: Partial<typeof network> & { natAddresses?: string[] }) => ({
      ...prod,
      keys: { zones: changes.dataSubnetIds?.length, aws: { hostedZoneId, network: { ...network, ...changes } } },
    });
    const two = (ids: string[]) => ids.slice(0, 2);
    const [publicSubnetIds, privateSubnetIds] = [two(network.publicSubnetIds), two(network.privateSubnetIds)];
    const small = { publicSubnetIds, privateSubnetIds, dataSubnetIds: two(network.dataSubnetIds) };
    const { memory } = journeyOf(of(small), {});
    const { plan } = journeyOf(of({ ...network, natAddresses: ['203.0.113.10'] }), memory);
    expect(plan.accounts.aws.network?.dataSubnetIds).toHaveLength(3);
    const other = { ...small, dataSubnetIds: network.dataSubnetIds.slice(1) };
    expect(messageOf(() => journeyOf(of(other), memory))).toContain('1. aws.network');
  });

  test('the same network is the same in whatever order the engine keeps its words', () => {
    const keys = { aws: { hostedZoneId, network } };
    const { memory } = journeyOf({ ...prod, keys }, {});
    const sorted = JSON.parse(JSON.stringify(memory), (_, value: unknown) =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
        : value,
    ) as Memory;
    expect(JSON.stringify(sorted)).not.toBe(JSON.stringify(memory));
    expect(journeyOf({ ...prod, keys }, sorted).kept).toEqual([]);
  });

  test('what is no ground of theirs may change', () => {
    const keys = {
      aws: { hostedZoneId: 'Z0000000000OTHER' },
      domain: 'api.other.example.com',
      alertEmails: ['a@b.io'],
    };
    expect(journeyOf({ ...prod, keys }, onAws).plan.phase).toBe('large');
  });
});
