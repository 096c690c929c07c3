import { parseArn } from '../../iam/arn';
import { explanation } from '../../iam/denial';
import { type CompiledStatement, compilePolicy, evaluate, type Request } from '../../iam/evaluate';
import { requestKeys } from '../../iam/request-keys';
import type { RestApi } from '../../terraform/model/rest-api';
import type { GatewayDependencies } from '../gateway';
import type { RestCall } from './call';
import { GatewayError } from './errors';

/** The statements of the API's own policy; undefined where it has none, or policies are left aside. */
export function policyOf(
  { policy }: RestApi,
  { enforcePolicies = true }: GatewayDependencies,
): ResourcePolicy {
  return enforcePolicies && policy ? compilePolicy(policy, 'resource-based policy') : undefined;
}

export type ResourcePolicy = readonly CompiledStatement[] | undefined;

/**
 * Refuses what the API's resource policy does not allow, or denies, before anybody knows who calls. For a request that
 * is signed, both policies decide together.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html
 * @returns what checks a request: it throws a GatewayError, and tells the log why
 */
export function resourcePolicy(
  resource: ResourcePolicy,
  { log, signers }: Pick<GatewayDependencies, 'log' | 'signers'>,
): (call: RestCall) => void {
  if (!resource) return () => undefined;
  return (call) => {
    const kind = call.method.authorizer?.kind;
    if (kind === 'iam') return;
    const request = invokeRequest(call);
    const decision = evaluate({ resource }, request);
    signers.onDecision?.(request, decision);
    if (decision.outcome === 'allowed') return;
    const isExplicit = decision.outcome === 'explicitly-denied';
    // A function's policy may allow what this one does not; who is known by a token alone needs both.
    if (!isExplicit && kind === 'lambda') return;
    log(`${call.route}: ${explanation(request, decision)}`);
    // Of the account, AWS shows the last four digits.
    const arn = request.resource.replace(/(?<=:)\d{8}(?=\d{4}:)/, '********');
    throw new GatewayError(
      'accessDenied',
      `User: anonymous is not authorized to perform: execute-api:Invoke on resource: ${arn}${isExplicit ? ' with an explicit deny' : ''}`,
    );
  };
}

/** What a call asks of IAM, as nobody in particular. */
function invokeRequest({ api, request }: RestCall): Request {
  return {
    principal: { kind: 'Anonymous', name: '' },
    action: 'execute-api:Invoke',
    resource: `${api.executionArn}/${api.stageName}/${request.method}${request.rawPath}`,
    keys: requestKeys({ region: parseArn(api.executionArn).region, sourceIp: request.sourceIp }),
  };
}
