import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Model } from './terraform/model';

/**
 * Writes every stack's outputs as `cdktf deploy --outputs-file` does.
 * @throws when the file cannot be written
 * @example { "data-api": { "api_gateway_url": "http://127.0.0.1:3000/data-api/prod", … } }
 */
export function writeOutputs({ stacks }: Model, file: string): void {
  const outputs = Object.fromEntries(stacks.map((stack) => [stack.id, stack.outputs]));
  try {
    makeFolder(path.dirname(path.resolve(file)));
    writeFileSync(file, `${JSON.stringify(outputs, null, 2)}\n`);
  } catch (error) {
    throw new Error(`--outputs-file: cannot write "${file}": ${(error as Error).message}`, { cause: error });
  }
}

/** Step by step: Node's own recursion never ends where no folder can be made, as below /proc. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  const parent = path.dirname(folder);
  if (parent !== folder) makeFolder(parent);
  mkdirSync(folder);
}
