import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { parseFile } from './files';

/** A variable's value as it was given, before its type is known. */
export type GivenValue =
  /** From the command line or the environment: a text, or HCL where the variable's type is no primitive one. */
  | { readonly kind: 'text'; readonly text: string; readonly from: string }
  | { readonly kind: 'json'; readonly json: unknown; readonly from: string };

export interface VariableOptions {
  /** `--var NAME=VALUE` */
  readonly vars?: Readonly<Record<string, string>>;
  /** `--var-file`: paths, relative to the folder. */
  readonly varFiles?: readonly string[];
  /** Where `TF_VAR_NAME` is looked for. Default: nowhere. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

/**
 * The values given to the root's variables, the later ones in place of the earlier.
 * https://developer.hashicorp.com/terraform/language/values/variables#variable-definition-precedence
 */
export async function readVariableValues(
  folder: string,
  { vars = {}, varFiles = [], environment = {} }: VariableOptions,
): Promise<ReadonlyMap<string, GivenValue>> {
  const values = new Map<string, GivenValue>();
  for (const [name, text] of Object.entries(environment)) {
    const variable = /^TF_VAR_(.+)$/.exec(name)?.[1];
    if (variable !== undefined && text !== undefined)
      values.set(variable, { kind: 'text', text, from: name });
  }
  const automatic = ['terraform.tfvars', 'terraform.tfvars.json', ...automaticFiles(folder)]
    .map((name) => path.join(folder, name))
    .filter((file) => existsSync(file));
  for (const file of [...automatic, ...varFiles.map((name) => path.resolve(folder, name))]) {
    if (!existsSync(file)) throw new Error(`there is no file of variables ${file}`);
    const { name: from, json } = await parseFile(file);
    for (const [name, value] of Object.entries(json)) values.set(name, { kind: 'json', json: value, from });
  }
  for (const [name, text] of Object.entries(vars)) values.set(name, { kind: 'text', text, from: '--var' });
  return values;
}

function automaticFiles(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => /\.auto\.tfvars(\.json)?$/.test(name))
    .sort();
}
