import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { forOffline, type StackJson } from './offline';

/** Adapts a synthesized stack where it is, if the machine is offline. What that takes is printed. */
export function adapt(folder: string, printed = new Set<string>()): void {
  const mirror = process.env.TERRAFORM_PLUGIN_DIR;
  if (!mirror) return;
  const { configuration, changes } = forOffline(readStack(folder), folder, mirror);
  writeFileSync(path.join(folder, 'cdk.tf.json'), JSON.stringify(configuration, undefined, 2));
  for (const change of changes.filter((change) => !printed.has(change))) {
    process.stderr.write(`${path.basename(folder)}, offline: ${change}\n`);
    printed.add(change);
  }
}

export function readStack(folder: string): StackJson {
  return JSON.parse(readFileSync(path.join(folder, 'cdk.tf.json'), 'utf8')) as StackJson;
}
