import { randomBytes } from 'node:crypto';
import { parseArn } from '../iam/arn';
import type { Credentials } from '../iam/credentials';
import { endpointVariables, type FunctionEndpoints, withLocalAddresses } from './endpoints';
import { TELEMETRY_DESCRIPTOR } from './sandbox';
import type { DeployedVersion } from './version';

/** What a function's variables depend on besides the function itself. */
export interface VariableSources {
  /** `host:port` of the Runtime API, and the environment's own path. */
  readonly runtimeApi: string;
  readonly databaseEndpoint: string;
  /** Where services other than DynamoDB are. Default: where they are on AWS. */
  readonly endpoints?: FunctionEndpoints | undefined;
  /** Of the function's role. */
  readonly credentials: Credentials;
}

/**
 * The environment variables of one execution environment: all of them, so nothing of this process gets in.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime
 */
export function variablesOf(
  version: DeployedVersion,
  { runtimeApi, databaseEndpoint, endpoints, credentials }: VariableSources,
): Record<string, string> {
  const { fn, number, taskRoot, optRoot, runtimeRoot } = version;
  const { region } = parseArn(fn.arn);
  const nodeMajor = /\d+/.exec(fn.runtime)?.[0] ?? '';
  // Lambda takes an empty one for none.
  const { NODE_PATH: own = '' } = fn.variables;
  const nodePath =
    own !== ''
      ? own
      : `/opt/nodejs/node${nodeMajor}/node_modules:/opt/nodejs/node_modules:/var/runtime/node_modules:/var/runtime:/var/task`;
  const { logFormat = 'Text', applicationLogLevel = 'INFO' } = fn;
  return {
    // These a function may replace by its own.
    LANG: 'en_US.UTF-8',
    PATH: '/var/lang/bin:/usr/local/bin:/usr/bin/:/bin:/opt/bin',
    LD_LIBRARY_PATH: `/var/lang/lib:/lib64:/usr/lib64:${runtimeRoot}:${runtimeRoot}/lib:${taskRoot}:${taskRoot}/lib:${optRoot}/lib`,
    TZ: ':UTC',
    ...(endpoints && endpointVariables(endpoints, fn.name)),
    ...(endpoints ? withLocalAddresses(fn.variables, endpoints) : fn.variables),
    ...(fn.runtime.startsWith('nodejs') && { NODE_PATH: withLocalFolders(nodePath, version) }),
    // These are reserved.
    _HANDLER: fn.handler,
    _LAMBDA_TELEMETRY_LOG_FD: String(TELEMETRY_DESCRIPTOR),
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_EXECUTION_ENV: `AWS_Lambda_${fn.runtime}`,
    AWS_LAMBDA_FUNCTION_NAME: fn.name,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(fn.memoryMb),
    AWS_LAMBDA_FUNCTION_VERSION: number,
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: fn.logGroup,
    AWS_LAMBDA_LOG_STREAM_NAME: logStreamName(number),
    AWS_LAMBDA_LOG_FORMAT: logFormat,
    ...(logFormat === 'JSON' && { AWS_LAMBDA_LOG_LEVEL: applicationLogLevel }),
    AWS_LAMBDA_RUNTIME_API: runtimeApi,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_SESSION_TOKEN: credentials.sessionToken,
    LAMBDA_TASK_ROOT: taskRoot,
    LAMBDA_RUNTIME_DIR: runtimeRoot,
    // SDKs find the database by these.
    AWS_ENDPOINT_URL_DYNAMODB: databaseEndpoint,
    AWS_ENDPOINT_URL_DYNAMODB_STREAMS: databaseEndpoint,
  };
}

/** Lambda's folders in a list of them as they are here; Node.js reads it before anything else can tell it of them. */
function withLocalFolders(list: string, { taskRoot, optRoot, runtimeRoot }: DeployedVersion): string {
  return list
    .replace(/(?<=^|:)\/opt(?=\/|:|$)/g, () => optRoot)
    .replace(/(?<=^|:)\/var\/runtime(?=\/|:|$)/g, () => runtimeRoot)
    .replace(/(?<=^|:)\/var\/task(?=\/|:|$)/g, () => taskRoot);
}

/** `2026/03/14/[$LATEST]0123…`: one per execution environment. */
function logStreamName(version: string): string {
  const date = new Date().toISOString().slice(0, 10).replaceAll('-', '/');
  return `${date}/[${version}]${randomBytes(16).toString('hex')}`;
}
