import { readFileSync } from 'node:fs';
import path from 'node:path';

/** A stack as synthesized. */
export interface SynthesizedStack {
  readonly name: string;
  /** Absolute path of the folder Terraform runs in. */
  readonly folder: string;
}

interface Manifest {
  readonly stacks: Readonly<Record<string, { readonly name: string; readonly workingDirectory: string }>>;
}

/** The stacks of a `cdktf.out`. */
export function stacksOf(output: string): SynthesizedStack[] {
  const manifest = JSON.parse(readFileSync(path.join(output, 'manifest.json'), 'utf8')) as Manifest;
  return Object.values(manifest.stacks).map(({ name, workingDirectory }) => ({
    name,
    folder: path.join(output, workingDirectory),
  }));
}
