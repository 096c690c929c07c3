import { denialMessage, explanation } from '../../iam/denial';
import type { CognitoAuthorizer, LambdaAuthorizer } from '../../terraform/model/authorizer';
import type { Unserved } from '../../terraform/model/unserved';
import { verifyCognito } from '../authorizers/cognito';
import { authorizeSigned, toInvoke } from '../authorizers/iam';
import { identityOf } from '../authorizers/identity-source';
import { IssuerUnreachable } from '../authorizers/issuers';
import { TokenError } from '../authorizers/jwt';
import type { Ask, Verdict } from '../authorizers/lambda-authorizer';
import { SignatureError } from '../authorizers/sigv4/signature-error';
import { keyInPlan, type Use } from '../authorizers/usage-plans';
import type { GatewayDependencies } from '../gateway';
import { matchesWhole } from '../java-pattern';
import type { RestCall } from './call';
import { GatewayError } from './errors';
import { authorizerEvent } from './event';
import type { ResourcePolicy } from './resource-policy';

/**
 * Lets the method's authorizer decide whether the request may call it, and notes what it found out.
 * @returns why it cannot be decided here; undefined when the request may
 * @throws GatewayError when it may not
 */
export async function authorize(
  call: RestCall,
  ask: Ask,
  policy: ResourcePolicy,
  dependencies: GatewayDependencies,
): Promise<Unserved | undefined> {
  const { authorizer } = call.method;
  switch (authorizer?.kind) {
    case undefined:
      return undefined;
    case 'cognito':
      return authorizeToken(call, authorizer, dependencies);
    case 'iam':
      verifySigner(call, policy, dependencies);
      return undefined;
    case 'lambda':
      await askFunction(call, authorizer, ask, policy);
      return undefined;
    case 'jwt':
      throw new Error('REST APIs have no JWT authorizers');
  }
}

async function authorizeToken(
  call: RestCall,
  authorizer: CognitoAuthorizer,
  { keysOf, now, log }: GatewayDependencies,
): Promise<Unserved | undefined> {
  const [token] = identityIn(call, [authorizer.identitySource]) ?? [];
  if (token === undefined) throw new GatewayError('unauthorized');
  try {
    const { claims } = await verifyCognito(token, authorizer, keysOf, now());
    call.identify({ authorizer: { claims } });
    return undefined;
  } catch (error) {
    if (error instanceof TokenError) {
      log(`${call.route}: ${error.message}`);
      throw new GatewayError(
        'unauthorized',
        error.message === 'the token has expired' ? 'The incoming token has expired' : undefined,
      );
    }
    if (!(error instanceof IssuerUnreachable)) throw error;
    return { address: authorizer.address, reason: error.message, effect: `${call.route} answers 501` };
  }
}

const SIGNATURE_ERRORS = {
  IncompleteSignatureException: 'signatureIncomplete',
  InvalidSignatureException: 'signatureInvalid',
  MissingAuthenticationTokenException: 'routeNotFound',
  UnrecognizedClientException: 'keyUnknown',
} as const;

function verifySigner(
  call: RestCall,
  policy: ResourcePolicy,
  { signers, now, log }: GatewayDependencies,
): void {
  try {
    const { caller, denied } = authorizeSigned(
      call.request,
      toInvoke(methodArn(call), policy),
      signers,
      now(),
    );
    if (denied) {
      log(`${call.route}: IAM: ${explanation(denied.request, denied.denial)}`);
      // As AWS does, the answer keeps the account to itself.
      const resource = denied.request.resource.replace(/:\d{8}(\d{4}):/, ':********$1:');
      throw new GatewayError('accessDenied', denialMessage({ ...denied.request, resource }, denied.denial));
    }
    call.identify({ signer: caller });
  } catch (error) {
    if (!(error instanceof SignatureError)) throw error;
    log(`${call.route}: ${error.code}: ${error.message}`);
    throw new GatewayError(SIGNATURE_ERRORS[error.code], error.message);
  }
}

async function askFunction(
  call: RestCall,
  authorizer: LambdaAuthorizer,
  ask: Ask,
  policy: ResourcePolicy,
): Promise<void> {
  const identity = identityIn(call, authorizer.identitySources);
  const { validation } = authorizer;
  const token = identity?.[0] ?? '';
  if (!identity || (validation && !matchesWhole(validation, token))) {
    throw new GatewayError('unauthorized');
  }
  const arn = methodArn(call);
  const type = authorizer.event === 'TOKEN' ? 'TOKEN' : 'REQUEST';
  const event = authorizerEvent(call, type, arn, token);
  const { sourceIp } = call.request;
  const question = { route: call.route, identity, event, arn, sourceIp, ...(policy && { policy }) };
  const verdict = await ask(authorizer, question);
  switch (verdict.outcome) {
    case 'allowed': {
      const context = contextOf(verdict);
      if (!context) throw new GatewayError('authorizerFailed');
      call.identify({ authorizer: context, usageKey: verdict.usageKey });
      return;
    }
    case 'denied':
      throw new GatewayError('accessDenied', DENIALS[verdict.isExplicit ? 'explicit' : 'implicit']);
    case 'unauthorized':
      throw new GatewayError('unauthorized');
    case 'failed':
      throw new GatewayError('authorizerFailed');
  }
}

const DENIALS = {
  explicit:
    'User is not authorized to access this resource with an explicit deny in an identity-based policy',
  implicit:
    'User is not authorized to access this resource because no identity-based policy allows the execute-api:Invoke action',
};

/**
 * What the integration is told: texts, whatever they were. Undefined where a value is a list or an object, or where there
 * is no principal: REST APIs have no use for such an answer.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-output.html
 */
function contextOf({ principalId, context = {}, latency }: Extract<Verdict, { outcome: 'allowed' }>) {
  const values = Object.entries(context);
  const isFlat = values.every(([, value]) => ['string', 'number', 'boolean'].includes(typeof value));
  if (principalId === undefined || !isFlat) return undefined;
  const texts = values.map(([name, value]) => [name, String(value)]);
  return {
    ...(Object.fromEntries(texts) as Record<string, string>),
    principalId,
    integrationLatency: latency,
  };
}

function identityIn(call: RestCall, sources: LambdaAuthorizer['identitySources']) {
  const { headers, query, context } = call;
  return identityOf(sources, { headers, query, context, stageVariables: call.api.stageVariables });
}

/** Of the request as it came: `arn:aws:execute-api:eu-west-1:000000000000:abc/prod/GET/items/1` */
function methodArn({ api, request }: RestCall): string {
  return `${api.executionArn}/${api.stageName}/${request.method}${request.rawPath.replace(/^\/*/, '/')}`;
}

/**
 * Asks for an API key, where the method wants one, and counts the request against its usage plan.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-usage-plans.html
 * @throws GatewayError for a key that is missing, unknown, disabled or in no plan of the stage, and beyond the plan
 */
export function useKey(call: RestCall, use: Use): void {
  const { api, method } = call;
  if (!method.apiKeyRequired) return;
  const value = api.apiKeySource === 'AUTHORIZER' ? call.identity.usageKey : call.header('x-api-key');
  const found = keyInPlan(api, value);
  if (!found) throw new GatewayError('apiKeyInvalid');
  call.identify({ apiKey: found.key });
  const refused = use(found, api, method);
  if (refused) throw new GatewayError(refused === 'throttled' ? 'throttled' : 'quotaExceeded');
}
