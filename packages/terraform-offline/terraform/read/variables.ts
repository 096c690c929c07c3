import type { Resource } from '../language/configuration/resource';

/** https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime */
const RESERVED: ReadonlySet<string> = new Set([
  '_HANDLER',
  '_X_AMZN_TRACE_ID',
  'AWS_DEFAULT_REGION',
  'AWS_REGION',
  'AWS_EXECUTION_ENV',
  'AWS_LAMBDA_FUNCTION_NAME',
  'AWS_LAMBDA_FUNCTION_MEMORY_SIZE',
  'AWS_LAMBDA_FUNCTION_VERSION',
  'AWS_LAMBDA_INITIALIZATION_TYPE',
  'AWS_LAMBDA_LOG_GROUP_NAME',
  'AWS_LAMBDA_LOG_STREAM_NAME',
  'AWS_ACCESS_KEY',
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'AWS_LAMBDA_RUNTIME_API',
  'LAMBDA_TASK_ROOT',
  'LAMBDA_RUNTIME_DIR',
]);

const NAME = /^[a-zA-Z][a-zA-Z0-9_]+$/;

/** Of all variables together, as JSON. */
const LIMIT_BYTES = 4096;

/**
 * A function's environment variables.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#create-environment-variables
 * @throws for those that Lambda refuses when it creates the function, which no plan shows
 */
export function readVariables(fn: Resource): Readonly<Record<string, string>> {
  const variables = fn.block('environment')?.textMap('variables') ?? {};
  const where = `${fn.where}.environment.variables`;
  for (const name of Object.keys(variables)) {
    if (RESERVED.has(name)) {
      throw new Error(`${where}: Lambda reserves ${name} and sets it itself: choose another name`);
    }
    if (!NAME.test(name)) {
      throw new Error(
        `${where}: ${JSON.stringify(name)} is no name for a variable: it starts with a letter and has two or more letters, digits and _`,
      );
    }
  }
  const bytes = Buffer.byteLength(JSON.stringify(variables));
  if (bytes > LIMIT_BYTES) {
    throw new Error(
      `${where}: ${bytes} bytes, as JSON; Lambda takes ${LIMIT_BYTES} for all variables together`,
    );
  }
  return variables;
}
