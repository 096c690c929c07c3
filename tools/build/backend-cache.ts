import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { SynthesizedStack } from '../terraform/stacks';

interface Settings {
  /** The file of a local state. */
  readonly path?: string;
  /** The object of a state in S3. */
  readonly key?: string;
}

/**
 * Makes Terraform forget the backend that a stack was initialised with, if it is another environment's: it would stop,
 * and advise `-migrate-state`, which copies that environment's state into this one's. A state that moves, within its
 * environment, still is Terraform's to ask about.
 */
export function forgetOtherEnvironment({ name, folder }: SynthesizedStack): void {
  const cache = path.join(folder, '.terraform', 'terraform.tfstate');
  if (!existsSync(cache)) return;
  const initialised = environmentOf(name, initialisedBackend(cache));
  const synthesized = environmentOf(name, synthesizedBackend(folder));
  if (initialised && synthesized && initialised !== synthesized) rmSync(cache);
}

/** Undefined where Terraform has recorded none, or nothing that can be read. */
function initialisedBackend(cache: string): Settings | undefined {
  try {
    const { backend } = JSON.parse(readFileSync(cache, 'utf8')) as { backend?: { config?: Settings } };
    return backend?.config;
  } catch {
    return undefined;
  }
}

function synthesizedBackend(folder: string): Settings | undefined {
  const { terraform } = JSON.parse(readFileSync(path.join(folder, 'cdk.tf.json'), 'utf8')) as {
    terraform?: { backend?: Readonly<Record<string, Settings>> };
  };
  return Object.values(terraform?.backend ?? {})[0];
}

/** The environment whose state this is, by the names that `stacks/constructs/state-backend.ts` gives. */
function environmentOf(stack: string, { path: file, key }: Settings = {}): string | undefined {
  if (key) return key.split('/')[0];
  if (!file) return undefined;
  return path.basename(file, '.tfstate').slice(`terraform.${stack}-`.length) || 'default';
}
