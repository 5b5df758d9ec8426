import { join } from 'node:path';
import { RuleTester, type Rule } from 'eslint';
import { parser } from 'typescript-eslint';

const rule = jest.requireActual<Rule.RuleModule>('../../lint/no-foreign-cloud-import.js');

const tester = new RuleTester({ languageOptions: { parser, ecmaVersion: 2022, sourceType: 'module' } });
const options = [
  {
    packages: { '@pulumi/aws': ['components/aws'], '@pulumi/mongodbatlas': ['components/atlas'] },
    closed: ['components/aws', 'components/gcp'],
    entrances: ['components/clouds.ts'],
  },
];
const at = (file: string, code: string) => ({ code, options, filename: join(process.cwd(), file) });
const caught = (file: string, code: string, messageId: 'package' | 'folder') => ({
  ...at(file, code),
  errors: [{ messageId }],
});

tester.run('no-foreign-cloud-import', rule, {
  valid: [
    at('components/aws/network/network.ts', `import * as aws from '@pulumi/aws';`),
    at('components/atlas/cluster.ts', `import type { Cluster } from '@pulumi/mongodbatlas';`),
    at('plan/make.ts', `import * as pulumi from '@pulumi/pulumi'; import * as random from '@pulumi/random';`),
    at('plan/make.ts', `import * as awsx from '@pulumi/awsx';`),
    at('sandbox/aws/index.ts', `import { version } from '@pulumi/aws/package.json';`),
    at('components/clouds.ts', `import { aws } from './aws'; import { gcp } from './gcp/index';`),
    at('components/aws/region.ts', `import { Network } from './network/network'; import { x } from '../aws/x';`),
    at('components/aws/host.ts', `import { KubernetesHost } from '../kubernetes/host';`),
    at('plan/make.ts', `const text = require(name); load('@pulumi/aws');`),
  ],
  invalid: [
    caught('plan/make.ts', `import * as aws from '@pulumi/aws';`, 'package'),
    caught('plan/make.ts', `import type { Provider } from '@pulumi/aws';`, 'package'),
    caught('plan/make.ts', `import { enums } from '@pulumi/aws/types';`, 'package'),
    caught('plan/make.ts', `export { Provider } from '@pulumi/aws';`, 'package'),
    caught('plan/make.ts', `export * from '@pulumi/aws';`, 'package'),
    caught('plan/make.ts', `const aws = await import('@pulumi/aws');`, 'package'),
    caught('plan/make.ts', `const aws = require('@pulumi/aws');`, 'package'),
    caught('plan/make.ts', `import aws = require('@pulumi/aws');`, 'package'),
    caught('plan/make.ts', `type Bucket = import('@pulumi/aws').s3.Bucket;`, 'package'),
    caught('test/plan/make.test.ts', `jest.mock('@pulumi/aws');`, 'package'),
    caught('components/aws/database.ts', `import { Cluster } from '@pulumi/mongodbatlas';`, 'package'),
    // A folder that only begins with the same letters.
    caught('components/aws-extras/x.ts', `import * as aws from '@pulumi/aws';`, 'package'),
    caught('sandbox/aws/index.ts', `import * as aws from '@pulumi/aws';`, 'package'),
    caught('plan/make.ts', `import { version } from '@pulumi/aws/package.json';`, 'package'),
    caught('stacks/program.ts', `import { aws } from '../components/aws';`, 'folder'),
    caught('components/gcp/index.ts', `import { Network } from '../aws/network/network';`, 'folder'),
    caught('components/kubernetes/host.ts', `export * from '../aws/region';`, 'folder'),
  ],
});
