import { refuseGaps } from '../coverage/gaps';
import type { Block } from '../language/configuration/block';
import type { GatewayResponse, RestApi } from '../model/rest-api';
import type { Unserved } from '../model/unserved';
import type { Resource } from '../language/configuration/resource';
import { segmentOf } from '../computed/api';
import type { Attempts } from './attempts';
import { isEndpointDisabled } from './domains';
import { readPolicy } from './policies';
import { type DeclaredMethod, readRestMethod } from './rest-methods';
import { readMethodSettings } from './rest-method-settings';
import { readOpenApiBody } from './rest-openapi';
import { methodsOfResources } from './rest-resources';
import { readStages, type Stage } from './rest-stages';
import { readUsagePlans } from './usage-plans';

/** A REST API per stage: one without a stage has no address. */
export function readRestApis(attempts: Attempts): RestApi[] {
  return attempts.configuration.all('aws_api_gateway_rest_api').flatMap((api) => {
    const part = { address: api.where, effect: 'the API answers 501' };
    return readStages(attempts, api).map((stage) => {
      const tried = attempts.attempt(part, () => readRestApi(attempts, api, stage));
      return tried.unserved ? unservedApi(api, stage, tried.unserved) : tried.value;
    });
  });
}

function unservedApi(api: Resource, stage: Stage, unserved: Unserved): RestApi {
  return {
    kind: 'rest',
    id: api.text('id'),
    name: api.name,
    executionArn: api.text('execution_arn'),
    segment: segmentOf(api),
    stageName: stage.name,
    stageVariables: {},
    throttling: undefined,
    binaryMediaTypes: [],
    methods: [],
    gatewayResponses: {},
    unserved,
  };
}

function readRestApi(attempts: Attempts, api: Resource, stage: Stage): RestApi {
  refuseGaps(api);
  const stageVariables = stage.variables();
  const throttlingOf = readMethodSettings(attempts, api, stage);
  const body = readOpenApiBody(attempts, api);
  const declared = methodsOfResources(attempts, api);
  const methods = declared.filter((method): method is DeclaredMethod => !isUnserved(method));
  const isDeclared = ({ httpMethod, path }: DeclaredMethod) =>
    methods.some((method) => method.httpMethod === httpMethod && method.path === path);
  // Terraform makes resources after the API and its document: theirs is the last word.
  methods.push(...body.methods.filter((method) => !isDeclared(method)));
  return {
    kind: 'rest',
    id: api.text('id'),
    name: api.text('name'),
    executionArn: api.text('execution_arn'),
    segment: segmentOf(api),
    isEndpointDisabled: isEndpointDisabled(attempts, api),
    stageName: stage.name,
    stageVariables,
    throttling: throttlingOf('*/*'),
    apiKeySource: apiKeySource(api) ?? apiKeySource(body.settings) ?? 'HEADER',
    usagePlans: readUsagePlans(attempts, api, stage.name),
    binaryMediaTypes: [...api.texts('binary_media_types'), ...body.settings.texts('binary_media_types')],
    minimumCompressionSize: minimumCompressionSize(api) ?? minimumCompressionSize(body.settings),
    methods: methods.map((method) => ({
      ...readRestMethod(attempts, method, stageVariables),
      throttling: throttlingOf(`${method.path}/${method.httpMethod}`),
    })),
    gatewayResponses: readGatewayResponses(attempts, api, body.gatewayResponses),
    ...readResourcePolicy(attempts, api, body.settings),
    unserved: declared.find(isUnserved),
  };
}

/** Its own, its document's, or the one that is written beside it: https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies.html */
function readResourcePolicy(attempts: Attempts, api: Resource, ofBody: Block): Pick<RestApi, 'policy'> {
  const [beside] = belongingTo(attempts, api, 'aws_api_gateway_rest_api_policy', 'it protects nothing');
  const holder = beside ?? [api, ofBody].find((one) => one.optionalText('policy') !== undefined);
  if (!holder) return {};
  const policy = readPolicy(attempts, (beside ?? api).address, holder);
  const arn = api.text('execution_arn');
  // `execute-api:/stage/METHOD/path` is short for the ARN.
  const inFull = (resource: string) => resource.replace(/^execute-api:(?=\/)/, arn);
  return {
    policy: {
      ...policy,
      statements: policy.statements.map((statement) => ({
        ...statement,
        resources: statement.resources.map(inFull),
        notResources: statement.notResources.map(inFull),
      })),
    },
  };
}

function isUnserved(method: DeclaredMethod | Unserved): method is Unserved {
  return 'address' in method;
}

/** By their types; a resource's counts more than the document's. */
function readGatewayResponses(
  attempts: Attempts,
  api: Resource,
  ofBody: readonly Block[],
): Record<string, GatewayResponse> {
  const effect = 'API Gateway’s own answer stands in its place';
  const ofResources = belongingTo(attempts, api, 'aws_api_gateway_gateway_response', effect);
  const responses = [...ofBody, ...ofResources].flatMap((response) => {
    const tried = attempts.attempt({ address: response.where, effect }, () => ({
      type: response.text('response_type'),
      statusCode: response.optionalNumber('status_code'),
      parameters: response.textMap('response_parameters'),
      templates: response.textMap('response_templates'),
    }));
    return tried.unserved ? [] : [tried.value];
  });
  return Object.fromEntries(responses.map(({ type, ...response }) => [type, response]));
}

function apiKeySource(api: Block): 'AUTHORIZER' | 'HEADER' | undefined {
  const source = api.optionalText('api_key_source');
  return source === undefined || source === 'HEADER' ? source : 'AUTHORIZER';
}

/** Terraform has empty texts and -1 for none. */
function minimumCompressionSize(api: Block): number | undefined {
  const size = api.text('minimum_compression_size', '');
  return size === '' || Number(size) < 0 ? undefined : api.number('minimum_compression_size');
}

function belongingTo(attempts: Attempts, api: Resource, type: string, effect: string): Resource[] {
  const id = api.text('id');
  return attempts.belonging(type, effect, (resource) => resource.text('rest_api_id') === id);
}
