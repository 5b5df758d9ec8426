import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { phases, type PhaseName } from '../../plan/vocabulary';
import { sharedPlan } from '../manifests/plans';

const root = resolve(__dirname, '../..');
const pulse = ['--system', 'pulse', '--cloud', 'aws'];

function ladder(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, ['cli/ladder.js', ...args], { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28 });
}

interface Shown {
  resources: {
    type: string;
    name: string;
    parent: string;
    inputs: Record<string, unknown>;
    protect: boolean;
    ignoreChanges: string[];
  }[];
  outputs: Record<string, unknown>;
}

describe('ladder plan --json', () => {
  const large = ['plan', ...pulse, '--phase', 'large', '--environment', 'prod', '--json'];
  let first: ReturnType<typeof ladder>;
  beforeAll(() => {
    first = ladder(...large);
  });

  test('prints one object of the agreed shape, and nothing else', () => {
    const { status, stdout, stderr } = first;
    expect([status, stderr]).toEqual([0, '']);
    const plan = JSON.parse(stdout) as Shown & Record<string, unknown>;
    expect(plan).toMatchObject({
      system: 'pulse',
      phase: 'large',
      cloud: 'aws',
      compute: 'instances',
      environment: 'prod',
    });
    for (const resource of plan.resources) {
      expect(Object.keys(resource)).toEqual(['type', 'name', 'urn', 'parent', 'inputs', 'protect', 'ignoreChanges']);
    }
    const urns = new Set(plan.resources.map((resource) => (resource as unknown as { urn: string }).urn));
    const orphans = plan.resources.filter(
      ({ parent }) => !urns.has(parent) && !parent.includes('pulumi:pulumi:Stack::'),
    );
    expect(orphans).toEqual([]);
    expect(stdout).toContain('<secret>');
    expect(stdout).toContain('<unknown:');
  });

  test('is the same twice', () => {
    expect(ladder(...large).stdout).toBe(first.stdout);
  });

  test('says every fault of the flags in one message, and exits with 2', () => {
    const { status, stdout, stderr } = ladder(
      'plan',
      '--system',
      'pulse',
      '--phase',
      'larg',
      '--cloud',
      'asw',
      '--environment',
      'prod',
      '--json',
    );
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain('larg');
    expect(stderr).toContain('large');
    expect(stderr).toContain('asw');
    expect(stderr).toContain('aws');
  });

  test.each([
    ['an unknown flag', ['--fase', 'large'], "unknown option '--fase'"],
    ['an unknown phase that was reached', [...pulse, '--reached', 'nope'], 'Allowed choices are small, medium'],
    ['a folder for a file', ['--config', 'cli'], 'cli is a folder'],
    ['a file that is not there', ['--config', 'Pulumi.gone.yaml'], 'Pulumi.gone.yaml'],
    ['no flag at all', ['--json'], 'system is missing'],
  ])('%s exits with 2 and one message, without a stack trace', (_, flags, said) => {
    const { status, stdout, stderr } = ladder('plan', ...flags);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain(said);
    expect(stderr).not.toMatch(/^ {4}at /m);
  });
});

describe('the numbers of the guide, in the plan', () => {
  const machines: Record<PhaseName, string> = {
    small: 't3.small',
    medium: 't3.medium',
    large: 't3.large',
    enterprise: 't3.xlarge',
  };

  test.each(phases)('Pulse at %s in prod', async (phase) => {
    const { resources } = await sharedPlan({ system: 'pulse', phase, cloud: 'aws', environment: 'prod' });
    const all = (type: string) => resources.filter((resource) => resource.type === type).map(({ inputs }) => inputs);
    const serving = phase === 'enterprise' ? 2 : 1;
    expect(all('aws:ec2/launchTemplate:LaunchTemplate').map(({ instanceType }) => instanceType)).toEqual(
      Array(serving).fill(machines[phase]),
    );
    const groups = all('aws:autoscaling/group:Group');
    expect(groups.map(({ minSize, maxSize }) => [minSize, maxSize])).toEqual(Array(serving).fill([2, 10]));
    for (const target of all('aws:lb/targetGroup:TargetGroup')) {
      expect(target).toMatchObject({ port: 8081, healthCheck: { path: '/health' } });
    }
  });

  test.each([
    ['dev', 'M0', undefined, undefined],
    ['staging', 'M10', 3, true],
    ['prod', 'M30', 3, true],
  ] as const)('Atlas in %s is %s', async (environment, tier, nodes, continuous) => {
    for (const phase of phases) {
      const { resources } = await sharedPlan({ system: 'pulse', phase, cloud: 'aws', environment });
      const cluster = resources.find(
        ({ type }) => type === 'mongodbatlas:index/advancedCluster:AdvancedCluster',
      )!.inputs;
      const [specification] = cluster.replicationSpecs as {
        regionConfigs: { electableSpecs: { instanceSize: string; nodeCount?: number } }[];
      }[];
      const home = specification!.regionConfigs[0]!;
      expect(home.electableSpecs).toMatchObject({ instanceSize: tier, ...(nodes && { nodeCount: nodes }) });
      expect([cluster.backupEnabled, cluster.pitEnabled]).toEqual([continuous, continuous]);
    }
  });
});
