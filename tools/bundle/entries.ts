import { readdirSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../project-root';

const NOT_SYSTEMS = new Set(['shared', 'layers']);

export interface FunctionEntry {
  /** Folder under `functions/`: the stack id. */
  readonly system: string;
  /** File name without `.ts`. */
  readonly handler: string;
}

/** Every Lambda handler: the files right under `functions/<system>/`, the contract apart. */
export function functionEntries(): FunctionEntry[] {
  const functions = path.join(projectRoot, 'functions');
  return readdirSync(functions, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !NOT_SYSTEMS.has(entry.name))
    .flatMap(({ name: system }) =>
      readdirSync(path.join(functions, system))
        .filter((file) => file.endsWith('.ts') && file !== 'contract.ts')
        .map((file) => ({ system, handler: path.basename(file, '.ts') })),
    );
}
