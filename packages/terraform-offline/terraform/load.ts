import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { Configuration } from './configuration';
import type { Model, Stack } from './model';
import { readFunctions } from './read/functions';
import { readHttpApis } from './read/http-api';
import { readRestApis } from './read/rest-api';
import { readTables } from './read/tables';
import { assertUniqueNames } from './unique-names';

export interface LoadOptions {
  /**
   * Where a stack's API answers, without the stage and without a slash at the end. Default: AWS's own host names.
   * @example (stackId) => `http://127.0.0.1:3000/${stackId}`
   */
  readonly endpointOf?: (stackId: string) => string;
}

/**
 * Reads every `stacks/<stack id>/cdk.tf.json` of what `npm run synth` wrote.
 * @param cdktfOut the folder `cdktf.out`
 * @throws when there is no stack; when one holds what the local run cannot follow, naming stack, resource and attribute;
 *   when two have a function, or a table, of one name
 */
export function loadModel(cdktfOut: string, { endpointOf }: LoadOptions = {}): Model {
  const root = path.resolve(cdktfOut, 'stacks');
  const ids = existsSync(root) ? readdirSync(root).sort() : [];
  const stacks = ids
    .map((id) => ({ id, folder: path.join(root, id) }))
    .filter(({ folder }) => existsSync(path.join(folder, 'cdk.tf.json')))
    .map(({ id, folder }) => readStack(new Configuration(id, folder, endpointOf?.(id))));
  if (stacks.length === 0) {
    throw new Error(`there is no synthesized stack in ${root}: run "npm run synth"`);
  }
  assertUniqueNames(stacks);
  return { stacks };
}

function readStack(configuration: Configuration): Stack {
  return {
    id: configuration.stackId,
    region: configuration.region,
    functions: readFunctions(configuration),
    tables: readTables(configuration),
    apis: [...readRestApis(configuration), ...readHttpApis(configuration)],
    outputs: configuration.outputs({ sensitive: false }),
    sensitiveOutputs: configuration.outputs({ sensitive: true }),
  };
}
