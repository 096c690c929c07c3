import type { SystemExamples } from '../../functions/shared/examples';
import type { Compile } from './compile';
import { evaluated } from './contracts';

/** The systems' examples, by stack, as the local cloud reads them. */
export async function examplesJson(compile: Compile): Promise<Uint8Array> {
  const modules = await evaluated<{ readonly examples?: SystemExamples }>('examples.ts', compile);
  const examples = Object.fromEntries([...modules].map(([system, exports]) => [system, exports.examples]));
  return Buffer.from(`${JSON.stringify(examples, null, 2)}\n`);
}
