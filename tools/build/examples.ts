import type { SystemExamples } from '../../functions/shared/examples';
import type { Project } from '../project-root';
import type { Compile } from './compile';
import { evaluated } from './contracts';

/** The systems' examples, by stack, as the local cloud reads them. */
export async function examplesJson(project: Project, compile: Compile): Promise<Uint8Array> {
  const modules = await evaluated<{ readonly examples?: SystemExamples }>('examples.ts', project, compile);
  const examples = Object.fromEntries([...modules].map(([system, exports]) => [system, exports.examples]));
  return Buffer.from(`${JSON.stringify(examples, null, 2)}\n`);
}
