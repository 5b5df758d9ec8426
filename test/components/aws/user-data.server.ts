import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { userData, type UserDataOptions } from '../../../components/aws/load-balanced-group/user-data';
import { publishToCloudWatch } from '../../../components/aws/scaling/queue-metrics';
import { sqlShell } from '../../../components/aws/scheduled-sql/document';
import { behindPooler, queues } from '../instances/beside';

/**
 * The user data against the tools that read it: cloud-init's own schema, a shell linter, and bash itself with stand-ins
 * for `aws`, `docker` and `curl` that note how they are called.
 */
const secretArn = (name: string) => `arn:aws:secretsmanager:eu-west-1:123456789012:secret:${name}-a1B2c3`;
const plain: UserDataOptions = {
  image: 'ghcr.io/pulse/api:1.4.2',
  port: 8081,
  region: 'us-east-1',
  logGroup: '/pulse/api-0a1b2c3',
  environment: {},
  secrets: {},
  drainSeconds: 30,
  readOnlyRootFilesystem: true,
};
const full: UserDataOptions = {
  ...plain,
  image: '123456789012.dkr.ecr.us-east-1.amazonaws.com/pulse/api:1.4.2',
  port: 443,
  environment: {
    A: `"it's" $HOME \${X} \`id\` %s \\ # é 🙂`,
    B: 'yes',
    C: '0777',
    D: '  spaces  ',
    E: '',
    F: ': - ? {',
  },
  secrets: { MONGO_URL: secretArn('mongo'), REDIS_URL: secretArn('redis') },
};
const worker: UserDataOptions = {
  ...full,
  port: undefined,
  command: ['celery', '-A', "it's"],
  drainSeconds: 600,
  pooler: behindPooler,
  queueDepth: {
    ...queues,
    publish: publishToCloudWatch('us-east-1', 'Stackladder/mercenary-prod'),
    trust: '/etc/pki/tls/certs/ca-bundle.crt',
  },
  drainHook: 'drain',
};
const variants: [string, UserDataOptions][] = [
  ['nothing but an image', plain],
  ['all there is', full],
  ['a writable file system', { ...full, readOnlyRootFilesystem: false }],
  ['a worker with all that stands beside one', worker],
];

let folder: string;
beforeAll(() => {
  for (const tool of ['cloud-init', 'shellcheck']) {
    const found = spawnSync(tool, ['--version']).status === 0;
    if (!found) throw new Error(`${tool} is missing: install it (Debian: apt-get install -y cloud-init shellcheck)`);
  }
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'user-data-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function scriptsOf(options: UserDataOptions): { name: string; content: string }[] {
  const files: { path: string; content: string }[] = parse(userData(options), { version: '1.1' }).write_files;
  return files
    .filter(({ content }) => content.startsWith('#!'))
    .map(({ path, content }) => ({ name: path.split('/').pop()!, content }));
}

test.each(variants)("cloud-init's schema accepts the document: %s", (_, options) => {
  const path = join(folder, 'user-data');
  writeFileSync(path, userData(options));
  expect(execFileSync('cloud-init', ['schema', '--config-file', path], { encoding: 'utf8' })).toContain('Valid');
});

test('cloud-init reads every file byte for byte', () => {
  const path = join(folder, 'user-data');
  writeFileSync(path, userData(full));
  // What cloud-init's own loader makes of it: PyYAML, which is YAML 1.1.
  const python = 'import json, sys, yaml; print(json.dumps(yaml.safe_load(open(sys.argv[1], encoding="utf-8"))))';
  const read = JSON.parse(execFileSync('/usr/bin/python3', ['-c', python, path], { encoding: 'utf8' }));
  expect(read).toEqual(parse(userData(full), { version: '1.1' }));
  const environment = read.write_files.find((file: { path: string }) => file.path.endsWith('/environment')).content;
  expect(environment).toBe(
    Object.entries(full.environment)
      .map(([name, value]) => `${name}=${value}\n`)
      .join(''),
  );
});

test.each(variants)('the shell linter accepts every script: %s', (_, options) => {
  const scripts = scriptsOf(options);
  expect(scripts.map(({ name }) => name).slice(0, 3)).toEqual(['fetch-secrets', 'pull-image', 'run-container']);
  for (const { name, content } of scripts) {
    const path = join(folder, name);
    writeFileSync(path, content);
    expect(spawnSync('shellcheck', ['--severity=style', path], { encoding: 'utf8' }).stdout).toBe('');
  }
});

/** Runs a script with stand-ins on PATH; each notes its arguments, a line a call. */
function run(name: string, options: UserDataOptions, standIns: Record<string, string>, image = options.image) {
  const bin = join(folder, 'bin');
  const runtime = join(folder, 'run');
  for (const path of [bin, runtime]) if (!existsSync(path)) mkdirSync(path);
  for (const [tool, body] of Object.entries({ sleep: '', aws: '', docker: '', curl: '', ...standIns })) {
    writeFileSync(join(bin, tool), `#!/bin/bash\necho "${tool} $*" >>"${folder}/calls"\n${body}\n`);
    chmodSync(join(bin, tool), 0o755);
  }
  const script = scriptsOf(options).find((candidate) => candidate.name === name)!;
  const path = join(folder, name);
  writeFileSync(path, script.content);
  const { status, stderr } = spawnSync('bash', [path], {
    encoding: 'utf8',
    env: { PATH: `${bin}:/usr/bin:/bin`, RUNTIME_DIRECTORY: runtime, IMAGE: image, STATE: folder },
  });
  const calls = join(folder, 'calls');
  return {
    status,
    stderr,
    calls: existsSync(calls) ? readFileSync(calls, 'utf8').trim().split('\n') : [],
    secretsFile: join(runtime, 'secrets.env'),
  };
}

test('secrets arrive as they are, for root alone, after a failure too', () => {
  const value = `mongodb+srv://u:p'"$HOME\`id\`%s\\@host/?a=b#c  `;
  const { status, calls, secretsFile } = run('fetch-secrets', full, {
    // The first call fails, as when the network is not there yet.
    aws: `if [[ ! -e $STATE/tried ]]; then touch "$STATE/tried"; exit 255; fi\nprintf '%s\\n' ${JSON.stringify(value).replace(/[$`]/g, '\\$&')}`,
  });
  expect(status).toBe(0);
  expect(readFileSync(secretsFile, 'utf8')).toBe(`MONGO_URL=${value}\nREDIS_URL=${value}\n`);
  expect(statSync(secretsFile).mode & 0o777).toBe(0o600);
  expect(calls.filter((call) => call.startsWith('aws'))).toEqual([
    `aws secretsmanager get-secret-value --region eu-west-1 --secret-id ${secretArn('mongo')} --query SecretString --output text`,
    `aws secretsmanager get-secret-value --region eu-west-1 --secret-id ${secretArn('mongo')} --query SecretString --output text`,
    `aws secretsmanager get-secret-value --region eu-west-1 --secret-id ${secretArn('redis')} --query SecretString --output text`,
  ]);
});

test.each([
  ['several lines', String.raw`printf 'canary\nsecond'`],
  ['bytes instead of text', 'echo None'],
])('a secret of %s stops the start and is not shown', (_, aws) => {
  const { status, stderr, secretsFile } = run('fetch-secrets', full, { aws });
  expect(status).not.toBe(0);
  expect(stderr).toContain('the secret of MONGO_URL holds no text, or more than one line');
  expect(stderr).not.toContain('canary');
  expect(existsSync(secretsFile)).toBe(false);
});

test('a secret that cannot be read stops the start after five tries', () => {
  const { status, calls, secretsFile } = run('fetch-secrets', full, { aws: 'exit 255' });
  expect(status).not.toBe(0);
  expect(calls.filter((call) => call.startsWith('aws'))).toHaveLength(5);
  expect(existsSync(secretsFile)).toBe(false);
});

test('without secrets there is an empty file', () => {
  const { status, calls, secretsFile } = run('fetch-secrets', plain, {});
  expect([status, calls, readFileSync(secretsFile, 'utf8')]).toEqual([0, [], '']);
});

test('an image in ECR is logged in for and pulled', () => {
  const { status, calls } = run('pull-image', full, { docker: '[[ $1 != login ]] || cat >/dev/null' });
  expect(status).toBe(0);
  // The two ends of a pipe start in either order.
  expect(calls.sort()).toEqual([
    'aws ecr get-login-password --region us-east-1',
    'docker login --username AWS --password-stdin 123456789012.dkr.ecr.us-east-1.amazonaws.com',
    `docker pull --quiet ${full.image}`,
  ]);
});

test.each([
  ['a copy from an earlier start is good enough', 'exit 0', 0],
  ['without a copy the start fails', 'exit 1', 1],
])('where the registry is away: %s', (_, inspect, expected) => {
  const { status, calls } = run('pull-image', plain, { docker: `[[ $1 == pull ]] && exit 1\n${inspect}` });
  expect(status).toBe(expected);
  expect(calls.filter((call) => call.startsWith('docker pull'))).toHaveLength(5);
  expect(calls.at(-1)).toBe(`docker image inspect ${plain.image}`);
});

test('the container is started with its files, its logs under the name of the instance', () => {
  const { status, stderr, calls } = run('run-container', full, {
    curl: '[[ $* == *instance-id ]] && echo i-0a1b2c3d || echo token-4711',
  });
  expect([status, stderr]).toEqual([0, '']);
  const docker = calls.find((call) => call.startsWith('docker run'))!;
  expect(docker).toContain(`--env-file ${join(folder, 'run', 'secrets.env')}`);
  expect(docker).toContain('--log-opt awslogs-group=/pulse/api-0a1b2c3 --log-opt awslogs-stream=i-0a1b2c3d');
  expect(docker).toContain('--cap-add NET_BIND_SERVICE');
  expect(docker.endsWith(` ${full.image}`)).toBe(true);
  expect(calls.filter((call) => call.startsWith('curl')).at(-1)).toContain('X-aws-ec2-metadata-token: token-4711');
});

describe('a worker', () => {
  const metadata = (answers: string) => `case "$*" in
  *api/token) echo token ;;
${answers}
  *) exit 22 ;;
esac`;
  const instance = '  *instance-id) echo i-0a1b2c3d ;;';

  test('runs its own command', () => {
    const { status, calls } = run('run-container', worker, { curl: metadata(instance) });
    expect(status).toBe(0);
    const docker = calls.find((call) => call.startsWith('docker run'))!;
    expect(docker.endsWith(` ${worker.image} celery -A it's`)).toBe(true);
    expect(docker).toContain('--stop-timeout 600');
    expect(docker).not.toContain('--cap-add');
  });

  test('ends its job before it says that it may go', () => {
    // In service at the first question, leaving from the second on.
    const state = `  *target-lifecycle-state)
    if [[ -e $STATE/asked ]]; then echo Terminated; else touch "$STATE/asked"; echo InService; fi ;;`;
    const { status, stderr, calls } = run('drain', worker, {
      curl: metadata(`${state}\n${instance}`),
      aws: 'if [[ $* == *describe-tags* ]]; then echo celery-use1-4711; fi',
      systemctl: '',
    });
    expect([status, stderr]).toEqual([0, '']);
    const told = calls.filter((call) => !call.startsWith('curl'));
    expect(told).toEqual([
      'sleep 5',
      'systemctl stop stackladder.service',
      expect.stringContaining('aws ec2 describe-tags'),
      expect.stringMatching(
        /^aws autoscaling complete-lifecycle-action --lifecycle-action-result CONTINUE --lifecycle-hook-name drain --auto-scaling-group-name celery-use1-4711 --instance-id i-0a1b2c3d --region us-east-1/,
      ),
    ]);
  });

  test('stops at once when the capacity is taken', () => {
    const { status, calls } = run('drain', worker, {
      curl: metadata('  *target-lifecycle-state) echo InService ;;\n  *spot/instance-action) echo "{}" ;;'),
      systemctl: 'exit 1', // the container does not end in time
    });
    expect(status).toBe(0);
    const told = calls.filter((call) => !call.startsWith('curl'));
    expect(told).toEqual(['systemctl stop stackladder.service', 'docker kill stackladder']);
  });

  test('stays where metadata does not answer', () => {
    const { calls } = run('drain', worker, { curl: 'exit 7', sleep: 'exit 1', systemctl: '' });
    expect(calls.some((call) => call.startsWith('systemctl'))).toBe(false);
  });

  test('tells CloudWatch what waits', () => {
    const script = scriptsOf(worker).find(({ name }) => name === 'publish-queue-depth')!.content;
    const secrets = join(folder, 'secrets.env');
    writeFileSync(secrets, 'OTHER=x\nBROKER_URL=rediss://:Canary0@broker:6379\n');
    const path = join(folder, 'publish');
    writeFileSync(path, script.replace('/run/stackladder/secrets.env', secrets));
    const bin = join(folder, 'bin');
    mkdirSync(bin);
    const standIns = {
      aws: `echo "aws $*" >>"${folder}/calls"`,
      docker: `echo "docker $*" >>"${folder}/calls"\n[[ $BROKER_URL == *Canary0* ]] && printf 'email 12 34\\ntasks 5 \\n'`,
    };
    for (const [tool, body] of Object.entries(standIns)) {
      writeFileSync(join(bin, tool), `#!/bin/bash\n${body}\n`);
      chmodSync(join(bin, tool), 0o755);
    }
    const env = { PATH: `${bin}:/usr/bin:/bin` };
    expect(spawnSync('bash', [path], { env, encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' });
    const calls = readFileSync(join(folder, 'calls'), 'utf8').trim().split('\n');
    const put = 'aws cloudwatch put-metric-data --region us-east-1 --namespace Stackladder/mercenary-prod';
    expect(calls.slice(1)).toEqual([
      `${put} --metric-name QueueDepth --unit Count --dimensions Queue=email --value 12`,
      `${put} --metric-name QueueWait --unit Seconds --dimensions Queue=email --value 34`,
      `${put} --metric-name QueueDepth --unit Count --dimensions Queue=tasks --value 5`,
    ]);
    expect(calls.join('\n')).not.toContain('Canary0');
  });
});

test('scheduled SQL is sent as a shell program that reads the URL on the instance', () => {
  const lines = sqlShell({ name: 'partitions', sql: `select '{{ x }} $HOME';`, secretArn: secretArn('url') });
  const path = join(folder, 'sql.sh');
  writeFileSync(path, ['#!/bin/sh', ...lines, ''].join('\n'));
  expect(spawnSync('shellcheck', ['--severity=style', path], { encoding: 'utf8' }).stdout).toBe('');
  expect(lines.join('\n')).not.toContain('{{');
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  const standIns = {
    aws: 'echo postgres://owner:Canary0@db:5432/app',
    docker: `echo "$*" >${folder}/args\ncat >${folder}/sql\nenv >${folder}/env`,
  };
  for (const [tool, body] of Object.entries(standIns)) {
    writeFileSync(join(bin, tool), `#!/bin/bash\n${body}\n`);
    chmodSync(join(bin, tool), 0o755);
  }
  const { status, stderr, stdout } = spawnSync('sh', [path], {
    env: { PATH: `${bin}:/usr/bin:/bin` },
    encoding: 'utf8',
  });
  expect([status, stderr, stdout]).toEqual([0, '', '']);
  expect(readFileSync(join(folder, 'sql'), 'utf8')).toBe(
    `select pg_advisory_xact_lock(hashtext('stackladder:partitions'));\nselect '{{ x }} $HOME';\n`,
  );
  expect(readFileSync(join(folder, 'env'), 'utf8')).toContain('DATABASE_URL=postgres://owner:Canary0@db:5432/app\n');
  expect(readFileSync(join(folder, 'args'), 'utf8')).not.toContain('Canary0');
});
