import { readFileSync } from 'node:fs';
import path from 'node:path';

/** A stack as synthesized. */
export interface SynthesizedStack {
  readonly name: string;
  /** Absolute path of the folder Terraform runs in. */
  readonly folder: string;
}

interface Manifest {
  readonly stacks: Readonly<
    Record<
      string,
      {
        readonly name: string;
        readonly workingDirectory: string;
        readonly annotations: readonly { readonly message: string }[];
      }
    >
  >;
}

/** The stacks of a `cdktf.out`. */
export function stacksOf(output: string): SynthesizedStack[] {
  return stacksIn(output).map(({ name, workingDirectory }) => ({
    name,
    folder: path.join(output, workingDirectory),
  }));
}

/** What constructs say of the stacks of a `cdktf.out`: warnings, for an error would have ended the app. */
export function warningsOf(output: string): string[] {
  return stacksIn(output).flatMap(({ annotations }) => annotations.map(({ message }) => message));
}

function stacksIn(output: string) {
  const manifest = JSON.parse(readFileSync(path.join(output, 'manifest.json'), 'utf8')) as Manifest;
  return Object.values(manifest.stacks);
}
