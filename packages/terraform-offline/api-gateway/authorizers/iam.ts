import type { AccessAnalyzer } from '../../iam/access-analyzer';
import { ACCOUNT, parseArn } from '../../iam/arn';
import type { Caller, Callers } from '../../iam/callers';
import type { CompiledStatement, OnDecision, Denial, Request } from '../../iam/evaluate';
import { requestKeys } from '../../iam/request-keys';
import type { HttpRequest } from '../../server/request';
import { type SignatureScope, verifySignature } from './sigv4';

/** Who signed a request, and what keeps it from being answered: its policies, if they do. */
export interface Signed {
  readonly caller: Caller;
  readonly denied: { readonly request: Request; readonly denial: Denial } | undefined;
}

/** Who may sign, and what decides by their policies; undefined: they may do everything. */
export interface Signers {
  readonly callers: Callers;
  readonly analyzer: AccessAnalyzer | undefined;
  readonly onDecision?: OnDecision | undefined;
}

/** What whoever signed a request wants to do. */
interface Wanted {
  readonly service: SignatureScope['service'];
  /** All of them. */
  readonly actions: readonly string[];
  /** An ARN. */
  readonly resource: string;
  /** The resource's own policy. Default: it has none. */
  readonly policy?: readonly CompiledStatement[];
  /** The condition keys that only this service has. Default: none. */
  readonly keys?: Readonly<Record<string, string>>;
}

/**
 * Verifies a request's signature, and asks the policies of whoever signed it whether it may do that.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-control-access-using-iam-policies-to-invoke-api.html
 * @param now milliseconds since 1970
 * @throws SignatureError without a signature, or for one that does not hold
 */
export function authorizeSigned(
  request: HttpRequest,
  { service, actions, resource, policy, keys: own }: Wanted,
  { callers, analyzer }: Signers,
  now: number,
): Signed {
  const { region } = parseArn(resource);
  const accessKeyId = verifySignature(request, {
    region,
    service,
    credentialsOf: (id) => callers.get(id)?.credentials,
    now,
  });
  const caller = callers.get(accessKeyId)!;
  const { principal, identity } = caller;
  if (!analyzer || !identity) return { caller, denied: undefined };
  const { sourceIp } = request;
  const keys = requestKeys({ region, sourceIp, now: new Date(now), own: () => own ?? {} });
  for (const action of actions) {
    const asked = { action, resource, keys };
    const decision = analyzer.decide(identity, asked, policy);
    if (decision.outcome !== 'allowed') {
      return { caller, denied: { request: { principal, ...asked }, denial: decision } };
    }
  }
  return { caller, denied: undefined };
}

/**
 * To call this method or route, by its ARN as the request has it.
 * @param policy the API's own. Default: it has none
 */
export function toInvoke(resource: string, policy?: readonly CompiledStatement[]): Wanted {
  return { service: 'execute-api', actions: ['execute-api:Invoke'], resource, ...(policy && { policy }) };
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
