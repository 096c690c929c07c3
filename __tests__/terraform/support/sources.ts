import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Checkout } from '../../support/checkout';

/** Edits a source of a checkout, and synthesizes all stacks from it. Returns its `cdktf.out`. */
export async function synthesizeEdited(
  checkout: Checkout,
  file: string,
  edit: (source: string) => string,
): Promise<string> {
  const source = readFileSync(path.join(checkout.root, file), 'utf8');
  const edited = edit(source);
  if (edited === source) throw new Error(`the edit of ${file} changed nothing: bring it up to date`);
  checkout.write(file, edited);
  const { code, stderr } = await checkout.run('tools/synth.ts');
  if (code !== 0) throw new Error(stderr);
  return path.join(checkout.root, 'cdktf.out');
}
