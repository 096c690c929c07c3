import { ApiGatewayIntegration } from '@cdktf/provider-aws/lib/api-gateway-integration';
import { ApiGatewayIntegrationResponse } from '@cdktf/provider-aws/lib/api-gateway-integration-response';
import { ApiGatewayMethod } from '@cdktf/provider-aws/lib/api-gateway-method';
import { ApiGatewayMethodResponse } from '@cdktf/provider-aws/lib/api-gateway-method-response';
import { ApiGatewayModel } from '@cdktf/provider-aws/lib/api-gateway-model';
import { ApiGatewayRequestValidator } from '@cdktf/provider-aws/lib/api-gateway-request-validator';
import type { TerraformResource } from 'cdktf';
import type { Construct } from 'constructs';
import type { MethodAuthorization } from './method-authorization';
import { answers, type FailureProps } from './event-answers';

export interface EventIntegrationProps extends FailureProps {
  readonly requestModel: RequestModel;
}

/** The body that a method takes. */
export interface RequestModel {
  /** Letters and digits. */
  readonly name: string;
  /** JSON schema, draft 4. */
  readonly schema: object;
}

/** Where a method stands in its API, who may call it, and the function behind it. */
export interface EventRoute extends MethodAuthorization {
  /** Of every answer. */
  readonly headers: Readonly<Record<string, string>>;
  /** Told apart from the API's other routes: `POST-things`. */
  readonly id: string;
  readonly restApiId: string;
  readonly resourceId: string;
  readonly httpMethod: string;
  readonly invokeArn: string;
}

/**
 * A method whose JSON body is the function's event, and whose answer is the function's result: AWS's non-proxy
 * integration. A body that does not fit the model does not reach the function.
 * @throws when the model's name is not one API Gateway takes, or is another model's already
 */
export function addEventIntegration(
  scope: Construct,
  { id, restApiId, resourceId, httpMethod, invokeArn, headers: ofAll, ...authorization }: EventRoute,
  { requestModel, ...failures }: EventIntegrationProps,
): TerraformResource[] {
  const model = modelOf(scope, restApiId, requestModel);
  const validator = new ApiGatewayRequestValidator(scope, `validator-${id}`, {
    restApiId,
    name: `${id} body`,
    validateRequestBody: true,
  });
  const method = new ApiGatewayMethod(scope, `method-${id}`, {
    restApiId,
    resourceId,
    httpMethod,
    ...authorization,
    requestValidatorId: validator.id,
    requestModels: { 'application/json': model.name },
  });
  const integration = new ApiGatewayIntegration(scope, `integration-${id}`, {
    restApiId,
    resourceId,
    httpMethod: method.httpMethod,
    type: 'AWS',
    integrationHttpMethod: 'POST',
    uri: invokeArn,
    // Any other media type is answered with 415 instead of being passed on unseen.
    passthroughBehavior: 'NEVER',
    requestTemplates: { 'application/json': '$input.body' },
  });
  const responses = answers(failures).flatMap((answer) => {
    const { status, templateHeaders, selectionPattern, template } = answer;
    const headers = { ...answer.headers, ...ofAll };
    const methodResponse = new ApiGatewayMethodResponse(scope, `method-response-${id}-${status}`, {
      restApiId,
      resourceId,
      httpMethod: method.httpMethod,
      statusCode: String(status),
      responseParameters: Object.fromEntries(
        [...Object.keys(headers), ...templateHeaders].map((name) => [parameter(name), true]),
      ),
    });
    const integrationResponse = new ApiGatewayIntegrationResponse(
      scope,
      `integration-response-${id}-${status}`,
      {
        restApiId,
        resourceId,
        httpMethod: integration.httpMethod,
        statusCode: methodResponse.statusCode,
        selectionPattern,
        responseParameters: Object.fromEntries(
          Object.entries(headers).map(([name, value]) => [parameter(name), `'${value}'`]),
        ),
        responseTemplates: template === undefined ? undefined : { 'application/json': template },
      },
    );
    return [methodResponse, integrationResponse];
  });
  return [model, validator, method, integration, ...responses];
}

/** A model belongs to its API: methods that take the same body share it. */
function modelOf(scope: Construct, restApiId: string, { name, schema }: RequestModel): ApiGatewayModel {
  if (!/^[a-zA-Z0-9]+$/.test(name)) {
    throw new Error(
      `${scope.node.path}: received the model name ${JSON.stringify(name)}; API Gateway takes letters and digits`,
    );
  }
  const id = `model-${name}`;
  const known = scope.node.tryFindChild(id);
  const text = JSON.stringify(schema);
  if (!(known instanceof ApiGatewayModel)) {
    return new ApiGatewayModel(scope, id, {
      restApiId,
      name,
      contentType: 'application/json',
      schema: text,
    });
  }
  if (known.schemaInput !== text) {
    throw new Error(
      `${scope.node.path}: received a second model ${name} with another schema; give it a name of its own`,
    );
  }
  return known;
}

function parameter(header: string): string {
  return `method.response.header.${header}`;
}
