import os from 'node:os';
import path from 'node:path';
import { computedAttribute } from './computed';
import type { Configuration } from './language/configuration/configuration';
import { loadConfigurations, type LoadOptions as LanguageOptions } from './language/load';
import type { Model, Stack } from './model';
import { readFunctions } from './read/functions';
import { readHttpApis } from './read/http-api';
import { readRestApis } from './read/rest-api';
import { readTables } from './read/tables';
import { assertUniqueNames } from './unique-names';

export interface LoadOptions extends Omit<LanguageOptions, 'computed'> {
  /** Where the code of functions is unpacked. Default: a folder of this user's among the temporary files. */
  readonly unpackTo?: string;
}

/**
 * Reads a `cdktf.out`, one stack of it, or a folder of `.tf` files.
 * @throws when there is nothing to read; when a configuration holds what the local run cannot follow, naming stack or file,
 *   resource and attribute; when two have a function, or a table, of one name
 */
export async function loadModel(folder: string, options: LoadOptions = {}): Promise<Model> {
  const { unpackTo = path.join(os.tmpdir(), `terraform-offline-${os.userInfo().uid}`) } = options;
  const configurations = await loadConfigurations(folder, { ...options, computed: computedAttribute });
  const stacks = [];
  for (const configuration of configurations) stacks.push(await readStack(configuration, unpackTo));
  assertUniqueNames(stacks);
  return { stacks };
}

async function readStack(configuration: Configuration, unpackTo: string): Promise<Stack> {
  return {
    id: configuration.id,
    region: configuration.region,
    functions: await readFunctions(configuration, unpackTo),
    tables: readTables(configuration),
    apis: [...readRestApis(configuration), ...readHttpApis(configuration)],
    outputs: outputsOf(configuration, { sensitive: false }),
    sensitiveOutputs: outputsOf(configuration, { sensitive: true }),
  };
}

function outputsOf(
  configuration: Configuration,
  { sensitive }: { readonly sensitive: boolean },
): Readonly<Record<string, unknown>> {
  const outputs = configuration.outputs().filter((output) => output.sensitive === sensitive);
  return Object.fromEntries(outputs.map(({ name, value }) => [name, value()]));
}
