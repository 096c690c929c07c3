import { isObject } from '../../is-object';
import type { Block } from '../language/configuration/block';
import { block, idWithin, type Json, resolve } from './openapi-document';

/**
 * Whom an operation lets in. API Gateway does not heed what a document says of all operations.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-authtype.html
 */
export function security(document: Json, apiId: string, where: string, operation: Json) {
  const schemes = isObject(document.components) ? document.components.securitySchemes : undefined;
  const wanted = (Array.isArray(operation.security) ? operation.security : []).flatMap((one: unknown) =>
    isObject(one) ? Object.entries(one) : [],
  );
  const method: Record<string, unknown> = { authorization: 'NONE' };
  let authorizer: Block | undefined;
  for (const [name, scopes] of wanted) {
    const scheme = isObject(schemes) ? resolve(document, schemes[name]) : {};
    const described = scheme['x-amazon-apigateway-authorizer'];
    if (isObject(described)) {
      authorizer = authorizerBlock(`${where} ${name}`, apiId, name, scheme, described);
      method.authorization = described.type === 'cognito_user_pools' ? 'COGNITO_USER_POOLS' : 'CUSTOM';
      method.authorization_scopes = scopes;
    } else if (scheme['x-amazon-apigateway-authtype'] === 'awsSigv4') {
      method.authorization = 'AWS_IAM';
    } else if (scheme.type === 'apiKey' && String(scheme.name).toLowerCase() === 'x-api-key') {
      method.api_key_required = true;
    }
  }
  const { type } = resolve(document, operation['x-amazon-apigateway-auth']);
  if (typeof type === 'string') method.authorization = type.toUpperCase();
  return { method, authorizer };
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-authorizer.html */
function authorizerBlock(where: string, apiId: string, name: string, scheme: Json, authorizer: Json): Block {
  const isRequest = authorizer.type === 'request';
  return block('aws_api_gateway_authorizer', where, {
    id: idWithin(apiId, name),
    rest_api_id: apiId,
    name,
    type: String(authorizer.type).toUpperCase(),
    authorizer_uri: authorizer.authorizerUri,
    authorizer_credentials: authorizer.authorizerCredentials,
    authorizer_result_ttl_in_seconds: authorizer.authorizerResultTtlInSeconds,
    // Tokens come in the header that the scheme names.
    identity_source:
      authorizer.identitySource ?? (isRequest ? undefined : `method.request.header.${String(scheme.name)}`),
    identity_validation_expression: authorizer.identityValidationExpression,
    provider_arns: authorizer.providerARNs,
  });
}
