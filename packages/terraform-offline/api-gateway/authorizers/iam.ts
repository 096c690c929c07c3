import type { Caller, Callers } from '../../iam/callers';
import { type Denial, evaluate, type Request } from '../../iam/evaluate';
import { requestKeys } from '../../iam/request-keys';
import type { GatewayRequest } from '../../server/request';
import { ACCOUNT } from '../../terraform/account';
import { parseArn } from '../../terraform/arn';
import { verifySignature } from './sigv4';

/** Who signed a request, and what keeps it from being answered: its policies, if they do. */
export interface Signed {
  readonly caller: Caller;
  readonly denied: { readonly request: Request; readonly denial: Denial } | undefined;
}

/** Who may sign, and whether their policies are enforced. */
export interface Signers {
  readonly callers: Callers;
  readonly iam: boolean;
}

/**
 * Verifies a request's signature, and asks the policies of whoever signed it whether it may invoke this.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-control-access-using-iam-policies-to-invoke-api.html
 * @param resource the ARN of the method or route as the request has it
 * @param now milliseconds since 1970
 * @throws SignatureError without a signature, or for one that does not hold
 */
export function authorizeSigned(
  request: GatewayRequest,
  resource: string,
  { callers, iam }: Signers,
  now: number,
): Signed {
  const { region } = parseArn(resource);
  const accessKeyId = verifySignature(request, {
    region,
    service: 'execute-api',
    credentialsOf: (id) => callers.get(id)?.credentials,
    now,
  });
  const caller = callers.get(accessKeyId)!;
  const { principal, policies } = caller;
  if (!iam || !policies) return { caller, denied: undefined };
  const keys = requestKeys({ region, sourceIp: request.sourceIp, now: new Date(now) });
  const asked = { principal, action: 'execute-api:Invoke', resource, keys };
  const decision = evaluate(policies, asked);
  if (decision.outcome === 'allowed') return { caller, denied: undefined };
  return { caller, denied: { request: asked, denial: decision } };
}

/** What events show of a caller: `requestContext.authorizer.iam` of payload 2.0. */
export function iamIdentity({ credentials, id, arn }: Caller) {
  return {
    accessKey: credentials.accessKeyId,
    accountId: ACCOUNT,
    callerId: id,
    cognitoIdentity: null,
    principalOrgId: null,
    userArn: arn,
    userId: id,
  };
}

/** The same in `requestContext.identity` of payload 1.0. */
export function iamIdentityV1(caller: Caller) {
  const { accessKey, accountId, userArn, userId } = iamIdentity(caller);
  return { accessKey, accountId, caller: userId, user: userId, userArn };
}
