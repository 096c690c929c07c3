import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { messageOf } from '../../../message-of';
import { isObject } from '../../../is-object';
import type { JsonObject } from './json';

/** A file of a configuration, in the form of Terraform's JSON. */
export interface ParsedFile {
  readonly name: string;
  readonly json: JsonObject;
}

/** The names of a folder's files that Terraform reads, overrides last, as it merges them. */
export function configurationFiles(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => /^[^.#].*\.tf(\.json)?$/.test(name));
  return [...names.filter((name) => !isOverride(name)).sort(), ...names.filter(isOverride).sort()];
}

/** https://developer.hashicorp.com/terraform/language/files/override */
export function isOverride(name: string): boolean {
  return /^(.*_)?override\.tf(\.json)?$/.test(name);
}

/**
 * A file of Terraform's JSON or, read with HashiCorp's own parser, of HCL.
 * @throws naming the file and, for HCL, the place in it
 */
export async function parseFile(file: string): Promise<ParsedFile> {
  const name = path.basename(file);
  const text = readFileSync(file, 'utf8');
  const json = name.endsWith('.json') ? parseJson(file, text) : await parseHcl(file, text);
  if (!isObject(json)) throw new Error(`${file} holds no JSON object`);
  return { name, json };
}

function parseJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`${file} holds no JSON: ${messageOf(error)}`, { cause: error });
  }
}

/** HashiCorp's parser, compiled to WebAssembly. */
interface HclParser {
  /** @returns the file in the form of Terraform's JSON, its expressions as `${…}` */
  parse(name: string, text: string): Promise<unknown>;
}

/** Loaded for those who have HCL alone, since it takes half a second; by a name, since its types bring a browser's along. */
async function hclParser(): Promise<HclParser> {
  const name = '@cdktn/hcl2json';
  const module = (await import(name)) as HclParser & { default?: HclParser };
  return module.default ?? module;
}

async function parseHcl(file: string, text: string): Promise<unknown> {
  const parser = await hclParser();
  try {
    return await parser.parse(path.basename(file), text);
  } catch (error) {
    const problem = messageOf(error)
      .replace(/^parse config: \[?/, '')
      .replace(/\]$/, '');
    throw new Error(`${path.dirname(file)}/${problem}`, { cause: error });
  }
}
