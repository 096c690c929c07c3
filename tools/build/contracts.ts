import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { Layer, Route } from '../../functions/shared/contract';
import { projectRoot } from '../project-root';
import type { Compile } from './compile';

/** What the build takes from a system's contract. */
export interface System {
  /** `data-api`: the folder under `functions/`. */
  readonly name: string;
  /** Files of that folder, without `.ts`. */
  readonly handlers: readonly string[];
  /** The largest zip that a function may become, in KiB. */
  readonly sizeBudget: number;
  /** The package in the folder `layer/`; most have none. */
  readonly layer: Layer | undefined;
}

interface Contract {
  readonly routes?: readonly Route[];
  /** Of what has no routes of its own, such as an authorizer. */
  readonly handlers?: readonly string[];
  readonly sizeBudget?: number;
  readonly layer?: Layer;
}

/**
 * The systems that there are: each folder of `functions/` whose contract has routes or handlers.
 * @throws when a contract names a handler that there is no file of, or has no size budget
 */
export async function systems(compile: Compile): Promise<System[]> {
  const contracts = await evaluated<Contract>('contract.ts', compile);
  return [...contracts].flatMap(([name, { routes, handlers: own, sizeBudget, layer }]) => {
    if (!routes && !own) return [];
    const contract = `functions/${name}/contract.ts`;
    const handlers = [...new Set(own ?? routes?.map(({ handler }) => handler))];
    const missing = handlers.find((handler) => !exists(`functions/${name}/${handler}.ts`));
    if (missing !== undefined) {
      throw new Error(
        `${contract} names the handler ${missing}: add functions/${name}/${missing}.ts, or correct its name`,
      );
    }
    if (sizeBudget === undefined) {
      throw new Error(
        `${contract} has no size budget: export sizeBudget, the largest zip in KiB that a function may become`,
      );
    }
    return [{ name, handlers, sizeBudget, layer }];
  });
}

/** What the file of that name exports, by folder of `functions/`. It is pure: it needs no file beside it. */
export async function evaluated<Exports>(
  file: string,
  compile: Compile,
): Promise<ReadonlyMap<string, Exports>> {
  const folders = readdirSync(path.join(projectRoot, 'functions'))
    .filter((folder) => exists(`functions/${folder}/${file}`))
    .sort();
  const { outputFiles } = await compile({
    absWorkingDir: projectRoot,
    entryPoints: folders.map((folder) => ({ in: `functions/${folder}/${file}`, out: folder })),
    // Where it would be written: each is an incremental compiler's own.
    outdir: `build/evaluated/${path.basename(file, '.ts')}`,
    bundle: true,
    format: 'esm',
    write: false,
    logLevel: 'silent',
  });
  const modules = await Promise.all(
    outputFiles.map(async ({ path: out, text }): Promise<[string, Exports]> => {
      const url = `data:text/javascript;base64,${Buffer.from(text).toString('base64')}`;
      return [path.basename(out, '.js'), (await import(url)) as Exports];
    }),
  );
  return new Map(modules);
}

function exists(file: string): boolean {
  return existsSync(path.join(projectRoot, file));
}
