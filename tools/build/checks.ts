import { readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { deflateRaw } from 'node:zlib';
import type { Metafile } from 'esbuild';
import { projectRoot } from '../project-root';

const deflate = promisify(deflateRaw);

/**
 * By system, the largest zip that a function of it may become, in KiB: cold start grows with it. Read with every build,
 * so that one that watches needs no new start.
 */
const BUDGETS = 'tools/build/budgets.json';

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
  const budgets = JSON.parse(readFileSync(path.join(projectRoot, BUDGETS), 'utf8')) as Record<string, number>;
  const budget = budgets[system];
  if (budget === undefined) return [`no size budget for ${system}: add one to ${BUDGETS}`];
  const kib = (await deflate(code, { level: 9 })).length / 1024;
  if (kib <= budget) return [];
  return [
    `the zip would be ${kib.toFixed(1)} KiB, over its budget of ${budget} KiB: import less, or raise it in ${BUDGETS}`,
  ];
}
