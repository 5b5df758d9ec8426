import js from '@eslint/js';
import tseslint from 'typescript-eslint';
import noResourceInApply from './lint/no-resource-in-apply.js';

export default tseslint.config(
  {
    // the example is a program of its own: the package test type-checks it against the published types
    ignores: ['node_modules', 'dist', '.ladder', 'examples'],
  },
  js.configs.recommended,
  ...tseslint.configs.recommended,
  {
    plugins: { ladder: { rules: { 'no-resource-in-apply': noResourceInApply } } },
    rules: {
      'ladder/no-resource-in-apply': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      eqeqeq: 'error',
      'prefer-const': 'error',
    },
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
