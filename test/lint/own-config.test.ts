import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const foreign = 'ladder/no-foreign-cloud-import';
const comparison = 'ladder/no-cloud-comparison';
const inApply = 'ladder/no-resource-in-apply';

/** Files that nobody should write, planted where they would do harm, and the rule that says so. */
const planted: [what: string, file: string, code: string, rule?: string][] = [
  ['AWS in the plan', 'plan/make.ts', `import * as aws from '@pulumi/aws';\nexport const x = aws.s3.Bucket;`, foreign],
  [
    'its types in a contract',
    'components/platform.ts',
    `import type { Provider } from '@pulumi/gcp';\nexport type X = Provider;`,
    foreign,
  ],
  ['Google Cloud in the folder of AWS', 'components/aws/region.ts', `export * from '@pulumi/gcp';`, foreign],
  [
    'Kubernetes in the folder of AWS',
    'components/aws/index.ts',
    `export { Provider } from '@pulumi/kubernetes';`,
    foreign,
  ],
  ['Cloudflare in the program', 'stacks/program.ts', `export { Provider } from '@pulumi/cloudflare';`, foreign],
  ['Atlas in the stack', 'stacks/program.ts', `export * as atlas from '@pulumi/mongodbatlas';`, foreign],
  ['a droplet in a policy', 'policies/rules/index.ts', `export * from '@pulumi/digitalocean';`, foreign],
  ['a cloud in another one', 'components/gcp/index.ts', `export { aws } from '../aws';`, foreign],
  ['a cloud in the program', 'stacks/program.ts', `export { aws } from '../components/aws/index';`, foreign],
  ['an SDK in the sandbox', 'sandbox/aws/index.ts', `export * from '@pulumi/aws';`, foreign],
  [
    'a branch in the program',
    'stacks/program.ts',
    `export const f = (plan: { cloud: string }) => plan.cloud === 'gcp';`,
    comparison,
  ],
  [
    'a branch in a component',
    'components/kubernetes/host.ts',
    `export const f = (cloud: string) => (cloud !== 'aws' ? 1 : 2);`,
    comparison,
  ],
  [
    'a list in the plan',
    'plan/make.ts',
    `export const f = (cloud: string) => ['aws', 'gcp'].includes(cloud);`,
    comparison,
  ],
  [
    'a switch in a policy',
    'policies/rules/index.ts',
    `export function f(plan: { cloud: string }) {\n  switch (plan.cloud) {\n    case 'aws':\n      return 1;\n  }\n  return 2;\n}`,
    comparison,
  ],
  ['a branch in a test', 'test/plan/make.test.ts', `export const f = (cloud: string) => cloud === 'aws';`, comparison],
  [
    'a resource in apply',
    'components/aws/region.ts',
    `export const f = (x: any) => x.apply(() => new Bucket('a'));`,
    inApply,
  ],
  // What the same places may hold.
  [
    'AWS in its own folder',
    'components/aws/region.ts',
    `import * as aws from '@pulumi/aws';\nexport const x = aws.s3.Bucket;`,
  ],
  [
    'and in its test',
    'test/components/aws/x.test.ts',
    `import * as aws from '@pulumi/aws';\nexport const x = aws.s3.Bucket;`,
  ],
  ['Atlas in its own', 'components/atlas/cluster.ts', `export * from '@pulumi/mongodbatlas';`],
  ['what Kubernetes shares', 'components/aws/eks/host.ts', `export { KubernetesHost } from '../../kubernetes/host';`],
  ['the place that picks', 'components/clouds.ts', `import { aws } from './aws';\nexport const clouds = { aws };`],
  ["a package's version in the sandbox", 'sandbox/gcp/index.ts', `export { version } from '@pulumi/gcp/package.json';`],
  ['a table by cloud', 'plan/make.ts', `export const f = (cloud: 'aws') => ({ aws: 1 })[cloud];`],
];

test('each planted violation fails, by the rule that is meant, and nothing else does', () => {
  const root = join(__dirname, '..', '..');
  const input = JSON.stringify(planted.map(([, file, code]) => ({ file, code })));
  const { stdout, stderr } = spawnSync(process.execPath, [join(__dirname, 'lint-planted.mjs')], { cwd: root, input });
  expect(stderr.toString()).toBe('');
  const found = JSON.parse(stdout.toString()) as string[][];
  const own = found.map((rules) => rules.filter((rule) => rule.startsWith('ladder/') || rule.startsWith('fatal')));
  const told = planted.map(([what], at) => [what, ...own[at]!]);
  expect(told).toEqual(planted.map(([what, , , rule]) => [what, ...(rule ? [rule] : [])]));
});
