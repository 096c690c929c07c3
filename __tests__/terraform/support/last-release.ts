import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { StackJson } from './offline';

const RELEASE = path.join(__dirname, '../fixtures/last-release');

/** Writes a stack of release 0.1 to a `cdktf.out`, with something in place of its code. */
export function writeLastRelease(output: string, stack: string): void {
  const folder = path.join(output, 'stacks', stack);
  const text = readFileSync(path.join(RELEASE, `${stack}.cdk.tf.json`), 'utf8');
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'cdk.tf.json'), text);
  const { data } = JSON.parse(text) as StackJson;
  for (const { source_dir } of Object.values(data?.archive_file ?? {})) {
    mkdirSync(path.join(folder, source_dir), { recursive: true });
    writeFileSync(path.join(folder, source_dir, 'index.mjs'), 'export const handler = () => {};\n');
  }
}
