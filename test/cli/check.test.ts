import * as aws from '@pulumi/aws';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { broken, contextOfPlan, printVerdicts, verdictsAsJson } from '../../cli/commands/print-verdicts';
import { makeOfflinePlan } from '../../cli/offline/make-plan';
import { record } from '../../cli/offline/recorder';
import type { Plan } from '../../plan/types';
import { environments, phases } from '../../plan/vocabulary';
import { evaluate, type Verdict } from '../../policies/evaluate';
import { exampleFile } from '../examples';

const tags = { Project: 'p', System: 'pulse', Phase: 'small', Environment: 'prod', Owner: 'o', CostCenter: 'c' };
const plan = {
  system: 'pulse',
  title: 'Pulse',
  phase: 'small',
  environment: 'prod',
  cloud: 'aws',
  regions: [{ name: 'us-east-1' }],
} as Plan;

/** The verdicts on a program, as `ladder check` has them. */
async function verdictsOn(program: () => void): Promise<Verdict[]> {
  return evaluate((await record(program)).resources, contextOfPlan(plan));
}

const subnet = (open: boolean) => () =>
  void new aws.ec2.Subnet('public-a', { vpcId: 'vpc-1', mapPublicIpOnLaunch: open, tags });

test('advice alone is printed and breaks nothing', async () => {
  const found = await verdictsOn(subnet(false));
  expect(broken(found)).toEqual([]);
  const text = printVerdicts(plan, found);
  expect(text).toMatch(
    /^Pulse: small, prod, on aws\n3 passed, 1 failed, 0 not known before the cloud answers, 0 waived\n/,
  );
  expect(text).toContain('advice:\n  budget-with-alerts: public-a: the stack has no budget. To mend: ');
  expect(text).not.toContain('broken:');
});

test('a broken rule is named with resource, value and how to mend it', async () => {
  const found = await verdictsOn(subnet(true));
  expect(broken(found)).toHaveLength(1);
  expect(printVerdicts(plan, found)).toContain(
    'broken:\n  subnet-no-public-ip: public-a: mapPublicIpOnLaunch is true. To mend: Set mapPublicIpOnLaunch to false.',
  );
  expect(verdictsAsJson(plan, found)).toMatchObject({ system: 'pulse', environment: 'prod', failed: 2, waived: 0 });
});

test("a resource outside the plan's regions is found", async () => {
  const found = await verdictsOn(() => void new aws.ec2.Subnet('a', { vpcId: 'vpc-1', region: 'eu-west-1', tags }));
  expect(printVerdicts(plan, found)).toContain('region-allowed: a: it is in "eu-west-1", not in us-east-1');
});

test('what hangs together is found through outputs that are not known offline', async () => {
  const bucket = (blocked: boolean) => () => {
    const data = new aws.s3.Bucket('data', { tags }, { protect: true });
    if (!blocked) return;
    const four = {
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    };
    new aws.s3.BucketPublicAccessBlock('data', { bucket: data.id, ...four });
  };
  const ids = async (program: () => void) => broken(await verdictsOn(program)).map((verdict) => verdict.rule);
  expect(await ids(bucket(true))).not.toContain('bucket-public-access-block');
  expect(await ids(bucket(false))).toContain('bucket-public-access-block');
});

describe.each(environments)('Pulse in %s', (environment) => {
  test.each(phases)('holds to every rule at %s, advice included', async (phase) => {
    const made = await makeOfflinePlan({ system: 'pulse', cloud: 'aws', phase, environment });
    const found = evaluate(made.resources, contextOfPlan(made.plan));
    expect(found.filter((verdict) => verdict.state === 'fail')).toEqual([]);
    expect(found.length).toBeGreaterThan(150);
  });
});

describe('ladder check', () => {
  const flags = ['--system', 'pulse', '--cloud', 'aws', '--phase', 'large', '--environment', 'prod'];
  const ladder = (...args: string[]) =>
    spawnSync(process.execPath, ['cli/ladder.js', 'check', ...flags, ...args], {
      cwd: resolve(__dirname, '../..'),
      encoding: 'utf8',
    });
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'ladder-check-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test('ends with 0 where every mandatory rule holds', () => {
    const { status, stdout, stderr } = ladder();
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^Pulse Control Plane: large, prod, on aws\n\d+ passed, 0 failed, /);
  });

  test('ends with 1 where one does not: a single instance in prod', () => {
    const file = join(folder, 'Pulumi.prod.yaml');
    const prod = readFileSync(exampleFile('prod'), 'utf8');
    writeFileSync(file, `${prod}  stackladder:overrides:\n    services:\n      api:\n        minSize: 1\n`);
    const { status, stdout } = ladder('--config', file, '--json');
    expect(status).toBe(1);
    const { verdicts } = JSON.parse(stdout) as { verdicts: Verdict[] };
    expect(verdicts).toContainEqual(
      expect.objectContaining({
        rule: 'group-two-replicas',
        state: 'fail',
        problem: 'minSize is 1, at least 2 is needed',
        mend: expect.stringContaining('overrides.services, or overrides.workers') as string,
      }),
    );
  });
});
