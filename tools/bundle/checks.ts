import { promisify } from 'node:util';
import { deflateRaw } from 'node:zlib';
import type { Metafile } from 'esbuild';
import { zipBudgets } from './budgets';

const deflate = promisify(deflateRaw);

/** What the bundle of a handler, such as `data-api/store-data`, is refused for; empty when it is fit to deploy. */
export async function bundleDefects(
  handler: string,
  output: Metafile['outputs'][string],
  code: Uint8Array,
): Promise<string[]> {
  const [system = ''] = handler.split('/');
  return [...httpImports(output), ...(await overBudget(system, code))].map(
    (defect) => `functions/${handler}.ts: ${defect}`,
  );
}

/**
 * Node loads undici when `node:http` is imported as ESM (every export is read, lazy ones too); `import()` of it after
 * init, or `node:https`, do not.
 */
function httpImports(output: Metafile['outputs'][string]): string[] {
  return output.imports
    .filter(({ path, kind }) => /^(node:)?http$/.test(path) && kind === 'import-statement')
    .map(
      ({ path }) =>
        `the bundle imports "${path}" as ESM, which loads undici and makes every cold start slower`,
    );
}

async function overBudget(system: string, code: Uint8Array): Promise<string[]> {
  const budget = zipBudgets[system];
  if (budget === undefined) return [`no size budget for ${system}: add one to tools/bundle/budgets.ts`];
  const kib = (await deflate(code, { level: 9 })).length / 1024;
  return kib > budget ? [`the zip would be ${kib.toFixed(1)} KiB, over its budget of ${budget} KiB`] : [];
}
