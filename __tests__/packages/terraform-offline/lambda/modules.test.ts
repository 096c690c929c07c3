import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import module from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { InvocationResult } from '../../../../packages/terraform-offline/lambda/invoker';
import type { LambdaFunction } from '../../../../packages/terraform-offline/terraform/model/function';
import { deleteWritten, returned, startFunction, writtenFunction } from '../../../support/lambda';

const layers = mkdtempSync(path.join(tmpdir(), 'layers-'));
afterAll(() => {
  deleteWritten();
  rmSync(layers, { recursive: true });
});

/** The folder of a layer with one package in it. */
function layerOf(name: string, files: Readonly<Record<string, string>>): string {
  const layer = mkdtempSync(path.join(layers, 'layer-'));
  const folder = path.join(layer, 'nodejs/node_modules', name);
  mkdirSync(folder, { recursive: true });
  for (const [file, contents] of Object.entries(files)) writeFileSync(path.join(folder, file), contents);
  return layer;
}

async function run(code: string, settings: Partial<LambdaFunction> = {}): Promise<InvocationResult> {
  const service = startFunction(writtenFunction({ 'index.mjs': code }, settings));
  const result = await service.run();
  await service.close();
  return result;
}

// https://docs.aws.amazon.com/lambda/latest/dg/lambda-nodejs.html
describe('the AWS SDK of the runtime', () => {
  const loading = (module: string) =>
    run(`import { createRequire } from 'node:module';
      const loaded = [await import('${module}'), createRequire(import.meta.url)('${module}')];
      export const handler = () => loaded.map((one) => Object.keys(one).includes('PutCommand'));`);

  it('is found by import and require, though the code does not bring it', async () => {
    const result = await loading('@aws-sdk/lib-dynamodb');

    expect(returned(result)).toEqual([true, true]);
  });

  it('is that of a layer, where there is one', async () => {
    const result = await run(
      `import { createRequire } from 'node:module';
      const { name } = createRequire(import.meta.url)('@aws-sdk/lib-dynamodb');
      export const handler = () => name;`,
      {
        layerDirectories: [
          layerOf('@aws-sdk/lib-dynamodb', { 'index.js': `exports.name = 'of the layer';` }),
        ],
      },
    );

    expect(returned(result)).toBe('of the layer');
  });

  it('is the only thing that is found beside the code', async () => {
    const result = await loading('zod');

    expect(JSON.stringify(result)).toContain("Cannot find package 'zod' imported from");
  });

  it('is missed with what to do', async () => {
    const result = await loading('@aws-sdk/client-absent');

    expect(JSON.stringify(result)).toContain('npm install @aws-sdk/client-absent in one of them');
  });

  it('is missed by a NODE_PATH that leaves it out, and not by the machine', async () => {
    const code = `import '@aws-sdk/client-absent';\nexport const handler = () => 'loaded';`;
    const result = await run(code, { variables: { NODE_PATH: '/opt/nodejs/node_modules' } });

    expect(JSON.stringify(result)).toContain(`which the function's NODE_PATH leaves out`);
    expect(JSON.stringify(result)).not.toContain('npm install');
  });

  it('is missed by require with what to do, too', async () => {
    const fn = writtenFunction({
      'index.cjs': `require('@aws-sdk/client-absent');\nexports.handler = () => 1;`,
    });
    const service = startFunction(fn);
    const result = await service.run();
    await service.close();

    expect(JSON.stringify(result)).toContain('npm install @aws-sdk/client-absent in one of them');
  });
});

// https://aws.amazon.com/blogs/compute/node-js-18-x-runtime-now-available-in-aws-lambda/
describe('packages of a layer', () => {
  const manifest = (exports: unknown) => JSON.stringify({ name: 'tool', type: 'module', exports });

  it.each<[what: string, files: Record<string, string>]>([
    [
      'for import and require alike',
      { 'index.js': `exports.from = 'the layer';`, 'package.json': '{"name":"tool"}' },
    ],
    [
      'with a file for each',
      {
        'package.json': manifest({ import: './import.js', require: './require.cjs' }),
        'import.js': `export const from = 'the layer';`,
        'require.cjs': `exports.from = 'what require gets';`,
      },
    ],
    [
      'for import alone',
      {
        'package.json': manifest({ import: './import.js' }),
        'import.js': `export const from = 'the layer';`,
      },
    ],
  ])('are found by import: one %s', async (_what, files) => {
    const result = await run(`import { from } from 'tool';\nexport const handler = () => from;`, {
      layerDirectories: [layerOf('tool', files)],
    });

    expect(returned(result)).toBe('the layer');
  });
});

describe('absolute paths of Lambda', () => {
  const hasSynchronousHooks = 'registerHooks' in module;
  const layer = mkdtempSync(path.join(tmpdir(), 'layer-'));
  mkdirSync(path.join(layer, 'nodejs'));
  writeFileSync(path.join(layer, 'nodejs/tool.js'), `exports.name = 'tool of a layer';`);
  writeFileSync(path.join(layer, 'nodejs/tool.mjs'), `export const name = 'tool of a layer';`);

  afterAll(() => {
    rmSync(layer, { recursive: true });
  });

  const files = {
    'helper.cjs': `exports.name = 'helper';`,
    'helper.mjs': `export const name = 'helper';`,
  };

  let service: ReturnType<typeof startFunction>;
  beforeAll(() => {
    service = startFunction(
      writtenFunction(
        {
          'index.mjs': `import { createRequire } from 'node:module';
          const require = createRequire(import.meta.url);
          export const handler = async ({ expression }) => (await eval(expression)).name;`,
          ...files,
        },
        { layerDirectories: [layer] },
      ),
    );
  });
  afterAll(() => service.close());

  it.each([
    [`import('/var/task/helper.mjs')`, 'helper'],
    [`import('file:///var/task/helper.mjs')`, 'helper'],
    [`import('/opt/nodejs/tool.mjs')`, 'tool of a layer'],
    [`require('/var/task/helper.cjs')`, 'helper'],
    [`require('/var/task/helper')`, undefined],
    [`require('/opt/nodejs/tool')`, 'tool of a layer'],
    [`require(require.resolve('/opt/nodejs/tool.js'))`, 'tool of a layer'],
  ])('are found: %s', async (expression, name) => {
    const result = await service.run({ expression });

    // Before 22.15 Node.js cannot be told of them for `require`, and before 24 not for `require.resolve`.
    const isTold = expression.includes('require.resolve')
      ? Number(process.versions.node.split('.')[0]) >= 24
      : hasSynchronousHooks || expression.startsWith('import');
    if (name !== undefined && isTold) expect(returned(result)).toBe(name);
    // `.cjs` is no extension that `require` adds.
    else
      expect(result).toMatchObject({
        errorMessage: expect.stringContaining('Cannot find module') as unknown,
      });
  });

  it('say what to do where require does not find them', async () => {
    const handler = `exports.handler = async () => 'loaded';`;
    const fn = writtenFunction({ 'index.cjs': `require('/opt/absent');\n${handler}` });
    const service = startFunction(fn);

    const { errorMessage } = (await service.run()) as { errorMessage: string };
    await service.close();
    expect(errorMessage).toMatch(/Cannot find module '.*\/absent'/);
    // Where Node.js finds them, what is missing is the file.
    expect(errorMessage.includes('before Node.js 22.15')).toBe(!hasSynchronousHooks);
  });

  it('are found by static imports', async () => {
    const fn = writtenFunction({
      'index.mjs': `import { name } from '/var/task/helper.mjs'; export const handler = () => name;`,
      ...files,
    });
    const service = startFunction(fn);

    expect(returned(await service.run())).toBe('helper');
    await service.close();
  });
});
