import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { configurationFiles } from './files';
import { isObject } from '../../../is-object';
import { readModuleSource, type ModuleSource } from './module-source';

/** A module with the modules that it calls, by name. */
export interface ModuleTree {
  readonly source: ModuleSource;
  readonly children: ReadonlyMap<string, ModuleTree | Unreadable>;
}

/** Why a module could not be read. */
export interface Unreadable {
  readonly problem: string;
}

/**
 * The root of a configuration with all modules that are on this machine: local folders, and what `terraform init` fetched.
 * @throws when a file of the root cannot be parsed
 */
export async function readModuleTree(root: string): Promise<ModuleTree> {
  const fetched = fetchedModules(root);

  const read = async (folder: string, key: readonly string[]): Promise<ModuleTree> => {
    const source = await readModuleSource(folder);
    const children = new Map<string, ModuleTree | Unreadable>();
    for (const [name, { body }] of source.modules) {
      children.set(name, await readChild(source.folder, [...key, name], body.source));
    }
    return { source, children };
  };

  const readChild = async (
    parent: string,
    key: readonly string[],
    from: unknown,
  ): Promise<ModuleTree | Unreadable> => {
    const folder = folderOf(parent, key, from);
    if ('problem' in folder) return folder;
    if (key.length > 50) return { problem: 'modules call each other without end' };
    if (configurationFiles(folder.path).length === 0) {
      return { problem: `its source ${String(from)} has no .tf files: looked in ${folder.path}` };
    }
    try {
      return await read(folder.path, key);
    } catch (error) {
      return { problem: error instanceof Error ? error.message : String(error) };
    }
  };

  const folderOf = (
    parent: string,
    key: readonly string[],
    from: unknown,
  ): { readonly path: string } | Unreadable => {
    const known = fetched.get(key.join('.'));
    if (known !== undefined) return { path: path.resolve(root, known) };
    if (typeof from === 'string' && /^\.\.?\//.test(from)) return { path: path.resolve(parent, from) };
    return { problem: `its source ${String(from)} is not on this machine: run "terraform init" in ${root}` };
  };

  return read(root, []);
}

/** By the names of the calls that lead to it; relative to the root. */
function fetchedModules(root: string): ReadonlyMap<string, string> {
  const file = path.join(root, '.terraform', 'modules', 'modules.json');
  if (!existsSync(file)) return new Map();
  const json: unknown = JSON.parse(readFileSync(file, 'utf8'));
  const modules: unknown[] = isObject(json) && Array.isArray(json.Modules) ? json.Modules : [];
  return new Map(
    modules
      .filter(isObject)
      .filter(({ Key, Dir }) => typeof Key === 'string' && Key !== '' && typeof Dir === 'string')
      .map(({ Key, Dir }) => [String(Key), String(Dir)] as const),
  );
}
