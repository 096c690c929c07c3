import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { stop } from 'esbuild';
import { build as buildProject } from '../../tools/build/build';
import { incrementalCompile } from '../../tools/build/compile';
import { Checkout } from '../support/checkout';

const HANDLER = 'functions/data-api/retrieve-data.ts';

const checkout = new Checkout();
// One system is enough.
for (const other of ['authorizer', 'dynamodb-manager', 'items-api', 'order-api']) {
  rmSync(path.join(checkout.root, 'functions', other), { recursive: true });
}
const compile = incrementalCompile();
const build = () => buildProject(checkout.project, compile);

/** What the build that is not made says. */
const refusal = (): Promise<string> =>
  build().then(
    () => 'it was built',
    (error: unknown) => stripVTControlCharacters((error as Error).message),
  );

beforeAll(build);
afterEach(() => {
  checkout.restore();
});
afterAll(async () => {
  await stop();
  checkout.remove();
});

test('a function is a folder with one file, and its source map stands elsewhere', async () => {
  expect(await checkout.run('tools/build.ts')).toEqual({ code: 0, stdout: '', stderr: '' });
  const functions = Object.keys(checkout.files('build/functions/data-api'));
  expect(functions.sort()).toEqual(['retrieve-data/index.mjs', 'store-data/index.mjs']);
  expect(checkout.files('build/source-maps/data-api')).toHaveProperty(['store-data/index.mjs.map']);
});

/** A route of data-api more, with its handler. */
function addRoute(handler: string): void {
  const contract = readFileSync('functions/data-api/contract.ts', 'utf8');
  const route = `{ method: 'GET', path: '/more', functionName: 'More', handler: '${handler}', actions: [] },`;
  checkout.write('functions/data-api/contract.ts', contract.replace(/(routes[^=]*= \[)/, `$1${route}`));
  checkout.write(`functions/data-api/${handler}.ts`, 'export const handler = () => 1;\n');
}

// The name of the second begins with the name of a handler that stays.
test.each(['extra', 'store-data-twice'])('a removed handler leaves no bundle: %s', async (name) => {
  const folder = path.join(checkout.root, 'build/functions/data-api', name);
  addRoute(name);
  await build();
  expect(existsSync(path.join(folder, 'index.mjs'))).toBe(true);
  checkout.restore();
  await build();
  expect(existsSync(folder)).toBe(false);
});

test('a file beside the handlers that no contract names is not bundled', async () => {
  checkout.write('functions/data-api/helper.ts', 'export const helper = 1;\n');
  await build();
  expect(existsSync(path.join(checkout.root, 'build/functions/data-api/helper'))).toBe(false);
});

test('a handler that a contract names and that is not there is told', async () => {
  checkout.write(HANDLER, '');
  checkout.delete(HANDLER);

  expect(await refusal()).toBe(
    `functions/data-api/contract.ts names the handler retrieve-data: add ${HANDLER}, or correct its name`,
  );
});

test.each([
  ['deleted', () => checkout.delete('build/functions/data-api/store-data/index.mjs')],
  ['damaged', () => checkout.write('build/functions/data-api/store-data/index.mjs', '')],
])('a bundle that was %s is bundled again', async (_, damage) => {
  await build();
  const good = checkout.files('build/functions');
  damage();
  await build();
  expect(checkout.files('build/functions')).toEqual(good);
});

test('a syntax error is told with file and line, and the last good bundles stay', async () => {
  await build();
  const good = checkout.files('build/functions');
  checkout.write(HANDLER, 'export const handler = () => {\n  return 1 +;\n};\n');
  const { code, stderr } = await checkout.run('tools/build.ts');
  expect(code).toBe(1);
  expect(stderr).toContain(`${HANDLER}:2:`);
  expect(stderr).not.toMatch(/^\s+at /m);
  expect(checkout.files('build/functions')).toEqual(good);
});

test('an import that is not there is told with file and line', async () => {
  checkout.write(HANDLER, "import { nothing } from './nothing';\nexport const handler = () => nothing;\n");
  const said = await refusal();
  expect(said).toContain('Could not resolve "./nothing"');
  expect(said).toContain(`${HANDLER}:1:`);
});

test('a package that is missing is told without the advice to leave it out of the bundle', async () => {
  checkout.write(HANDLER, "import { nothing } from 'not-there';\nexport const handler = () => nothing;\n");
  const said = await refusal();
  expect(said).toContain('Could not resolve "not-there"');
  expect(said).not.toContain('external');
});

test.each(['node:http', 'http'])('a bundle that imports %s as ESM is refused', async (specifier) => {
  checkout.write(
    HANDLER,
    `import { STATUS_CODES } from '${specifier}';\nexport const handler = () => STATUS_CODES;\n`,
  );
  expect(await refusal()).toBe(
    `${HANDLER}: the bundle imports "${specifier}" as ESM, which loads undici and makes every cold start slower`,
  );
});

test('a bundle over its budget is refused', async () => {
  const noise = Array.from({ length: 30_000 }, (_, i) =>
    Math.sin(i + 1)
      .toString(36)
      .slice(2),
  ).join('');
  checkout.write(HANDLER, `export const handler = () => '${noise}';\n`);
  expect(await refusal()).toMatch(
    new RegExp(
      `^${HANDLER}: the zip would be \\d+\\.\\d KiB, over its budget of 70 KiB: import less, or raise it in functions/data-api/contract\\.ts$`,
      'm',
    ),
  );
});

test('a system without a budget is refused', async () => {
  const route = "{ method: 'GET', path: '/', functionName: 'Ping', handler: 'ping', actions: [] }";
  checkout.write('functions/new-system/contract.ts', `export const routes = [${route}];\n`);
  checkout.write('functions/new-system/ping.ts', "export const handler = () => 'pong';\n");
  expect(await refusal()).toBe(
    'functions/new-system/contract.ts has no size budget: export sizeBudget, the largest zip in KiB that a function may become',
  );
});
