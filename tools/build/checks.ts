import { promisify } from 'node:util';
import { deflateRaw } from 'node:zlib';
import type { Metafile } from 'esbuild';
import { unknownExternals } from './library-exceptions';

const deflate = promisify(deflateRaw);

/** Of a zip, for each file beside its contents and its name, which stands there twice; and for the whole. */
const ENTRY_BYTES = 92;
const END_BYTES = 22;

/** Where a bundle comes from, and what it may become. */
export interface Source {
  /** `functions/data-api/store-data.ts` */
  readonly entry: string;
  /** `functions/data-api/contract.ts`, which says how large the zip may become. */
  readonly contract: string;
  /** In KiB: cold start grows with it. */
  readonly sizeBudget: number;
}

/** What a bundle is refused for; empty when it is fit to deploy. */
export async function bundleDefects(
  source: Source,
  output: Metafile['outputs'][string],
  files: ReadonlyMap<string, Uint8Array>,
): Promise<string[]> {
  return [...httpImports(output), ...strangers(output), ...(await overBudget(source, files))].map(
    (defect) => `${source.entry}: ${defect}`,
  );
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

async function overBudget(
  { contract, sizeBudget }: Source,
  files: ReadonlyMap<string, Uint8Array>,
): Promise<string[]> {
  const kib = await zipKib(files);
  if (kib <= sizeBudget) return [];
  return [
    `the zip would be ${kib.toFixed(1)} KiB, over its budget of ${sizeBudget} KiB: import less, or raise it in ${contract}`,
  ];
}
