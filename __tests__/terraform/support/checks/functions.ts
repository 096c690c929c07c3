import {
  GetAliasCommand,
  GetFunctionConfigurationCommand,
  ListLayerVersionsCommand,
  UpdateAliasCommand,
} from '@aws-sdk/client-lambda';
import { aws, isGone } from '../aws';
import { roleOf, type System } from '../system';

/** The version that the alias `live` of every function stands for. */
export async function liveVersions({ functions }: System): Promise<Record<string, string | undefined>> {
  const versions = Object.keys(functions).map(async (name) => {
    const { FunctionVersion } = await aws.lambda.send(
      new GetAliasCommand({ FunctionName: name, Name: 'live' }),
    );
    return [name, FunctionVersion] as const;
  });
  return Object.fromEntries(await Promise.all(versions));
}

/** What the documentation's command for a rollback does. */
export async function rollBack(name: string, version: string): Promise<void> {
  await aws.lambda.send(
    new UpdateAliasCommand({ FunctionName: name, Name: 'live', FunctionVersion: version }),
  );
}

export async function expectFunction(system: System, name: string): Promise<void> {
  const configuration = await aws.lambda.send(new GetFunctionConfigurationCommand({ FunctionName: name }));
  expect(configuration).toMatchObject({
    Handler: 'index.handler',
    Runtime: expect.stringMatching(/^nodejs\d+\.x$/) as string,
    Architectures: ['arm64'],
    Timeout: 10,
    MemorySize: 512,
    Role: expect.stringMatching(new RegExp(`:role/${roleOf(system, name)}$`)) as string,
    TracingConfig: { Mode: 'Active' },
    LoggingConfig: { LogFormat: 'JSON', ApplicationLogLevel: 'INFO', SystemLogLevel: 'INFO' },
  });
  expect(Object.values(configuration.Environment?.Variables ?? {}).join()).toContain(system.table);
  const layers = (configuration.Layers ?? []).map(({ Arn }) => Arn?.split(':').at(-2));
  expect(layers).toEqual(system.layer ? [system.layer] : []);
}

/** Hash of every function's code, as Lambda has it. */
export async function codeHashes({ functions }: System): Promise<Record<string, string | undefined>> {
  const hashes = Object.keys(functions).map(async (name) => {
    const { CodeSha256 } = await aws.lambda.send(new GetFunctionConfigurationCommand({ FunctionName: name }));
    return [name, CodeSha256] as const;
  });
  return Object.fromEntries(await Promise.all(hashes));
}

export function isFunctionGone(name: string): Promise<boolean> {
  return isGone(aws.lambda.send(new GetFunctionConfigurationCommand({ FunctionName: name })));
}

export async function layerVersions(name: string): Promise<number> {
  const { LayerVersions } = await aws.lambda.send(new ListLayerVersionsCommand({ LayerName: name }));
  return LayerVersions?.length ?? 0;
}
