import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {
  loadConfigurations,
  type LoadOptions,
} from '../../../../../packages/terraform-offline/terraform/language/load';
import type { Configuration } from '../../../../../packages/terraform-offline/terraform/language/configuration/configuration';

const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true })));

/** A folder called `app` with these files: texts and bytes as they are, anything else as JSON. */
export function folderWith(files: Readonly<Record<string, unknown>>): string {
  const root = mkdtempSync(path.join(os.tmpdir(), 'terraform '));
  folders.push(root);
  const folder = path.join(root, 'app');
  mkdirSync(folder);
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    const isRaw = typeof content === 'string' || Buffer.isBuffer(content);
    writeFileSync(file, isRaw ? content : JSON.stringify(content));
  }
  return folder;
}

/** The one configuration of a folder with these files. */
export async function load(
  files: Readonly<Record<string, unknown>>,
  options?: LoadOptions,
): Promise<Configuration> {
  const [configuration] = await loadConfigurations(folderWith(files), options);
  return configuration!;
}

/** The value of an output. */
export function output(configuration: Configuration, name: string): unknown {
  return configuration
    .outputs()
    .find((output) => output.name === name)!
    .value();
}

/** Addresses, in the order in which they were declared. */
export function addresses(configuration: Configuration): readonly string[] {
  return configuration.resources.map(({ address }) => address);
}
