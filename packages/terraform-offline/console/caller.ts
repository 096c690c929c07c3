import { sampleClaims } from '../api-gateway/authorizers/sample-claims';
import { routeTable } from '../api-gateway/http/router';
import { resourceRouter } from '../api-gateway/rest/router';
import { isLoopbackHost } from '../server/access-control';
import { headerPairs, headerValue } from '../server/message';
import type { HttpRequest } from '../server/request';
import type { Authorizer } from '../terraform/model/authorizer';
import type { Api } from '../terraform/model/stack';

/** Signs a token with the local issuer's key. */
export type SignToken = (claims: Readonly<Record<string, unknown>>) => Promise<string>;

/**
 * Whether the page asks, on this machine: nobody else is handed a token or a key, wherever the server listens. Browsers say
 * which site a request is from.
 * https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Sec-Fetch-Site
 */
export function isAskedByPage({ rawHeaders, sourceIp }: HttpRequest): boolean {
  const headers = headerPairs(rawHeaders);
  return (
    isLoopbackHost(sourceIp.replace(/^::ffff:/, '')) &&
    isLoopbackHost(headerValue(headers, 'host')) &&
    ['same-origin', undefined].includes(headerValue(headers, 'sec-fetch-site'))
  );
}

/**
 * The headers with which the page tries a route of an API: a token, or a key, that its authorizer takes. None where everyone is
 * let in, and where only the user knows what to send.
 * @param path within the stage: `/data/1`
 */
export async function callerHeaders(
  api: Api,
  method: string,
  path: string,
  signToken: SignToken,
): Promise<Record<string, string>> {
  switch (api.kind) {
    case 'rest': {
      const found = resourceRouter(api)(method, path)?.method;
      const key = api.usagePlans?.flatMap(({ keys }) => keys).find(({ enabled }) => enabled);
      const keyHeader: Record<string, string> =
        found?.apiKeyRequired && key ? { 'x-api-key': key.value } : {};
      return { ...keyHeader, ...(await tokenHeader(found?.authorizer, signToken)) };
    }
    case 'http':
      return tokenHeader(routeTable(api.routes)(method, path)?.value.authorizer, signToken);
    case 'function-url':
      return {};
  }
}

async function tokenHeader(
  authorizer: Authorizer | undefined,
  signToken: SignToken,
): Promise<Record<string, string>> {
  if (authorizer?.kind !== 'jwt' && authorizer?.kind !== 'cognito') return {};
  const { from, name } = authorizer.identitySource;
  return from === 'header' ? { [name]: await signToken(sampleClaims(authorizer)) } : {};
}
