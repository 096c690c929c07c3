import { readFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../project-root';

/** A stack as synthesized. */
export interface SynthesizedStack {
  readonly name: string;
  /** Absolute path of the folder Terraform runs in. */
  readonly folder: string;
}

interface Manifest {
  readonly stacks: Readonly<Record<string, { readonly name: string; readonly workingDirectory: string }>>;
}

/** Where the app is synthesized to. cdktf's own variable moves it. */
export function outputFolder(): string {
  return path.resolve(projectRoot, process.env.CDKTF_OUTDIR ?? 'cdktf.out');
}

/** The stacks of a `cdktf.out`. */
export function stacksOf(output: string): SynthesizedStack[] {
  const manifest = JSON.parse(readFileSync(path.join(output, 'manifest.json'), 'utf8')) as Manifest;
  return Object.values(manifest.stacks).map(({ name, workingDirectory }) => ({
    name,
    folder: path.join(output, workingDirectory),
  }));
}
