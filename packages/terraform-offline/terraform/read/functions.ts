import { inLocalAccount } from '../../iam/arn';
import { codeFolder } from '../code';
import { refuseGaps } from '../coverage/gaps';
import type { Configuration } from '../language/configuration/configuration';
import type { InvokePermission, LambdaFunction } from '../model/function';
import type { Role } from '../../iam/role';
import type { Resource } from '../language/configuration/resource';
import { arnOf, type Attempts } from './attempts';
import { readEventInvokeConfigs } from './event-invoke-configs';
import { numberWithin } from './lambda-limits';
import { readRole } from './roles';
import { readVariables } from './variables';

/** @param unpackTo where zips of code are unpacked */
export async function readFunctions(attempts: Attempts, unpackTo: string): Promise<LambdaFunction[]> {
  const functions = attempts.configuration.all('aws_lambda_function').map(async (fn) => {
    const part = { address: fn.where, effect: 'the function answers 501', arn: arnOf(fn) };
    const tried = await attempts.attemptAsync(part, () => readFunction(attempts, fn, unpackTo));
    return tried.unserved ? [] : [tried.value];
  });
  return (await Promise.all(functions)).flat();
}

/** Defaults are those of the provider: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/lambda_function */
async function readFunction(attempts: Attempts, fn: Resource, unpackTo: string): Promise<LambdaFunction> {
  refuseGaps(fn);
  const { configuration } = attempts;
  const name = functionName(fn);
  const reserved = fn.number('reserved_concurrent_executions', -1);
  return {
    name,
    arn: fn.text('arn'),
    qualifiers: readQualifiers(attempts, fn),
    handler: fn.text('handler'),
    runtime: runtimeOf(fn),
    codeDirectory: await codeFolder(fn, unpackTo),
    layerDirectories: await Promise.all(
      fn.texts('layers').map((arn) => codeFolder(layerVersion(configuration, fn, arn), unpackTo)),
    ),
    variables: readVariables(fn),
    timeoutSeconds: numberWithin(fn, 'timeout', [1, 900], 3),
    memoryMb: numberWithin(fn, 'memory_size', [128, 10_240], 128),
    reservedConcurrency: reserved < 0 ? undefined : reserved,
    ...readLogging(attempts, fn, name),
    isTraced: fn.block('tracing_config')?.text('mode') === 'Active',
    role: readFunctionRole(attempts, fn),
    permissions: readPermissions(attempts, fn),
    asynchronous: readEventInvokeConfigs(attempts, fn),
    deadLetterTarget: fn.block('dead_letter_config')?.optionalText('target_arn'),
  };
}

/** Where policies are not enforced, nothing has to be known of the role but its ARN. */
function readFunctionRole(attempts: Attempts, fn: Resource): Role {
  const arn = fn.text('role');
  const user = {
    arn: fn.text('arn'),
    where: `${fn.where}.role`,
    service: 'lambda.amazonaws.com',
    refusal: 'the role defined for the function cannot be assumed by Lambda',
  };
  try {
    return readRole(attempts, arn, user);
  } catch (error) {
    if (attempts.iam) throw error;
    return { name: arn.split('/').at(-1)!, arn, policies: [] };
  }
}

/** https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html#lambda-CreateFunction-request-FunctionName */
function functionName(fn: Resource): string {
  const name = fn.text('function_name');
  if (/^[a-zA-Z0-9_-]{1,64}$/.test(name)) return name;
  throw new Error(
    `${fn.where}.function_name: ${JSON.stringify(name)} is no name for a function: 1 to 64 letters, digits, - and _`,
  );
}

function runtimeOf(fn: Resource): string {
  const runtime = fn.text('runtime');
  if (/^(nodejs|python)\d/.test(runtime)) return runtime;
  throw new Error(`${fn.where}.runtime: ${runtime} is not served locally: nodejs and python are`);
}

/** Without `logging_config`, Lambda logs text: https://docs.aws.amazon.com/lambda/latest/api/API_LoggingConfig.html */
function readLogging(attempts: Attempts, fn: Resource, name: string) {
  const logging = fn.block('logging_config');
  const among = <T extends string>(attribute: string, values: readonly T[]): T | undefined => {
    const text = logging?.optionalText(attribute);
    const value = values.find((one) => one === text);
    if (text === undefined || value !== undefined) return value;
    throw new Error(
      `${fn.where}.logging_config.${attribute}: Lambda takes ${values.join(', ')}, received ${text}`,
    );
  };
  const logGroup = logging?.optionalText('log_group') ?? `/aws/lambda/${name}`;
  return {
    logGroup,
    hasLogGroup: attempts.findAnywhere('aws_cloudwatch_log_group', 'name', logGroup) !== undefined,
    logFormat: among('log_format', ['JSON', 'Text']) ?? 'Text',
    applicationLogLevel: among('application_log_level', ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL']),
    systemLogLevel: among('system_log_level', ['DEBUG', 'INFO', 'WARN']),
  };
}

/** What may stand behind the function's ARN, and the version that it means. */
function readQualifiers(attempts: Attempts, fn: Resource): Record<string, string> {
  const published = fn.text('version');
  const aliases = attempts
    .belonging('aws_lambda_alias', 'no function has the alias', (alias) =>
      alias.text('arn').startsWith(`${fn.text('arn')}:`),
    )
    .map((alias): [string, string] => [alias.text('name'), alias.text('function_version')]);
  return { [published]: published, ...Object.fromEntries(aliases) };
}

function readPermissions(attempts: Attempts, fn: Resource): InvokePermission[] {
  const names = [fn.text('function_name'), fn.text('arn')];
  return (
    attempts
      .belonging('aws_lambda_permission', 'what it permits is refused', (permission) =>
        names.includes(permission.text('function_name')),
      )
      // Those that hold for the function's URL alone let nobody else in.
      .filter((permission) => !permission.flag('invoked_via_function_url'))
      .map((permission) => {
        const qualifier = permission.optionalText('qualifier');
        const sourceArn = permission.optionalText('source_arn');
        return {
          action: permission.text('action'),
          principal: permission.text('principal'),
          sourceArn: sourceArn === undefined ? undefined : inLocalAccount(sourceArn),
          ...(qualifier !== undefined && { qualifier }),
        };
      })
  );
}

function layerVersion(configuration: Configuration, fn: Resource, arn: string): Resource {
  const layer = configuration.find('aws_lambda_layer_version', 'arn', arn);
  if (!layer) throw new Error(`${fn.where}.layers: the stack has no aws_lambda_layer_version ${arn}`);
  refuseGaps(layer);
  return layer;
}
