import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { messageOf } from '../message-of';
import { computedAttribute } from './computed';
import { declarationsIn } from './declarations';
import { loadConfigurations, type LoadOptions as LanguageOptions } from './language/load';
import type { Model, Stack } from './model/stack';
import { Attempts } from './read/attempts';
import { readEventSourceMappings } from './read/event-source-mappings';
import { readDomains } from './read/domains';
import { readFunctionUrls } from './read/function-urls';
import { readFunctions } from './read/functions';
import { readHttpApis } from './read/http-api';
import { readRestApis } from './read/rest-api';
import { readPrincipals } from './read/principals';
import { readSchedules } from './read/schedules';
import { readTables } from './read/tables';
import { readUserPools } from './read/user-pools';
import { withUniqueNames } from './unique-names';

export interface LoadOptions extends Omit<LanguageOptions, 'computed' | 'unreadable'> {
  /** Where the code of functions is unpacked. Default: a folder that has gone when this returns, for whoever runs none. */
  readonly unpackTo?: string;
  /** Whether policies are enforced. Default: true. */
  readonly iam?: boolean;
}

/**
 * Reads a `cdktf.out`, one stack of it, or a folder of `.tf` files.
 * @returns what the local run cannot follow as unserved, naming stack or file, resource and attribute
 * @throws when there is nothing to read, or a folder is being replaced
 */
export async function loadModel(folder: string, options: LoadOptions = {}): Promise<Model> {
  if (options.unpackTo !== undefined) return readModel(folder, { ...options, unpackTo: options.unpackTo });
  const unpackTo = await mkdtemp(path.join(os.tmpdir(), 'terraform-offline-'));
  try {
    return await readModel(folder, { ...options, unpackTo });
  } finally {
    await rm(unpackTo, { recursive: true });
  }
}

async function readModel(
  folder: string,
  { unpackTo, iam = true, ...options }: LoadOptions & { readonly unpackTo: string },
): Promise<Model> {
  const unreadable: Stack[] = [];
  const configurations = await loadConfigurations(folder, {
    ...options,
    computed: computedAttribute,
    unreadable: (id, error) => unreadable.push(unservedStack(id, error)),
  });
  const stacks: Stack[] = [];
  for (const configuration of configurations) {
    stacks.push(
      await readStack(new Attempts(configuration, iam), unpackTo).catch((error: unknown) =>
        unservedStack(configuration.id, error),
      ),
    );
  }
  return { stacks: withUniqueNames([...stacks, ...unreadable]) };
}

function unservedStack(id: string, error: unknown): Stack {
  // Whoever replaces the folder is not done; see the command.
  if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw error;
  const unserved = { address: id, reason: messageOf(error), effect: `all of /${id} answers 501` };
  const nothing = { functions: [], tables: [], apis: [], outputs: {}, sensitiveOutputs: {} };
  return { id, region: 'us-east-1', ...nothing, unserved: [unserved] };
}

async function readStack(attempts: Attempts, unpackTo: string): Promise<Stack> {
  const { configuration } = attempts;
  const functions = await readFunctions(attempts, unpackTo);
  const tables = readTables(attempts);
  const apis = [...readRestApis(attempts), ...readHttpApis(attempts), ...readFunctionUrls(attempts)];
  const stack = {
    id: configuration.id,
    region: configuration.region,
    functions,
    tables,
    apis,
    principals: readPrincipals(attempts, apis),
    userPools: readUserPools(attempts),
    eventSourceMappings: readEventSourceMappings(attempts),
    domains: readDomains(attempts),
    schedules: readSchedules(attempts),
    ...readOutputs(attempts),
    declarations: declarationsIn(configuration),
  };
  for (const reason of configuration.problems()) {
    attempts.note({ address: `${stack.id}: module`, reason, effect: 'what depends on it is not served' });
  }
  attempts.noteGaps();
  return { ...stack, unserved: attempts.unserved };
}

function readOutputs(attempts: Attempts): Pick<Stack, 'outputs' | 'sensitiveOutputs'> {
  const values = { outputs: {} as Record<string, unknown>, sensitiveOutputs: {} as Record<string, unknown> };
  for (const { name, sensitive, value } of attempts.configuration.outputs()) {
    const address = `${attempts.configuration.id}: output.${name}`;
    const tried = attempts.attempt({ address, effect: 'the output is missing' }, value);
    if (!tried.unserved) values[sensitive ? 'sensitiveOutputs' : 'outputs'][name] = tried.value;
  }
  return values;
}
