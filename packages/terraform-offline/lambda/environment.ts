import { randomBytes } from 'node:crypto';
import { parseArn } from '../terraform/arn';
import type { LambdaFunction } from '../terraform/model';

/** What a function's variables depend on besides the function itself. */
export interface Surroundings {
  /** Lambda's `/var/task`. */
  readonly taskRoot: string;
  /** Lambda's `/opt`. */
  readonly optRoot: string;
  readonly databaseEndpoint: string;
  /** Of the function's role. */
  readonly credentials: Credentials;
}

/** What Lambda hands a function so that it acts as its role. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

/**
 * The environment variables of one execution environment: all of them, so nothing of this process gets in.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime
 */
export function environmentOf(
  fn: LambdaFunction,
  { taskRoot, optRoot, databaseEndpoint, credentials }: Surroundings,
): Record<string, string> {
  const runtimeRoot = '/var/runtime';
  const { region } = parseArn(fn.arn);
  const nodeMajor = /\d+/.exec(fn.runtime)?.[0] ?? '';
  return {
    // These a function may replace by its own.
    LANG: 'en_US.UTF-8',
    PATH: '/var/lang/bin:/usr/local/bin:/usr/bin/:/bin:/opt/bin',
    LD_LIBRARY_PATH: `/var/lang/lib:/lib64:/usr/lib64:${runtimeRoot}:${runtimeRoot}/lib:${taskRoot}:${taskRoot}/lib:${optRoot}/lib`,
    NODE_PATH: `${optRoot}/nodejs/node${nodeMajor}/node_modules:${optRoot}/nodejs/node_modules:${runtimeRoot}/node_modules:${runtimeRoot}:${taskRoot}`,
    TZ: ':UTC',
    ...fn.variables,
    // These are reserved.
    _HANDLER: fn.handler,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_EXECUTION_ENV: `AWS_Lambda_${fn.runtime}`,
    AWS_LAMBDA_FUNCTION_NAME: fn.name,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(fn.memoryMb),
    AWS_LAMBDA_FUNCTION_VERSION: fn.version ?? '$LATEST',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: fn.logGroup,
    AWS_LAMBDA_LOG_STREAM_NAME: logStreamName(fn.version ?? '$LATEST'),
    AWS_LAMBDA_LOG_FORMAT: 'JSON',
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_SESSION_TOKEN: credentials.sessionToken,
    LAMBDA_TASK_ROOT: taskRoot,
    LAMBDA_RUNTIME_DIR: runtimeRoot,
    // The one variable that tells this cloud from the real one: SDKs find DynamoDB by it.
    AWS_ENDPOINT_URL_DYNAMODB: databaseEndpoint,
  };
}

/** `2026/03/14/[$LATEST]0123…`: one per execution environment. */
function logStreamName(version: string): string {
  const date = new Date().toISOString().slice(0, 10).replaceAll('-', '/');
  return `${date}/[${version}]${randomBytes(16).toString('hex')}`;
}
