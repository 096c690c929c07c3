import { parseArn } from '../../iam/arn';
import type { Block } from '../language/configuration/block';
import type { Resource } from '../language/configuration/resource';
import type {
  Authorizer,
  CognitoAuthorizer,
  IdentitySource,
  JwtAuthorizer,
  LambdaAuthorizer,
} from '../model/authorizer';
import type { Attempts } from './attempts';
import { functionArnOf } from './integration-uri';
import { roleOfGateway } from './roles';

/**
 * Who decides about a route of an HTTP API. Undefined: nobody needs to.
 * @throws when it is none, or cannot be read
 */
export function routeAuthorizer(attempts: Attempts, route: Resource): Authorizer | undefined {
  const type = route.text('authorization_type', 'NONE');
  if (type === 'NONE') return undefined;
  if (type === 'AWS_IAM') return { kind: 'iam' };
  if (type !== 'JWT' && type !== 'CUSTOM') {
    throw new Error(
      `${route.where}.authorization_type: expected NONE, AWS_IAM, JWT or CUSTOM, received ${type}`,
    );
  }
  const authorizer = namedBy(attempts, route, 'aws_apigatewayv2_authorizer');
  const actual = authorizer.text('authorizer_type');
  if (actual !== (type === 'JWT' ? 'JWT' : 'REQUEST')) {
    throw new Error(
      `${authorizer.where}.authorizer_type: ${actual} is none for ${type}, which ${route.where} wants`,
    );
  }
  return type === 'JWT'
    ? jwtAuthorizer(authorizer, route.texts('authorization_scopes'))
    : httpLambdaAuthorizer(attempts, authorizer);
}

/**
 * Likewise, about a method of a REST API.
 * @param ownAuthorizer that of a method which names none
 */
export function methodAuthorizer(
  attempts: Attempts,
  method: Block,
  ownAuthorizer?: Block,
): Authorizer | undefined {
  const type = method.text('authorization');
  if (type === 'NONE') return undefined;
  if (type === 'AWS_IAM') return { kind: 'iam' };
  if (type !== 'COGNITO_USER_POOLS' && type !== 'CUSTOM') {
    throw new Error(
      `${method.where}.authorization: expected NONE, AWS_IAM, CUSTOM or COGNITO_USER_POOLS, received ${type}`,
    );
  }
  const authorizer = ownAuthorizer ?? namedBy(attempts, method, 'aws_api_gateway_authorizer');
  const actual = authorizer.text('type', 'TOKEN');
  if ((actual === 'COGNITO_USER_POOLS') !== (type === 'COGNITO_USER_POOLS')) {
    throw new Error(`${authorizer.where}.type: ${actual} is none for ${type}, which ${method.where} wants`);
  }
  return type === 'CUSTOM'
    ? restLambdaAuthorizer(attempts, authorizer)
    : cognitoAuthorizer(authorizer, method.texts('authorization_scopes'));
}

function namedBy(attempts: Attempts, methodOrRoute: Block, type: string): Resource {
  const id = methodOrRoute.text('authorizer_id');
  const authorizer = attempts.configuration.find(type, 'id', id);
  if (authorizer) return authorizer;
  throw new Error(`${methodOrRoute.where}.authorizer_id: the stack has no ${type} ${id}`);
}

function jwtAuthorizer(authorizer: Block, scopes: readonly string[]): JwtAuthorizer {
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

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-integrate-with-cognito.html */
function cognitoAuthorizer(authorizer: Block, scopes: readonly string[]): CognitoAuthorizer {
  const pools = authorizer.texts('provider_arns');
  const [identitySource] = restIdentitySources(authorizer);
  if (!identitySource || pools.length === 0) {
    throw new Error(`${authorizer.where}.provider_arns: expected the ARNs of user pools`);
  }
  return {
    kind: 'cognito',
    address: authorizer.where,
    identitySource,
    issuers: pools.map((arn) => {
      const { region, resource } = parseArn(arn);
      return `https://cognito-idp.${region}.amazonaws.com/${resource.replace(/^userpool\//, '')}`;
    }),
    audience: authorizer.optionalText('identity_validation_expression'),
    scopes,
  };
}

/** As long as an answer of a function's holds, in seconds, unless the configuration says otherwise. */
const TTL_SECONDS = 300;

/** https://docs.aws.amazon.com/apigateway/latest/api/API_CreateAuthorizer.html */
function restLambdaAuthorizer(attempts: Attempts, authorizer: Block): LambdaAuthorizer {
  const event = authorizer.text('type', 'TOKEN') === 'TOKEN' ? 'TOKEN' : 'REQUEST';
  return {
    ...lambdaAuthorizer(attempts, authorizer, 'authorizer_credentials', authorizer.text('rest_api_id')),
    event,
    identitySources: restIdentitySources(authorizer),
    // It is for tokens alone.
    validation: event === 'TOKEN' ? authorizer.optionalText('identity_validation_expression') : undefined,
    simpleResponses: false,
    ttlSeconds: authorizer.number('authorizer_result_ttl_in_seconds', TTL_SECONDS),
  };
}

/** https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-authorizers.html */
function httpLambdaAuthorizer(attempts: Attempts, authorizer: Block): LambdaAuthorizer {
  const event = authorizer.text('authorizer_payload_format_version');
  if (event !== '1.0' && event !== '2.0') {
    throw new Error(
      `${authorizer.where}.authorizer_payload_format_version: expected 1.0 or 2.0, received ${event}`,
    );
  }
  const simpleResponses = authorizer.flag('enable_simple_responses');
  if (simpleResponses && event === '1.0') {
    throw new Error(`${authorizer.where}.enable_simple_responses: payload format 1.0 has policies alone`);
  }
  const identitySources = authorizer.texts('identity_sources').map((source) => parse(authorizer, source));
  return {
    ...lambdaAuthorizer(attempts, authorizer, 'authorizer_credentials_arn', authorizer.text('api_id')),
    event,
    identitySources,
    validation: undefined,
    simpleResponses,
    // Without identity sources there is nothing to tell answers apart by.
    ttlSeconds:
      identitySources.length > 0 ? authorizer.number('authorizer_result_ttl_in_seconds', TTL_SECONDS) : 0,
  };
}

function lambdaAuthorizer(attempts: Attempts, authorizer: Block, credentials: string, apiId: string) {
  const functionArn = functionArnOf(authorizer, 'authorizer_uri', {});
  const { region, account } = parseArn(functionArn);
  return {
    kind: 'lambda',
    address: authorizer.where,
    functionArn,
    sourceArn: `arn:aws:execute-api:${region}:${account}:${apiId}/authorizers/${authorizer.text('id')}`,
    role: attempts.iam ? roleOfGateway(attempts, authorizer, credentials) : undefined,
  } as const;
}

/** A list in one text; without it, the header that tokens are usually in. */
function restIdentitySources(authorizer: Block): IdentitySource[] {
  return authorizer
    .text('identity_source', 'method.request.header.Authorization')
    .split(',')
    .map((source) => parse(authorizer, source));
}

/** `method.request.header.Authorization` of REST APIs, `$request.header.Authorization` of HTTP APIs. */
const IDENTITY_SOURCE =
  /^(?:(?:method\.|\$)request\.(?<part>header|querystring)|\$?(?<other>context|stageVariables))\.(?<name>.+)$/;

function parse(authorizer: Block, text: string): IdentitySource {
  const { part, other, name } = IDENTITY_SOURCE.exec(text.trim())?.groups ?? {};
  const from = (['header', 'querystring', 'context', 'stageVariables'] as const).find(
    (known) => known === (part ?? other),
  );
  if (from && name) return { from, name };
  throw new Error(
    `${authorizer.where}: ${text} is no identity source, such as $request.header.Authorization`,
  );
}
