import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(__dirname, '../..');

/**
 * The package as another program gets it: packed by npm, unpacked elsewhere, with the dependencies of this checkout
 * beside it. What is imported is the published JavaScript and its types, not the sources.
 */
describe('the package in a program of somebody else', () => {
  const place = mkdtempSync(join(tmpdir(), 'ladder-package-'));
  const modules = join(place, 'node_modules');

  beforeAll(() => {
    const pack = execFileSync('npm', ['pack', '--pack-destination', place], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const tarball = pack.toString().trim().split('\n').pop() ?? '';
    mkdirSync(join(modules, 'stackladder'), { recursive: true });
    execFileSync('tar', ['xzf', join(place, tarball), '-C', join(modules, 'stackladder'), '--strip-components=1']);
    for (const entry of readdirSync(join(root, 'node_modules'))) {
      if (!entry.startsWith('.') && entry !== 'stackladder')
        symlinkSync(join(root, 'node_modules', entry), join(modules, entry));
    }
    copyFileSync(join(root, 'examples/scaling-group/index.ts'), join(place, 'index.ts'));
    const compilerOptions = {
      target: 'es2022',
      module: 'commonjs',
      moduleResolution: 'node16',
      strict: true,
      skipLibCheck: true,
      types: ['node'],
    };
    writeFileSync(
      join(place, 'tsconfig.json'),
      JSON.stringify({ compilerOptions: { ...compilerOptions, module: 'node16' }, include: ['index.ts'] }),
    );
  });
  afterAll(() => rmSync(place, { recursive: true, force: true }));

  test('the example is type-checked against the published types', () => {
    execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', place], { stdio: 'inherit' });
  });

  test('the example runs, and registers the scaling group', () => {
    writeFileSync(
      join(place, 'run.js'),
      `const pulumi = require('@pulumi/pulumi');
       const made = [];
       pulumi.runtime.setMocks({
         newResource: (args) => (made.push([args.type, args.inputs]), { id: args.name, state: { ...args.inputs, latestVersion: 1, arn: 'arn:aws:x:y:1:z', arnSuffix: 's' } }),
         call: (args) => { throw new Error(args.token); },
       });
       require('./index.js');
       process.on('exit', () => console.log(JSON.stringify(made)));`,
    );
    const output = execFileSync(process.execPath, ['run.js'], { cwd: place, encoding: 'utf8' });
    const made = JSON.parse(output) as [string, Record<string, unknown>][];
    const group = made.find(([type]) => type === 'aws:autoscaling/group:Group');
    expect(group?.[1]).toMatchObject({ minSize: 2, maxSize: 4, healthCheckType: 'ELB' });
    expect(made.filter(([type]) => type === 'aws:lb/loadBalancer:LoadBalancer')).toHaveLength(1);
  });

  test('its command plans without the checkout', () => {
    const bin = join(modules, 'stackladder/dist/cli/published.js');
    const flags = ['--system', 'pulse', '--phase', 'small', '--cloud', 'aws', '--environment', 'dev', '--json'];
    const plan = JSON.parse(
      execFileSync(process.execPath, [bin, 'plan', ...flags], { cwd: place, encoding: 'utf8' }),
    ) as {
      resources: unknown[];
    };
    expect(plan.resources.length).toBeGreaterThan(50);
  });
});
