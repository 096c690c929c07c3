import { arnLike } from '../iam/wildcards';
import type { InvocationResult } from '../lambda/invoker';
import type { LambdaFunction } from '../terraform/model/function';
import type { HttpApi, HttpRoute } from '../terraform/model/http-api';
import type { RestApi, RestMethod } from '../terraform/model/rest-api';
import type { GatewayDependencies } from './gateway';
import { PATH_PARAMETER } from './path-router';

interface IntegrationTarget {
  /** `POST /data`: what the log calls the route. */
  readonly route: string;
  readonly functionArn: string;
  /** What the function's permission has to allow; undefined where the policies of a role have decided. */
  readonly sourceArn: string | undefined;
  readonly timeoutMs: number;
  /** `Event`: nobody waits for the function. Default: `RequestResponse`. */
  readonly invocationType?: 'Event' | 'RequestResponse';
}

type CallOutcome = InvocationResult | { readonly outcome: 'not-permitted' | 'timed-out' };

/**
 * Invokes an integration's function as API Gateway does: only if permitted, and only for so long.
 * @param payload the event as JSON text
 * @returns an empty success at once where nobody waits for the function
 */
export async function invokeFunction(
  target: IntegrationTarget,
  payload: string,
  { invoke, invokeAsync, functionByArn, log, enforceTimeouts = true }: GatewayDependencies,
): Promise<CallOutcome> {
  const { route, functionArn, timeoutMs } = target;
  const fn = functionByArn(functionArn);
  const refusal = refusalOf(fn, target);
  if (refusal !== undefined) {
    log(`${route}: ${refusal}`);
    return { outcome: 'not-permitted' };
  }
  if (target.invocationType === 'Event') {
    return invokeAsync({ functionArn, payload }) ?? { outcome: 'success', payload: '' };
  }
  if (!enforceTimeouts) return invoke({ functionArn, payload });
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      log(`${route}: ${fn?.name} did not answer within ${timeoutMs} ms`);
      resolve({ outcome: 'timed-out' });
    }, timeoutMs);
    void invoke({ functionArn, payload }).then((result) => {
      clearTimeout(timer);
      resolve(result);
    });
  });
}

/** Why the function may not be invoked; undefined when it may. */
function refusalOf(
  fn: LambdaFunction | undefined,
  { functionArn, sourceArn }: IntegrationTarget,
): string | undefined {
  if (!fn) return `the integration names a function that no stack has: ${functionArn}`;
  if (sourceArn === undefined || allowsInvocation(fn, sourceArn)) return undefined;
  return (
    `Invalid permissions on Lambda function: ${fn.name} has no aws_lambda_permission for ` +
    `apigateway.amazonaws.com with a source_arn that covers ${sourceArn}`
  );
}

/** What has been decided: each route asks the same with every request. */
const decided = new WeakMap<LambdaFunction, Map<string, boolean>>();

/** Whether the function's resource-based policy lets a service invoke it from this ARN. */
export function allowsInvocation(
  fn: LambdaFunction,
  sourceArn: string,
  service = 'apigateway.amazonaws.com',
): boolean {
  const ofFunction = decided.get(fn) ?? new Map<string, boolean>();
  decided.set(fn, ofFunction);
  const caller = `${service} ${sourceArn}`;
  const known = ofFunction.get(caller);
  if (known !== undefined) return known;
  const allows = fn.permissions.some(
    (permission) =>
      ['lambda:InvokeFunction', 'lambda:*', '*'].includes(permission.action) &&
      [service, '*'].includes(permission.principal) &&
      (permission.sourceArn === undefined || arnLike(permission.sourceArn, sourceArn)),
  );
  ofFunction.set(caller, allows);
  return allows;
}

/**
 * What AWS compares with a permission's `source_arn`: the method's ARN with `*` for each path parameter. A permission
 * that spells out `{id}` matches nothing (https://github.com/aws/serverless-application-model/issues/110).
 */
export function restSourceArn(
  { executionArn, stageName }: Pick<RestApi, 'executionArn' | 'stageName'>,
  { httpMethod, path }: Pick<RestMethod, 'httpMethod' | 'path'>,
): string {
  const method = httpMethod === 'ANY' ? '*' : httpMethod;
  return `${executionArn}/${stageName}/${method}${path.replace(PATH_PARAMETER, '*')}`;
}

/**
 * The route key as it stands, so that a permission may spell `{id}` out or say `*`:
 * https://github.com/aws/aws-cdk/blob/main/packages/aws-cdk-lib/aws-apigatewayv2-integrations/lib/http/lambda.ts
 */
export function httpSourceArn(
  { executionArn, stageName }: Pick<HttpApi, 'executionArn' | 'stageName'>,
  { routeKey }: Pick<HttpRoute, 'routeKey'>,
): string {
  return `${executionArn}/${stageName}/${routeKey.replace(' ', '')}`;
}
