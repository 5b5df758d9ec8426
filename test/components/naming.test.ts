import fc from 'fast-check';
import { nameOf, namedTypes } from '../../components/naming';

/** What Pulumi adds to a logical name to make the physical one: a hyphen and seven hexadecimal digits. */
const SUFFIX = '-0123abc';

/**
 * What each service takes as a whole name, written down a second time from its API reference: the length, and a
 * pattern for the physical name. The table of the component says how to get there; this one only says what is right.
 */
const accepted: Record<string, { max: number; pattern: RegExp }> = {
  'aws:ec2': { max: 255, pattern: /^[A-Za-z0-9-]+$/ },
  // CreateLoadBalancer: alphanumeric and hyphens, no hyphen at either end, not internal-.
  'aws:lb/loadBalancer': { max: 32, pattern: /^(?!internal-)[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?$/ },
  'aws:lb/targetGroup': { max: 32, pattern: /^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?$/ },
  'aws:lb/listener': { max: 255, pattern: /^[A-Za-z0-9-]+$/ },
  'aws:ec2/launchTemplate': { max: 125, pattern: /^[A-Za-z0-9()./_-]{3,}$/ },
  'aws:ec2/securityGroup': { max: 255, pattern: /^(?!sg-)[A-Za-z0-9 ._\-:/()#,@[\]+=&;{}!$*]+$/ },
  'aws:autoscaling/group': { max: 255, pattern: /^[\x21-\x7e]+$/ },
  'aws:autoscaling/policy': { max: 255, pattern: /^[\x21-\x7e]+$/ },
  'aws:iam/role': { max: 64, pattern: /^[A-Za-z0-9_+=,.@-]+$/ },
  'aws:iam/policy': { max: 128, pattern: /^[A-Za-z0-9_+=,.@-]+$/ },
  'aws:iam/instanceProfile': { max: 128, pattern: /^[A-Za-z0-9_+=,.@-]+$/ },
  // CreateReplicationGroup: a letter first, no hyphen at the end, no two in a row; kept in lower case.
  'aws:elasticache/replicationGroup': { max: 40, pattern: /^[a-z](?!.*--)[a-z0-9-]*[a-z0-9]$/ },
  'aws:elasticache/subnetGroup': { max: 255, pattern: /^[a-z][a-z0-9-]*$/ },
  'aws:elasticache/parameterGroup': { max: 255, pattern: /^[a-z](?!.*--)[a-z0-9-]*[a-z0-9]$/ },
  // DB identifiers and groups: a letter first, no hyphen at the end, no two in a row; kept in lower case.
  'aws:rds': { max: 255, pattern: /^[a-z](?!.*--)[a-z0-9-]*[a-z0-9]$/ },
  'aws:rds/instance': { max: 62, pattern: /^[a-z](?!.*--)[a-z0-9-]*[a-z0-9]$/ },
  'aws:rds/proxy': { max: 62, pattern: /^[a-z](?!.*--)[a-z0-9-]*[a-z0-9]$/ },
  'aws:appautoscaling': { max: 255, pattern: /^[A-Za-z0-9-]+$/ },
  'aws:lambda/function': { max: 64, pattern: /^[A-Za-z0-9_-]+$/ },
  'aws:scheduler/schedule': { max: 64, pattern: /^[A-Za-z0-9_.-]+$/ },
  // Bucket naming rules: lower case, a letter or digit at both ends, reserved prefixes left alone.
  'aws:s3/bucket': { max: 63, pattern: /^(?!xn--|sthree-|amzn-s3-demo-)[a-z0-9][a-z0-9-]+[a-z0-9]$/ },
  'aws:secretsmanager/secret': { max: 512, pattern: /^[A-Za-z0-9/_+=.@-]+$/ },
  'aws:cloudfront': { max: 64, pattern: /^[A-Za-z0-9_-]+$/ },
  'aws:cloudwatch/logGroup': { max: 512, pattern: /^(?!aws\/)[A-Za-z0-9_./#-]+$/ },
  'aws:cloudwatch/metricAlarm': { max: 255, pattern: /^[\x20-\x7e]+$/ },
  'aws:cloudwatch/dashboard': { max: 255, pattern: /^[A-Za-z0-9_-]+$/ },
  'aws:sns/topic': { max: 256, pattern: /^[A-Za-z0-9_-]+$/ },
  'aws:kms': { max: 255, pattern: /^[A-Za-z0-9/_-]+$/ },
  'aws:wafv2': { max: 128, pattern: /^[A-Za-z0-9_-]+$/ },
  // CreateCluster: 100 characters; CreateNodegroup: 63. A letter or digit first.
  'aws:eks/cluster': { max: 100, pattern: /^[0-9A-Za-z][A-Za-z0-9_-]*$/ },
  'aws:eks': { max: 63, pattern: /^[0-9A-Za-z][A-Za-z0-9_-]*$/ },
  'aws:budgets/budget': { max: 100, pattern: /^[\x20-\x39\x3b-\x5b\x5d-\x7e]+$/ },
  'aws:route53': { max: 255, pattern: /^[A-Za-z0-9-]+$/ },
  'aws:acm': { max: 255, pattern: /^[A-Za-z0-9-]+$/ },
  'aws:ssm/document': { max: 128, pattern: /^(?!aws|amazon|amzn)[A-Za-z0-9_.-]{3,}$/i },
  gcp: { max: 255, pattern: /^[A-Za-z0-9-]+$/ },
  // Compute Engine: 1 to 63 characters of RFC 1035.
  'gcp:compute': { max: 63, pattern: /^[a-z]([a-z0-9-]*[a-z0-9])?$/ },
  // CreateServiceAccount: 30 characters, given whole, so the suffix of this test comes on top.
  'gcp:serviceaccount/account': { max: 38, pattern: /^[a-z]([a-z0-9-]*[a-z0-9])$/ },
  'gcp:memorystore/instance': { max: 71, pattern: /^[a-z]([a-z0-9-]*[a-z0-9])?$/ },
  'gcp:secretmanager/secret': { max: 263, pattern: /^[A-Za-z0-9_-]+$/ },
  'gcp:logging/bucket': { max: 100, pattern: /^[A-Za-z0-9][A-Za-z0-9_.-]*$/ },
  // CreateCluster: at most 40 characters, begins with a letter, ends with a letter or digit.
  'gcp:container': { max: 40, pattern: /^[a-z]([-a-z0-9]*[a-z0-9])?$/ },
  'gcp:certificatemanager': { max: 63, pattern: /^[a-z]([a-z0-9-]*[a-z0-9])?$/ },
  'gcp:networkconnectivity': { max: 63, pattern: /^[a-z]([a-z0-9-]*[a-z0-9])?$/ },
  'gcp:cloudrun/job': { max: 63, pattern: /^[a-z]([a-z0-9-]*[a-z0-9])?$/ },
  'gcp:cloudscheduler/job': { max: 500, pattern: /^[A-Za-z0-9_-]+$/ },
  'gcp:sql/databaseInstance': { max: 67, pattern: /^[a-z]([a-z0-9-]*[a-z0-9])?$/ },
  'gcp:redis/instance': { max: 40, pattern: /^[a-z]([a-z0-9-]*[a-z0-9])?$/ },
  'gcp:dns/managedZone': { max: 63, pattern: /^[a-z]([a-z0-9-]*[a-z0-9])?$/ },
  // Cloud Storage: letter or digit at both ends, no goog in front, no google inside.
  'gcp:storage/bucket': { max: 63, pattern: /^(?!goog)(?!.*g[o0]{2}gle)[a-z0-9][a-z0-9-]*[a-z0-9]$/ },
  'mongodbatlas:project': { max: 64, pattern: /^[A-Za-z0-9-]+$/ },
  'mongodbatlas:advancedCluster': { max: 64, pattern: /^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?$/ },
  'mongodbatlas:databaseUser': { max: 1024, pattern: /^[A-Za-z0-9-]+$/ },
  mongodbatlas: { max: 255, pattern: /^[A-Za-z0-9-]+$/ },
  digitalocean: { max: 255, pattern: /^[A-Za-z0-9-]+$/ },
  // A database cluster and a droplet are hosts' names, too; the API refuses upper case in the first.
  'digitalocean:databaseCluster': { max: 63, pattern: /^[a-z]([a-z0-9-]*[a-z0-9])?$/ },
  'digitalocean:databaseReplica': { max: 63, pattern: /^[a-z]([a-z0-9-]*[a-z0-9])?$/ },
  'digitalocean:databaseDb': { max: 63, pattern: /^[A-Za-z0-9-]+$/ },
  'digitalocean:databaseUser': { max: 63, pattern: /^[A-Za-z0-9-]+$/ },
  'digitalocean:droplet': { max: 63, pattern: /^[a-z]([a-z0-9-]*[a-z0-9])?$/ },
  'digitalocean:kubernetesCluster': { max: 63, pattern: /^[a-z]([a-z0-9-]*[a-z0-9])?$/ },
  'digitalocean:project': { max: 175, pattern: /^[A-Za-z0-9-]+$/ },
  // Spaces: as S3, 3 to 63 lower-case letters, digits and hyphens, no hyphen at either end.
  'digitalocean:spacesBucket': { max: 63, pattern: /^[a-z0-9][a-z0-9-]+[a-z0-9]$/ },
  'digitalocean:spacesKey': { max: 255, pattern: /^[A-Za-z0-9-]+$/ },
  cloudflare: { max: 255, pattern: /^[A-Za-z0-9-]+$/ },
  random: { max: 255, pattern: /^[A-Za-z0-9-]+$/ },
  // RFC 1123 label, a letter first as a Service wants it; the provider's suffix has a digit more than the others'.
  kubernetes: { max: 62, pattern: /^[a-z]([a-z0-9-]*[a-z0-9])?$/ },
};

/** Parts as code and configuration make them, and as nobody should: too long, strange, almost the same. */
const awkward = fc.constantFrom(
  'sg',
  'internal',
  'aws',
  'aws/',
  'amazon-x',
  'xn-',
  'sthree',
  'amzn-s3-demo',
  '1st',
  '-',
  '--',
  'é',
  'ü',
  'İ',
  '中',
  '🙂',
  ' ',
);
const part = fc.oneof(
  { weight: 3, arbitrary: fc.stringMatching(/^[a-z][a-z0-9-]{0,15}$/) },
  fc.stringMatching(/^[A-Za-z0-9_.:/ -]{1,40}$/),
  fc.string({ minLength: 1, maxLength: 20, unit: 'grapheme' }),
  fc.string({ minLength: 60, maxLength: 300 }),
  awkward,
);
const anyName = fc
  .array(part, { minLength: 1, maxLength: 5 })
  // Something of it must be usable; what is not is an error of its own below.
  .map((parts) => (/[a-z0-9]/i.test(parts.join('')) ? parts : [...parts, 'p']));

test('the rules that are checked here are the rules that there are', () => {
  expect(Object.keys(accepted).sort()).toEqual([...namedTypes].sort());
});

describe.each(namedTypes.map((type) => [type, accepted[type]!] as const))('%s', (type, { max, pattern }) => {
  test('a name and its suffix are what the service takes, whatever the parts are', () => {
    fc.assert(
      fc.property(anyName, (parts) => {
        const physical = nameOf(type, ...parts) + SUFFIX;
        expect(physical.length).toBeLessThanOrEqual(max);
        expect(physical).toMatch(pattern);
      }),
      { numRuns: 300 },
    );
  });

  test('a short and clean name stays as it is', () => {
    const clean = fc.stringMatching(/^[b-h][a-z0-9]{0,4}$/);
    fc.assert(
      fc.property(fc.array(clean, { minLength: 1, maxLength: 2 }), (parts) => {
        expect(nameOf(type, ...parts)).toBe(parts.join('-'));
      }),
    );
  });

  test('the same parts give the same name', () => {
    fc.assert(
      fc.property(anyName, (parts) => {
        expect(nameOf(type, ...parts)).toBe(nameOf(type, ...parts));
      }),
    );
  });

  test('a name that was made once is a name that stays', () => {
    fc.assert(
      fc.property(anyName, (parts) => {
        const name = nameOf(type, ...parts);
        expect(nameOf(type, name)).toBe(name);
      }),
    );
  });

  test('two names that had to be changed are never made one', () => {
    fc.assert(
      fc.property(anyName, anyName, (a, b) => {
        fc.pre(a.join('-') !== b.join('-'));
        expect(nameOf(type, ...a)).not.toBe(nameOf(type, ...b));
      }),
      { numRuns: 300 },
    );
  });

  test('two long names that differ only at the end stay two', () => {
    const long = fc.string({ minLength: max, maxLength: max + 50 });
    fc.assert(
      fc.property(long, fc.string(), fc.string(), (start, a, b) => {
        fc.pre(a !== b);
        expect(nameOf(type, `p${start}`, a)).not.toBe(nameOf(type, `p${start}`, b));
      }),
    );
  });

  test.each([
    ['case', 'pulse-API', 'pulse-api'],
    ['a character that few services take', 'pulse\\api', 'pulse-api'],
    ['a separator at the end', 'pulse-api-', 'pulse-api'],
    ['two separators', 'pulse--api', 'pulse-api'],
    ['an accent', 'pulse-äpi', 'pulse-åpi'],
  ])('two names that differ only by %s stay two', (_, a, b) => {
    expect(nameOf(type, a)).not.toBe(nameOf(type, b));
  });

  test('a name that is nothing but separators is an error that says so', () => {
    expect(() => nameOf(type, '-', '--')).toThrow(`nothing of the name "----" can be used for ${type}`);
    expect(() => nameOf(type, '')).toThrow('can be used');
  });
});

test.each(['aws:glue/job', '', 'aws', '__proto__', 'constructor', 'toString'])(
  'a type without a rule is an error: %j',
  (type) => {
    expect(() => nameOf(type, 'pulse')).toThrow(`no name rule for ${type}`);
  },
);

test('a name with a reserved start gets another one', () => {
  expect(nameOf('aws:ec2/securityGroup', 'sg')).toMatch(/^x-sg-[0-9a-f]{8}$/);
  expect(nameOf('aws:lb/loadBalancer', 'internal', 'api')).toMatch(/^x-internal-api-[0-9a-f]{8}$/);
  expect(nameOf('aws:s3/bucket', 'sthree')).toMatch(/^xsthree-[0-9a-f]{8}$/);
  expect(nameOf('aws:cloudwatch/logGroup', 'aws/pulse')).toMatch(/^x-aws\/pulse-[0-9a-f]{8}$/);
  expect(nameOf('aws:ec2/securityGroup', 'sg-pulse')).toMatch(/^x-sg-pulse-[0-9a-f]{8}$/);
  expect(nameOf('aws:ssm/document', 'AWS-RunPatch')).toMatch(/^x-AWS-RunPatch-[0-9a-f]{8}$/);
  expect(nameOf('aws:elasticache/replicationGroup', '1st')).toMatch(/^x-1st-[0-9a-f]{8}$/);
});

test('a name that is too long keeps its start, and its end becomes a hash', () => {
  expect(nameOf('aws:lb/targetGroup', 'pulse-staging-api-use1')).toBe('pulse-staging-api-use1');
  expect(nameOf('aws:lb/targetGroup', 'pulse-enterprise-staging-api-use1')).toMatch(/^pulse-enterpris-[0-9a-f]{8}$/);
});
