import { readdirSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../project-root';

const NOT_SYSTEMS = new Set(['shared', 'layers']);

/**
 * Every Lambda handler: the files right under `functions/<system>/`, the contract apart.
 * @returns system and file name without `.ts`: `data-api/store-data`
 */
export function functionEntries(): string[] {
  const functions = path.join(projectRoot, 'functions');
  return readdirSync(functions, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !NOT_SYSTEMS.has(entry.name))
    .flatMap(({ name: system }) =>
      readdirSync(path.join(functions, system))
        .filter((file) => file.endsWith('.ts') && file !== 'contract.ts')
        .map((file) => `${system}/${path.basename(file, '.ts')}`),
    );
}
