import { readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { deflateRaw } from 'node:zlib';
import type { Metafile } from 'esbuild';
import { projectRoot } from '../project-root';
import { unknownExternals } from './library-exceptions';

const deflate = promisify(deflateRaw);

/**
 * By system or layer, the largest zip that one of it may become, in KiB: cold start grows with it. Read with every
 * build, so that one that watches needs no new start.
 */
export const BUDGETS = 'tools/build/budgets.json';

/** Of a zip, for each file beside its contents and its name, which stands there twice; and for the whole. */
const ENTRY_BYTES = 92;
const END_BYTES = 22;

/** What the bundle of a handler, such as `data-api/store-data`, is refused for; empty when it is fit to deploy. */
export async function bundleDefects(
  handler: string,
  output: Metafile['outputs'][string],
  code: Uint8Array,
): Promise<string[]> {
  const [system = ''] = handler.split('/');
  const files = new Map([['index.mjs', code]]);
  return [...httpImports(output), ...strangers(output), ...(await overBudget(system, files))].map(
    (defect) => `functions/${handler}.ts: ${defect}`,
  );
}

/** What a layer is refused for; empty when it is fit to deploy. */
export async function layerDefects(
  layer: string,
  output: Metafile['outputs'][string],
  files: ReadonlyMap<string, Uint8Array>,
): Promise<string[]> {
  return [...strangers(output), ...(await overBudget(`layers/${layer}`, files))].map(
    (defect) => `functions/layers/${layer}: ${defect}`,
  );
}

/** By system or layer. */
export function readBudgets(): Readonly<Record<string, number>> {
  return JSON.parse(readFileSync(path.join(projectRoot, BUDGETS), 'utf8')) as Record<string, number>;
}

/** The size of the zip that Terraform makes of these files, by their paths in it; to within a hundredth. */
export async function zipKib(files: ReadonlyMap<string, Uint8Array>): Promise<number> {
  let bytes = END_BYTES;
  for (const [name, contents] of files) {
    bytes += ENTRY_BYTES + 2 * Buffer.byteLength(name) + (await deflate(contents)).length;
  }
  return bytes / 1024;
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

function strangers(output: Metafile['outputs'][string]): string[] {
  return unknownExternals(output).map(
    (module) =>
      `the bundle leaves "${module}" out, and Lambda does not have it: bundle it, or say why not in tools/build/library-exceptions.ts`,
  );
}

async function overBudget(owner: string, files: ReadonlyMap<string, Uint8Array>): Promise<string[]> {
  const budget = readBudgets()[owner];
  if (budget === undefined) return [`no size budget for ${owner}: add one to ${BUDGETS}`];
  const kib = await zipKib(files);
  if (kib <= budget) return [];
  return [
    `the zip would be ${kib.toFixed(1)} KiB, over its budget of ${budget} KiB: import less, or raise it in ${BUDGETS}`,
  ];
}
