import type { Block } from '../language/configuration/block';
import type { Resource } from '../language/configuration/resource';
import type { Authorizer, IdentitySource, JwtAuthorizer } from '../model';

/**
 * Who decides about a route of an HTTP API. Undefined: nobody needs to.
 * @throws when it is not one that is served locally
 */
export function routeAuthorizer(route: Resource): Authorizer | undefined {
  const type = route.text('authorization_type', 'NONE');
  switch (type) {
    case 'NONE':
      return undefined;
    case 'JWT':
      return jwtAuthorizer(
        namedBy(route, 'aws_apigatewayv2_authorizer'),
        route.texts('authorization_scopes'),
      );
    default:
      throw new Error(`${route.where}.authorization_type: ${type} is not verified locally; NONE and JWT are`);
  }
}

/** Likewise, about a method of a REST API. */
export function methodAuthorizer(method: Block): Authorizer | undefined {
  const type = method.text('authorization');
  if (type === 'NONE') return undefined;
  throw new Error(`${method.where}.authorization: ${type} is not verified locally; only NONE is served`);
}

function namedBy(methodOrRoute: Resource, type: string): Resource {
  const id = methodOrRoute.text('authorizer_id');
  const authorizer = methodOrRoute.configuration.find(type, 'id', id);
  if (authorizer) return authorizer;
  throw new Error(`${methodOrRoute.where}.authorizer_id: the stack has no ${type} ${id}`);
}

function jwtAuthorizer(authorizer: Resource, scopes: readonly string[]): JwtAuthorizer {
  const type = authorizer.text('authorizer_type');
  if (type !== 'JWT')
    throw new Error(`${authorizer.where}.authorizer_type: the route wants JWT, not ${type}`);
  const configuration = authorizer.block('jwt_configuration');
  const [identitySource] = authorizer.texts('identity_sources').map((source) => parse(authorizer, source));
  if (!identitySource) throw new Error(`${authorizer.where}.identity_sources: one is needed for tokens`);
  if (!configuration) throw new Error(`${authorizer.where}.jwt_configuration: it is needed for tokens`);
  return {
    kind: 'jwt',
    address: authorizer.where,
    identitySource,
    issuer: configuration.text('issuer'),
    audience: configuration.texts('audience'),
    scopes,
  };
}

/** `method.request.header.Authorization` of REST APIs, `$request.header.Authorization` of HTTP APIs. */
const IDENTITY_SOURCE =
  /^(?:(?:method\.|\$)request\.(?<part>header|querystring)|\$?(?<other>context|stageVariables))\.(?<name>.+)$/;

function parse(authorizer: Resource, text: string): IdentitySource {
  const { part, other, name } = IDENTITY_SOURCE.exec(text.trim())?.groups ?? {};
  const from = (['header', 'querystring', 'context', 'stageVariables'] as const).find(
    (known) => known === (part ?? other),
  );
  if (from && name) return { from, name };
  throw new Error(
    `${authorizer.where}: ${text} is no identity source, such as $request.header.Authorization`,
  );
}
