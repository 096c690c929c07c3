import { readdirSync } from 'node:fs';
import path from 'node:path';
import eslint from '@eslint/js';
import { defineConfig } from 'eslint/config';
import importX, { createNodeResolver } from 'eslint-plugin-import-x';
import tseslint from 'typescript-eslint';
import { noCircles } from './tools/lint/no-circles.js';

/** The folders of `functions/` that are no one's but their own system's. */
const systems = readdirSync(path.join(import.meta.dirname, 'functions')).filter(
  (folder) => !['operations', 'shared'].includes(folder),
);

/** A folder that sees itself, packages from elsewhere, and these folders of this repository. */
const sees = (target, ...others) => ({
  target,
  from: '.',
  except: [target, ...others, './node_modules'],
  message: `${target} imports nothing of this repository but ${[target, ...others].join(', ')}`,
});

/**
 * Who may import whom: each folder sees those before it in its row, and nothing imports `__tests__`.
 *
 *     packages/dynamodb-offline/expressions ← packages/dynamodb-offline ← packages/terraform-offline ← tools ← bench
 *     functions ← stacks ← main.ts
 */
const zones = [
  // The parser of expressions, which is pure.
  sees('./packages/dynamodb-offline/expressions'),
  sees('./packages/dynamodb-offline'),
  sees('./packages/terraform-offline', './packages/dynamodb-offline'),
  // The build reads contracts and examples, whose types are there; the README's table is made of the settings.
  sees(
    './tools',
    './packages/terraform-offline',
    './packages/dynamodb-offline',
    './functions/shared',
    './stacks/environment',
    './stacks/environment.ts',
  ),
  sees('./bench', './tools', './packages/terraform-offline', './packages/dynamodb-offline'),
  sees('./functions', './packages/dynamodb-offline/expressions'),
  sees('./stacks', './functions'),
  sees('./main.ts', './stacks'),
  {
    target: './stacks',
    from: './functions/**/!(contract).ts',
    message: 'stacks import only the pure contract.ts files of functions',
  },
  {
    target: './stacks/constructs',
    from: './stacks',
    except: ['./constructs', './environment', './environment.ts'],
  },
  { target: './functions/shared', from: './functions', except: ['./shared'] },
  { target: './functions/operations', from: './functions', except: ['./operations', './shared'] },
  ...systems.map((system) => ({
    target: `./functions/${system}`,
    from: './functions',
    except: [`./${system}`, './operations', './shared'],
    message: 'a system never imports another system',
  })),
];

/** The parts of the local cloud: each sees those before it. */
const localCloud = [
  ...['clock.ts', 'is-object.ts', 'make-folder.ts', 'message-of.ts', 'package-root.ts'],
  ...['schedule-expressions', 'log', 'iam', 'terraform', 'server'],
  ...['dynamodb', 'lambda', 'api-gateway', 'function-urls', 'events'],
  ...['console', 'deployment.ts', 'cloud.ts', 'cli', 'cli.ts'],
].map((part) => `./packages/terraform-offline/${part}`);
for (const [i, target] of localCloud.slice(0, -1).entries()) {
  const message = `${target} imports nothing that comes after it in eslint.config.mjs`;
  zones.push({ target, from: localCloud.slice(i + 1), message });
}

export default defineConfig(
  { ignores: ['build/', 'packages/*/dist/', 'cdktf.out/', 'coverage/', '.local/', '.gen/'] },
  eslint.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { 'import-x': importX, own: { rules: { 'no-circles': noCircles } } },
    settings: {
      'import-x/resolver-next': [
        createNodeResolver({
          extensions: ['.ts', '.mjs', '.js', '.json'],
          conditionNames: ['source', 'types', 'import', 'require', 'node', 'default'],
        }),
      ],
    },
    rules: {
      'import-x/no-restricted-paths': ['error', { zones }],
      'own/no-circles': 'error',
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
    files: ['functions/**/*.ts', 'packages/**/*.ts', 'tools/**/*.ts', 'bench/**/*.ts'],
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
    // An underscore is how Node.js and libraries name what is not for others; `_default` is zod's.
    files: ['**/*.ts', '**/*.mjs', '**/*.js'],
    rules: {
      'no-restricted-syntax': [
        'error',
        ...['MemberExpression[computed=false] > .property', 'ObjectPattern > Property > .key'].map(
          (place) => ({
            selector: `${place}[name=/^_(?!default$)[a-z]/]`,
            message: 'Nothing reaches into the internals of Node.js or of a library.',
          }),
        ),
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
        exports: 'readonly',
        module: 'writable',
        require: 'readonly',
        __dirname: 'readonly',
      },
    },
  },
  {
    files: ['packages/terraform-offline/console/page/*.js'],
    languageOptions: {
      globals: Object.fromEntries(
        [
          'document',
          'window',
          'navigator',
          'setTimeout',
          'setInterval',
          'EventSource',
          'IntersectionObserver',
        ].map((name) => [name, 'readonly']),
      ),
    },
  },
);
