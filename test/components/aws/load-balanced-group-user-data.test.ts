import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { parse } from 'yaml';
import { environmentFile, variableFault } from '../../../components/instances/environment-file';
import { ecrRepository } from '../../../components/aws/load-balanced-group/image-reference';
import { isImageReference } from '../../../components/instances/image-reference';
import { instancePolicy } from '../../../components/aws/load-balanced-group/instance-policy';
import { amazonLinux, architectureOf } from '../../../components/aws/load-balanced-group/machine-image';
import { fitting, userData, type UserDataOptions } from '../../../components/aws/load-balanced-group/user-data';
import { messageOf } from '../recorded';

const options: UserDataOptions = {
  image: 'ghcr.io/pulse/api:1.4.2',
  port: 8081,
  region: 'us-east-1',
  logGroup: 'api-0a1b2c3',
  environment: {},
  secrets: {},
  drainSeconds: 30,
  readOnlyRootFilesystem: true,
};

interface Document {
  packages: string[];
  write_files: { path: string; permissions: string; owner: string; content: string }[];
  runcmd: string[][];
}

const documentOf = (change: Partial<UserDataOptions> = {}) =>
  parse(userData({ ...options, ...change }), { version: '1.1' }) as Document;

function fileOf(document: Document, name: string): string {
  return document.write_files.find(({ path }) => path.endsWith(`/${name}`))!.content;
}

/** How Docker reads an environment file (its `opts` package): a line is a variable, its first `=` ends the name. */
function asDockerReads(file: string): Record<string, string> {
  const lines = file.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
}

const writable = fc
  .string({ unit: 'grapheme', maxLength: 40 })
  .filter((text) => variableFault('environment', 'A', text) === undefined);
const name = fc.stringMatching(/^[A-Z_][A-Z0-9_]{0,12}$/);

test('the document starts as cloud-init wants it, and all modes are text', () => {
  const text = userData(options);
  expect(text.split('\n')[0]).toBe('#cloud-config');
  const document = documentOf();
  expect(document.packages).toEqual(['docker', 'amazon-cloudwatch-agent']);
  expect(document.write_files.map(({ path, permissions }) => [path, permissions])).toEqual([
    ['/etc/stackladder/service.env', '0644'],
    ['/etc/stackladder/environment', '0600'],
    ['/etc/stackladder/cloudwatch-agent.json', '0644'],
    ['/usr/local/lib/stackladder/fetch-secrets', '0755'],
    ['/usr/local/lib/stackladder/pull-image', '0755'],
    ['/usr/local/lib/stackladder/run-container', '0755'],
    ['/etc/systemd/system/stackladder.service', '0644'],
  ]);
  expect(fileOf(document, 'service.env')).toBe('IMAGE=ghcr.io/pulse/api:1.4.2\n');
});

test('whatever a variable holds arrives as it is', () => {
  fc.assert(
    fc.property(fc.dictionary(name, writable), (environment) => {
      expect(asDockerReads(fileOf(documentOf({ environment }), 'environment'))).toEqual(environment);
    }),
  );
  const hostile = {
    A: `"it's"`,
    B: '$HOME ${X} `id` $(id)',
    C: '%s %%',
    D: '\\n\\',
    E: '  # x = y  ',
    F: 'yes',
    G: '',
  };
  expect(asDockerReads(fileOf(documentOf({ environment: hostile }), 'environment'))).toEqual(hostile);
});

test.each(['one\ntwo', 'cr\r', 'nul\0', 'next\u0085line', 'separator\u2028', 'bell\u0007', 'half\ud800', '\ufeffmark'])(
  'a value that no file can hold is refused by name and not shown: %j',
  (value) => {
    expect(messageOf(() => environmentFile({ FINE: 'x', KEY: value }))).toBe(
      'environment.KEY: has a line break or a control character, which cannot be written',
    );
  },
);

test.each(['', 'A B', '1A', 'A=B', 'Ä', 'A\n'])('%j is no name of a variable', (variable) => {
  expect(variableFault('secrets', variable, '')).toBe(
    `secrets: "${variable}" cannot be the name of an environment variable`,
  );
});

test('the unit gives the container its drain time before it is killed', () => {
  const unit = fileOf(documentOf({ drainSeconds: 120 }), 'stackladder.service');
  expect(unit).toContain('\nExecStop=/usr/bin/docker stop --time 120 stackladder\n');
  expect(unit).toContain('\nTimeoutStopSec=135\n');
  expect(unit).toContain('\nRestart=always\n');
  expect(unit).toContain('\nExecStartPre=/usr/local/lib/stackladder/fetch-secrets\n');
});

test('the container runs with little: no capabilities but a low port, no new privileges, nothing to write', () => {
  const usual = fileOf(documentOf(), 'run-container');
  expect(usual).toContain('--cap-drop ALL --security-opt no-new-privileges');
  expect(usual).toContain('--read-only --tmpfs /tmp');
  expect(usual).not.toContain('--cap-add');
  expect(usual).not.toContain('--privileged');
  expect(fileOf(documentOf({ port: 443 }), 'run-container')).toContain('--cap-add NET_BIND_SERVICE');
  expect(fileOf(documentOf({ readOnlyRootFilesystem: false }), 'run-container')).not.toContain('--read-only');
});

test('the agent keeps memory by group, for the scaling policy', () => {
  const agent = JSON.parse(fileOf(documentOf(), 'cloudwatch-agent.json'));
  expect(agent.metrics).toMatchObject({
    namespace: 'CWAgent',
    append_dimensions: { AutoScalingGroupName: '${aws:AutoScalingGroupName}' },
    aggregation_dimensions: [['AutoScalingGroupName']],
    metrics_collected: { mem: { measurement: ['mem_used_percent'] } },
  });
});

test('only an image in ECR is logged in for', () => {
  expect(fileOf(documentOf(), 'pull-image')).not.toContain('login');
  const ecr = documentOf({ image: '123456789012.dkr.ecr.eu-west-1.amazonaws.com/api:1' });
  expect(fileOf(ecr, 'pull-image')).toContain(
    "docker login --username AWS --password-stdin '123456789012.dkr.ecr.eu-west-1.amazonaws.com'",
  );
});

test('a document above 16 KiB is compressed, and refused with its size where that is not enough', () => {
  const spare = 16 * 1024 - Buffer.byteLength(userData({ ...options, environment: { A: 'x' } })) + 1;
  const whole = userData({ ...options, environment: { A: 'x'.repeat(spare) } });
  expect(fitting(whole).toString()).toBe(whole);
  const longer = userData({ ...options, environment: { A: 'x'.repeat(spare + 1) } });
  const packed = fitting(longer);
  expect(packed.length).toBeLessThan(16 * 1024);
  expect(gunzipSync(packed).toString()).toBe(longer);
  // Neither the time nor the machine of who runs `up` is in it: bytes 4 to 7 and 9 of the header.
  expect([...packed.subarray(4, 8), packed[9]]).toEqual([0, 0, 0, 0, 255]);
  const noise = Array.from({ length: 1_000 }, (_, at) => createHash('sha256').update(`${at}`).digest('hex')).join('');
  expect(messageOf(() => fitting(userData({ ...options, environment: { A: noise } })))).toMatch(
    /^user data would have \d{5} bytes compressed and EC2 takes 16384: give the service fewer or shorter variables$/,
  );
});

const digest = `sha256:${'0a'.repeat(32)}`;

test('references of images', () => {
  const right = [
    'nginx',
    'nginx:1.27',
    'library/nginx:1.27.3-alpine',
    'ghcr.io/pulse/api:1.4.2',
    `ghcr.io/pulse/api@${digest}`,
    `localhost:5000/a/b_c/d__e:v1@${digest}`,
    '123456789012.dkr.ecr.us-east-1.amazonaws.com/pulse/api:1',
  ];
  const wrong = [
    '',
    ' nginx',
    'nginx:',
    'Nginx',
    'a//b',
    'a/',
    'nginx@sha256:12',
    'a b',
    'nginx:1\nX=1',
    '$(id)',
    "a'b",
  ];
  expect(right.filter((image) => !isImageReference(image))).toEqual([]);
  expect(wrong.filter(isImageReference)).toEqual([]);
});

test('the repository of an image in ECR', () => {
  expect(ecrRepository(`123456789012.dkr.ecr.us-east-1.amazonaws.com/pulse/api:1.4@${digest}`)).toEqual({
    registry: '123456789012.dkr.ecr.us-east-1.amazonaws.com',
    account: '123456789012',
    region: 'us-east-1',
    arn: 'arn:aws:ecr:us-east-1:123456789012:repository/pulse/api',
  });
  expect(ecrRepository('123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn/api')?.arn).toBe(
    'arn:aws-cn:ecr:cn-north-1:123456789012:repository/api',
  );
  expect(ecrRepository('123456789012.dkr-ecr.us-gov-west-1.on.aws/api')?.arn).toBe(
    'arn:aws-us-gov:ecr:us-gov-west-1:123456789012:repository/api',
  );
  for (const image of [
    'nginx',
    'public.ecr.aws/nginx/nginx:1',
    '12345.dkr.ecr.us-east-1.amazonaws.com/api',
    '123456789012.dkr.ecr.us-east-1.amazonaws.com.evil.example/api',
    'x/123456789012.dkr.ecr.us-east-1.amazonaws.com/api',
  ]) {
    expect([image, ecrRepository(image)]).toEqual([image, undefined]);
  }
});

test('the image of a machine fits its processor', () => {
  for (const machine of [
    't4g.small',
    'm7g.large',
    'c7gn.xlarge',
    'r6gd.large',
    'im4gn.large',
    'is4gen.large',
    'a1.large',
  ]) {
    expect([machine, architectureOf(machine)]).toEqual([machine, 'arm64']);
  }
  for (const machine of [
    't3.large',
    'm7i.large',
    'g4dn.xlarge',
    'g6.xlarge',
    'p4d.24xlarge',
    'x2iedn.xlarge',
    'm7a.large',
  ]) {
    expect([machine, architectureOf(machine)]).toEqual([machine, 'x86_64']);
  }
  expect(amazonLinux('t4g.small')).toMatch(/-arm64$/);
});

test('a service without secrets, buckets and ECR is allowed none of them', () => {
  const actions = instancePolicy({ logGroupArn: 'arn:logs', secretArns: [], bucketArns: [] }).Statement.flatMap(
    ({ Action }) => Action,
  );
  expect(actions).toEqual([
    'cloudwatch:PutMetricData',
    'ec2:DescribeTags',
    'logs:CreateLogStream',
    'logs:PutLogEvents',
  ]);
});

test('buckets and images are named one by one', () => {
  const ecr = ecrRepository('123456789012.dkr.ecr.us-east-1.amazonaws.com/api');
  const { Statement } = instancePolicy({
    logGroupArn: 'arn:logs',
    secretArns: ['arn:secret'],
    bucketArns: ['arn:aws:s3:::a'],
    ecr,
  });
  expect(Statement.map(({ Sid, Resource }) => [Sid, Resource])).toEqual([
    ['Metrics', '*'],
    ['OwnGroupsName', '*'],
    ['Logs', 'arn:logs:*'],
    ['Secrets', ['arn:secret']],
    ['Buckets', ['arn:aws:s3:::a']],
    ['Objects', ['arn:aws:s3:::a/*']],
    ['RegistryLogin', '*'],
    ['Image', 'arn:aws:ecr:us-east-1:123456789012:repository/api'],
  ]);
  expect(Statement[0]!.Condition).toEqual({ StringEquals: { 'cloudwatch:namespace': 'CWAgent' } });
});
