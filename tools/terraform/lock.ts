import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Project, projectRoot } from '../project-root';
import type { SynthesizedStack } from './stacks';
import { terraform } from './terraform';

/** Terraform's own name for it. https://developer.hashicorp.com/terraform/language/files/dependency-lock */
const NAME = '.terraform.lock.hcl';

/** Where `npm run providers:lock` puts it, to be committed. */
export const LOCK_FILE = path.join(projectRoot, NAME);

export type RequiredProviders = Readonly<
  Record<string, { readonly source: string; readonly version: string }>
>;

/** The providers of all stacks, which have the same ones in the same versions. */
export function requiredProviders(stacks: readonly SynthesizedStack[]): RequiredProviders {
  const ofEach = stacks.map(({ folder }) => {
    const json = JSON.parse(readFileSync(path.join(folder, 'cdk.tf.json'), 'utf8')) as {
      terraform: { required_providers: RequiredProviders };
    };
    return json.terraform.required_providers;
  });
  return Object.assign({}, ...ofEach) as RequiredProviders;
}

/**
 * Makes a lock file with the checksums of the providers for these platforms. Rejects with what Terraform says, and leaves no
 * file, when one of them is not to be had.
 * @param platforms such as `linux_amd64`
 * @param file where it goes
 * @param options for Terraform, such as `-fs-mirror=DIR`; default: the registry
 */
export async function lockProviders(
  providers: RequiredProviders,
  platforms: readonly string[],
  file: string,
  options: readonly string[] = [],
): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'providers-'));
  try {
    const configuration = { terraform: { required_providers: providers } };
    writeFileSync(path.join(folder, 'main.tf.json'), JSON.stringify(configuration));
    const each = platforms.map((platform) => `-platform=${platform}`);
    await terraform(['providers', 'lock', ...each, ...options], folder);
    copyFileSync(path.join(folder, NAME), file);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Lays the lock file of the project, if it has one, beside a stack. */
export function layLockFile({ folder }: SynthesizedStack, { root }: Project): void {
  const file = path.join(root, NAME);
  if (existsSync(file)) copyFileSync(file, path.join(folder, NAME));
}
