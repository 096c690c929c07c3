import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { makeFolder } from '../make-folder';
import type { Model } from '../terraform/model/stack';

/**
 * Writes every stack's outputs as `cdktf deploy --outputs-file` does.
 * @param includeSensitive whether to write those too that are marked as sensitive
 * @throws when the file cannot be written
 * @example { "data-api": { "api_gateway_url": "http://127.0.0.1:3000/data-api/prod", … } }
 */
export function writeOutputs({ stacks }: Model, file: string, includeSensitive: boolean): void {
  const outputs = Object.fromEntries(
    stacks.map((stack) => [stack.id, { ...stack.outputs, ...(includeSensitive && stack.sensitiveOutputs) }]),
  );
  try {
    makeFolder(path.dirname(path.resolve(file)));
    writeFileSync(file, `${JSON.stringify(outputs, null, 2)}\n`);
  } catch (error) {
    throw new Error(`--outputs-file: cannot write "${file}": ${(error as Error).message}`, { cause: error });
  }
}
