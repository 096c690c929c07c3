import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { compileFunction } from 'node:vm';
import type { Layer, Route } from '../../functions/shared/contract';
import type { Project } from '../project-root';
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
export async function systems(project: Project, compile: Compile): Promise<System[]> {
  const contracts = await evaluated<Contract>('contract.ts', project, compile);
  return [...contracts].flatMap(([name, { routes, handlers: own, sizeBudget, layer }]) => {
    if (!routes && !own) return [];
    const contract = `functions/${name}/contract.ts`;
    const handlers = [...new Set(own ?? routes?.map(({ handler }) => handler))];
    const missing = handlers.find((handler) => !exists(project, `functions/${name}/${handler}.ts`));
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
  project: Project,
  compile: Compile,
): Promise<ReadonlyMap<string, Exports>> {
  const folders = readdirSync(path.join(project.root, 'functions'))
    .filter((folder) => exists(project, `functions/${folder}/${file}`))
    .sort();
  const { outputFiles } = await compile({
    absWorkingDir: project.root,
    entryPoints: folders.map((folder) => ({ in: `functions/${folder}/${file}`, out: folder })),
    // Nothing is written, but an incremental compiler is told from others by this folder.
    outdir: path.join(project.buildFolder, 'evaluated', path.basename(file, '.ts')),
    bundle: true,
    format: 'cjs',
    write: false,
    logLevel: 'silent',
  });
  return new Map(
    outputFiles.map(({ path: out, text }): [string, Exports] => {
      const module = { exports: {} as Exports };
      const evaluate = compileFunction(text, ['module']) as (module: { exports: Exports }) => void;
      evaluate(module);
      return [path.basename(out, '.js'), module.exports];
    }),
  );
}

function exists({ root }: Project, file: string): boolean {
  return existsSync(path.join(root, file));
}
