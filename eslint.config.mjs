import eslint from '@eslint/js';
import { defineConfig } from 'eslint/config';
import importX, { createNodeResolver } from 'eslint-plugin-import-x';
import tseslint from 'typescript-eslint';

/** Who may import whom: one row per rule of the architecture. */
const zones = [
  {
    target: './stacks',
    from: './functions/**/!(contract).ts',
    message: 'stacks import only the pure contract.ts files of functions',
  },
  { target: './stacks', from: './local', message: 'stacks know nothing of the local run' },
  { target: './stacks', from: './tools', message: 'stacks know nothing of the tools' },
  { target: './stacks/constructs', from: './stacks', except: ['./constructs', './environment.ts'] },
  {
    target: './functions',
    from: ['./stacks', './local', './tools', './node_modules/cdktf', './node_modules/@cdktf'],
  },
  { target: './functions/shared', from: './functions', except: ['./shared'] },
  {
    target: './local',
    from: ['./stacks', './functions', './main.ts'],
    message: 'local reads cdktf.out, never the TypeScript',
  },
  { target: ['./main.ts', './stacks', './functions', './local', './tools', './bench'], from: './__tests__' },
  ...['data-api', 'items-api', 'dynamodb-manager', 'order-api'].map((system) => ({
    target: `./functions/${system}`,
    from: './functions',
    except: [`./${system}`, './shared', './layers'],
    message: 'a system never imports another system',
  })),
];

export default defineConfig(
  { ignores: ['build/', 'packages/*/dist/', 'cdktf.out/', 'coverage/', '.local/', '.gen/'] },
  eslint.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { 'import-x': importX },
    settings: {
      'import-x/resolver-next': [createNodeResolver({ extensions: ['.ts', '.mjs', '.js', '.json'] })],
    },
    rules: {
      'import-x/no-restricted-paths': ['error', { zones }],
      'import-x/no-cycle': 'error',
      'no-restricted-imports': [
        'error',
        {
          paths: [
            { name: '@cdktf/provider-aws', message: 'Import the deep path: the index costs seconds.' },
            { name: '@cdktf/provider-archive', message: 'Import the deep path.' },
            { name: 'zod', message: "Import 'zod/mini': zod itself is 454 KB bundled." },
          ],
        },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'off',
    },
  },
  {
    files: ['functions/**/*.ts', 'local/**/*.ts', 'tools/**/*.ts', 'bench/**/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: [{ name: 'zod', message: "Import 'zod/mini': zod itself is 454 KB bundled." }],
          patterns: [
            { regex: '^(cdktf|@cdktf/.*|cdktn|constructs)$', message: 'cdktf stays in main.ts and stacks/.' },
          ],
        },
      ],
    },
  },
  {
    files: ['**/*.js', '**/*.mjs', '**/*.cjs'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        URL: 'readonly',
        module: 'writable',
        require: 'readonly',
        __dirname: 'readonly',
      },
    },
  },
  {
    files: ['local/explorer/page/*.js'],
    languageOptions: {
      globals: Object.fromEntries(
        ['document', 'window', 'navigator', 'setTimeout', 'EventSource', 'IntersectionObserver'].map(
          (name) => [name, 'readonly'],
        ),
      ),
    },
  },
);
