import type { LambdaFunction } from '../../../../packages/terraform-offline/terraform/model/function';
import type { HttpApi } from '../../../../packages/terraform-offline/terraform/model/http-api';
import type { RestApi, RestMethod } from '../../../../packages/terraform-offline/terraform/model/rest-api';
import type { Stack } from '../../../../packages/terraform-offline/terraform/model/stack';
import type { Table } from '../../../../packages/terraform-offline/terraform/model/table';

/** Parts of a model as nobody synthesized it: what the page has to show of any system. */
export function table(name = 'notes'): Table {
  return {
    name,
    arn: `arn:aws:dynamodb:eu-west-1:000000000000:table/${name}`,
    keySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    attributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
  };
}

const EXECUTION_ARN = 'arn:aws:execute-api:eu-west-1:000000000000:abc123';

/** A function that may do `actions` on the table and is allowed to be invoked by the API. */
export function fn(
  name: string,
  actions: readonly string[],
  settings: Partial<LambdaFunction> = {},
): LambdaFunction {
  return {
    name,
    arn: `arn:aws:lambda:eu-west-1:000000000000:function:${name}`,
    handler: 'index.handler',
    runtime: 'nodejs24.x',
    codeDirectory: '/nowhere',
    layerDirectories: [],
    variables: {},
    timeoutSeconds: 10,
    memoryMb: 512,
    reservedConcurrency: undefined,
    logGroup: `/aws/lambda/${name}`,
    role: role(name, actions, table().arn),
    permissions: [
      {
        action: 'lambda:InvokeFunction',
        principal: 'apigateway.amazonaws.com',
        sourceArn: `${EXECUTION_ARN}/*`,
      },
    ],
    ...settings,
  };
}

export function role(name: string, actions: readonly string[], resource: string): LambdaFunction['role'] {
  const statement = {
    effect: 'Allow',
    actions,
    notActions: [],
    resources: [resource],
    notResources: [],
  } as const;
  return {
    name: `${name}-role`,
    arn: `arn:aws:iam::000000000000:role/${name}-role`,
    policies: [{ name, statements: [statement] }],
  };
}

/** A method `POST /notes` with a Lambda proxy integration. */
export function method(target: LambdaFunction | undefined, settings: Partial<RestMethod> = {}): RestMethod {
  return {
    httpMethod: 'POST',
    path: '/notes',
    resourceId: 'r1',
    apiKeyRequired: false,
    validateBody: false,
    validateParameters: false,
    requestParameters: {},
    requestModels: {},
    responses: [],
    integration: target && {
      type: 'AWS_PROXY',
      functionArn: target.arn,
      timeoutMs: 29_000,
      passthroughBehavior: 'WHEN_NO_MATCH',
      requestParameters: {},
      requestTemplates: {},
      responses: [],
    },
    ...settings,
  };
}

export function restApi(methods: readonly RestMethod[]): RestApi {
  return {
    kind: 'rest',
    id: 'abc123',
    name: 'notes-api',
    executionArn: EXECUTION_ARN,
    stageName: 'prod',
    stageVariables: {},
    throttling: undefined,
    binaryMediaTypes: [],
    methods,
    gatewayResponses: {},
  };
}

/** @param routes route key → function */
export function httpApi(routes: Readonly<Record<string, LambdaFunction>>): HttpApi {
  return {
    kind: 'http',
    id: 'abc123',
    name: 'notes-api',
    executionArn: EXECUTION_ARN,
    stageName: '$default',
    stageVariables: {},
    throttling: undefined,
    cors: undefined,
    routes: Object.entries(routes).map(([routeKey, { arn }]) => ({
      routeKey,
      integration: { functionArn: arn, payloadFormatVersion: '2.0', timeoutMs: 30_000 },
    })),
  };
}

/** A stack that the project does not know: a REST API with two routes, each with its function, and a table. */
export function stack(settings: Partial<Stack> = {}): Stack {
  const create = fn('CreateNote', ['dynamodb:PutItem', 'dynamodb:GetItem']);
  const read = fn('ReadNote', ['dynamodb:GetItem']);
  return {
    id: 'notes',
    region: 'eu-west-1',
    functions: [create, read],
    tables: [table()],
    apis: [restApi([method(create), method(read, { httpMethod: 'GET', path: '/notes/{id}' })])],
    outputs: { api_gateway_url: 'http://127.0.0.1:3000/notes/prod', names: ['CreateNote', 'ReadNote'] },
    sensitiveOutputs: {},
    unserved: [],
    ...settings,
  };
}
