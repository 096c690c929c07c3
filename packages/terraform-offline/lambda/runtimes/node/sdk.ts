import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

/** The scopes of the packages that Lambda's Node.js brings. https://docs.aws.amazon.com/lambda/latest/dg/lambda-nodejs.html */
const SCOPES = ['@aws-sdk', '@smithy'];

/**
 * Lambda's `/var/runtime`, as far as code knows of it: the AWS SDK, to which `NODE_PATH` leads. Code finds no other package
 * of this machine's there.
 * @param root a folder outside any project
 * @param folders from where on the SDK is looked for, as packages are, one after the other
 * @returns a folder with links to it; the same for the same packages
 */
export function runtimeFolder(root: string, folders: readonly string[]): string {
  const packages = new Map<string, string>();
  for (const modules of modulesAround(folders)) {
    for (const name of SCOPES.flatMap((scope) => packagesIn(modules, scope))) {
      if (!packages.has(name)) packages.set(name, path.join(modules, name));
    }
  }
  const hash = createHash('sha256').update(JSON.stringify([...packages]));
  const folder = path.join(root, 'runtime', hash.digest('hex').slice(0, 16));
  if (existsSync(folder)) return folder;
  for (const scope of SCOPES) mkdirSync(path.join(folder, 'node_modules', scope), { recursive: true });
  for (const [name, target] of packages) symlinkSync(target, path.join(folder, 'node_modules', name));
  return folder;
}

/** Where Node.js looks for packages from these folders on. */
function modulesAround(folders: readonly string[]): Set<string> {
  return new Set(
    folders.flatMap((folder) => createRequire(path.join(folder, 'function.js')).resolve.paths('sdk') ?? []),
  );
}

/** None where there is no such folder, or nobody may read it: as for Node.js, the next one may have them. */
function packagesIn(modules: string, scope: string): string[] {
  let names: string[];
  try {
    names = readdirSync(path.join(modules, scope));
  } catch {
    return [];
  }
  return names
    .map((name) => `${scope}/${name}`)
    .filter((name) => existsSync(path.join(modules, name, 'package.json')));
}
