import { explanation } from '../../iam/denial';
import type { HttpResponse } from '../../server/request';
import { notServed } from '../../server/router';
import type { JwtAuthorizer, LambdaAuthorizer } from '../../terraform/model/authorizer';
import { authorizeSigned, iamIdentity, toInvoke } from '../authorizers/iam';
import { identityOf } from '../authorizers/identity-source';
import { IssuerUnreachable } from '../authorizers/issuers';
import { TokenError, verifyJwt } from '../authorizers/jwt';
import type { Ask } from '../authorizers/lambda-authorizer';
import { SignatureError } from '../authorizers/sigv4/signature-error';
import type { GatewayDependencies } from '../gateway';
import type { HttpCall, HttpIdentity } from './call';
import { ownAnswer } from './errors';
import { authorizerEvent, contextVariables } from './event';

type Authorized =
  | { readonly identity: HttpIdentity | undefined; readonly refusal?: undefined }
  | { readonly refusal: HttpResponse };

/** Lets the route's authorizer decide whether the request may call it. */
export async function authorize(
  call: HttpCall,
  ask: Ask,
  dependencies: GatewayDependencies,
): Promise<Authorized> {
  const { authorizer } = call.route;
  switch (authorizer?.kind) {
    case undefined:
      return { identity: undefined };
    case 'jwt':
      return authorizeToken(call, authorizer, dependencies);
    case 'iam':
      return verifySigner(call, dependencies);
    case 'lambda':
      return askFunction(call, authorizer, ask);
    case 'cognito':
      throw new Error('HTTP APIs have no Cognito authorizers');
  }
}

async function authorizeToken(
  call: HttpCall,
  authorizer: JwtAuthorizer,
  { keysOf, now, log }: GatewayDependencies,
): Promise<Authorized> {
  const { routeKey } = call.route;
  const [token] = identityOf([authorizer.identitySource], { ...call, stageVariables: {}, context: {} }) ?? [];
  if (token === undefined) return { refusal: challenge(401, 'Bearer') };
  try {
    const jwt = await verifyJwt(token, authorizer, keysOf(authorizer.issuer), now());
    return { identity: { shown: { jwt }, shownV1: { ...jwt } } };
  } catch (error) {
    if (error instanceof TokenError) {
      log(`${routeKey}: ${error.message}`);
      const scope = error.code === 'insufficient_scope' ? authorizer.scopes.join(' ') : '';
      const reason = `Bearer scope="${scope}" error="${error.code}" error_description="${error.message}"`;
      return { refusal: challenge(error.code === 'insufficient_scope' ? 403 : 401, reason) };
    }
    if (!(error instanceof IssuerUnreachable)) throw error;
    const { address } = authorizer;
    return { refusal: notServed({ address, reason: error.message, effect: `${routeKey} answers 501` }) };
  }
}

function verifySigner(call: HttpCall, { signers, now, log }: GatewayDependencies): Authorized {
  const { routeKey } = call.route;
  try {
    const { caller, denied } = authorizeSigned(call.request, toInvoke(routeArn(call)), signers, now());
    if (!denied) {
      const shownV1 = { claims: null, scopes: null };
      return { identity: { shown: { iam: iamIdentity(caller) }, shownV1, signer: caller } };
    }
    log(`${routeKey}: IAM: ${explanation(denied.request, denied.denial)}`);
  } catch (error) {
    if (!(error instanceof SignatureError)) throw error;
    log(`${routeKey}: ${error.code}: ${error.message}`);
  }
  return { refusal: ownAnswer(403) };
}

/** Of the request as it came: `arn:aws:execute-api:eu-west-1:000000000000:abc/$default/GET/items/1` */
function routeArn({ api, request, path }: HttpCall): string {
  return `${api.executionArn}/${api.stageName}/${request.method}${path}`;
}

async function askFunction(call: HttpCall, authorizer: LambdaAuthorizer, ask: Ask): Promise<Authorized> {
  const { api, request, route } = call;
  const { stageVariables } = api;
  const context = contextVariables(call);
  const identity = identityOf(authorizer.identitySources, { ...call, stageVariables, context });
  if (!identity) return { refusal: ownAnswer(401) };
  const arn = routeArn(call);
  const event = authorizerEvent(call, authorizer.event === '1.0' ? '1.0' : '2.0', arn, identity);
  const { sourceIp } = request;
  const verdict = await ask(authorizer, { route: route.routeKey, identity, event, arn, sourceIp });
  switch (verdict.outcome) {
    case 'allowed': {
      const { principalId, context: told, latency } = verdict;
      const shownV1 = { ...told, principalId, integrationLatency: latency };
      return { identity: { shown: { lambda: told ?? null }, shownV1 } };
    }
    case 'denied':
      return { refusal: ownAnswer(403) };
    case 'unauthorized':
      return { refusal: ownAnswer(401) };
    case 'failed':
      return { refusal: ownAnswer(500) };
  }
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-troubleshooting-jwt.html */
function challenge(status: 401 | 403, value: string): HttpResponse {
  const answer = ownAnswer(status);
  return { ...answer, headers: [...answer.headers, ['www-authenticate', value]] };
}
