import js from '@eslint/js';
import tseslint from 'typescript-eslint';
import noCloudComparison from './lint/no-cloud-comparison.js';
import noForeignCloudImport from './lint/no-foreign-cloud-import.js';
import noResourceInApply from './lint/no-resource-in-apply.js';

/** A cloud's package, and where it may be imported: its components and their tests. */
const packages = Object.fromEntries(
  Object.entries({
    aws: 'aws',
    gcp: 'gcp',
    digitalocean: 'digitalocean',
    kubernetes: 'kubernetes',
    mongodbatlas: 'atlas',
    cloudflare: 'cloudflare',
  }).map(([name, folder]) => [`@pulumi/${name}`, [`components/${folder}`, `test/components/${folder}`]]),
);

/** Clouds do not know each other. What runs on Kubernetes and on Atlas is shared, so those two folders are open. */
const closed = ['components/aws', 'components/gcp', 'components/digitalocean'];

export default tseslint.config(
  {
    // the example is a program of its own: the package test type-checks it against the published types
    ignores: ['node_modules', 'dist', '.ladder', 'examples'],
  },
  js.configs.recommended,
  ...tseslint.configs.recommended,
  {
    plugins: {
      ladder: {
        rules: {
          'no-resource-in-apply': noResourceInApply,
          'no-foreign-cloud-import': noForeignCloudImport,
          'no-cloud-comparison': noCloudComparison,
        },
      },
    },
    rules: {
      'ladder/no-resource-in-apply': 'error',
      // Tests open every folder; the one place that picks a cloud opens the clouds'.
      'ladder/no-foreign-cloud-import': ['error', { packages, closed, entrances: ['components/clouds.ts', 'test'] }],
      'ladder/no-cloud-comparison': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      eqeqeq: 'error',
      'prefer-const': 'error',
    },
  },
  {
    // A recorder and a reader of programs are tried on a program that is not the project's own, and the lists of regions
    // are compared with the ones that the SDKs have. The sandbox is tried on programs of its own.
    files: [
      'test/cli/recorder.test.ts',
      'test/cli/check.test.ts',
      'test/stacks/config/files.test.ts',
      'test/kubernetes/programs/**',
    ],
    rules: { 'ladder/no-foreign-cloud-import': 'off' },
  },
  {
    files: ['**/*.ts'],
    languageOptions: { parserOptions: { projectService: true } },
    rules: { '@typescript-eslint/no-floating-promises': 'error' },
  },
  {
    files: ['**/*.js', '**/*.mjs'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        module: 'writable',
        require: 'readonly',
        __dirname: 'readonly',
      },
    },
  },
  { files: ['**/*.js'], rules: { '@typescript-eslint/no-require-imports': 'off' } },
);
