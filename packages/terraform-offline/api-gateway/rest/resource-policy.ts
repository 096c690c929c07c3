import { compilePolicy, evaluate, type Request } from '../../iam/evaluate';
import { explanation } from '../../iam/refusal';
import { requestKeys } from '../../iam/request-keys';
import { parseArn } from '../../terraform/arn';
import type { RestApi } from '../../terraform/model/rest-api';
import type { GatewayDependencies } from '../gateway';
import type { RestCall } from './call';
import { GatewayError } from './errors';

/**
 * Refuses what the API's resource policy does not allow, or denies.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html
 * @returns what checks a request: it throws a GatewayError, and tells the log why
 */
export function resourcePolicy(
  { policy }: RestApi,
  { log, signers }: Pick<GatewayDependencies, 'log' | 'signers'>,
): (call: RestCall) => void {
  if (!policy) return () => undefined;
  const resource = compilePolicy(policy, 'resource-based policy');
  return (call) => {
    const request = invokeRequest(call);
    const decision = evaluate({ resource }, request);
    signers.decided?.(request, decision);
    if (decision.outcome === 'allowed') return;
    const isExplicit = decision.outcome === 'explicitly-denied';
    const kind = call.method.authorizer?.kind;
    // A function's policy, or a role's, may allow what this one does not; who is known by a token alone needs both.
    if (!isExplicit && (kind === 'lambda' || kind === 'iam')) return;
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
