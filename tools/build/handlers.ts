import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../project-root';
import type { Compile } from './compile';

interface Route {
  readonly handler: string;
}

/**
 * Every Lambda handler, as the contracts of the systems name them.
 * @returns system and file name without `.ts`: `data-api/store-data`
 * @throws when there is no such file
 */
export async function handlers(compile: Compile): Promise<string[]> {
  const systems = systemsIn(path.join(projectRoot, 'functions'));
  const { outputFiles } = await compile({
    absWorkingDir: projectRoot,
    entryPoints: systems.map((system) => ({ in: `functions/${system}/contract.ts`, out: system })),
    outdir: 'build/contracts',
    bundle: true,
    format: 'esm',
    write: false,
    logLevel: 'silent',
  });
  const contracts = await Promise.all(outputFiles.map(({ text }) => load(text)));
  const named = systems.flatMap((system, i) =>
    (contracts[i]?.routes ?? []).map(({ handler }) => `${system}/${handler}`),
  );
  const missing = named.find((handler) => !existsSync(path.join(projectRoot, `functions/${handler}.ts`)));
  if (missing !== undefined) {
    const [system = '', handler = ''] = missing.split('/');
    throw new Error(
      `functions/${system}/contract.ts names the handler ${handler}: add functions/${missing}.ts, or correct its name`,
    );
  }
  return [...new Set(named)];
}

function systemsIn(functions: string): string[] {
  return readdirSync(functions)
    .filter((name) => existsSync(path.join(functions, name, 'contract.ts')))
    .sort();
}

/** Contracts are pure: they need no file beside them. */
function load(code: string): Promise<{ readonly routes?: readonly Route[] }> {
  const url = `data:text/javascript;base64,${Buffer.from(code).toString('base64')}`;
  return import(url) as Promise<{ readonly routes?: readonly Route[] }>;
}
