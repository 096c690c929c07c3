import { refuseGaps } from '../coverage/gaps';
import type { GatewayResponse, RestApi, RestMethod, Throttling, Unserved } from '../model';
import type { Resource } from '../language/configuration/resource';
import { segmentOf } from '../computed/api';
import type { Attempts } from './attempts';
import { readRestMethod } from './rest-methods';
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
  const methods = belongingTo(attempts, api, 'aws_api_gateway_method', 'the method is missing').map(
    (method) => readRestMethod(attempts, api, method, stageVariables),
  );
  return {
    kind: 'rest',
    id: api.text('id'),
    name: api.text('name'),
    executionArn: api.text('execution_arn'),
    segment: segmentOf(api),
    stageName: stage.name,
    stageVariables,
    throttling: throttlingOf(attempts, api, stage.name),
    binaryMediaTypes: api.texts('binary_media_types'),
    apiKeySource: api.text('api_key_source', 'HEADER') === 'AUTHORIZER' ? 'AUTHORIZER' : 'HEADER',
    usagePlans: readUsagePlans(attempts, api, stage.name),
    methods: methods.filter((method): method is RestMethod => !isUnserved(method)),
    gatewayResponses: readGatewayResponses(attempts, api),
    unserved: methods.find(isUnserved),
  };
}

function isUnserved(method: RestMethod | Unserved): method is Unserved {
  return 'address' in method;
}

function readGatewayResponses(attempts: Attempts, api: Resource): Record<string, GatewayResponse> {
  const effect = 'API Gateway’s own answer stands in its place';
  const responses = belongingTo(attempts, api, 'aws_api_gateway_gateway_response', effect).flatMap(
    (response) => {
      const tried = attempts.attempt({ address: response.where, effect }, () => ({
        type: response.text('response_type'),
        statusCode: response.optionalNumber('status_code'),
        parameters: response.textMap('response_parameters'),
        templates: response.textMap('response_templates'),
      }));
      return tried.unserved ? [] : [tried.value];
    },
  );
  return Object.fromEntries(responses.map(({ type, ...response }) => [type, response]));
}

/** What the stage sets for all its methods; API Gateway has -1 for no limit. */
function throttlingOf(attempts: Attempts, api: Resource, stageName: string): Throttling | undefined {
  const settings = belongingTo(attempts, api, 'aws_api_gateway_method_settings', 'they hold for no method')
    .find((all) => all.text('stage_name') === stageName && all.text('method_path') === '*/*')
    ?.block('settings');
  const rateLimit = settings?.optionalNumber('throttling_rate_limit') ?? -1;
  const burstLimit = settings?.optionalNumber('throttling_burst_limit') ?? -1;
  return rateLimit < 0 || burstLimit < 0 ? undefined : { rateLimit, burstLimit };
}

function belongingTo(attempts: Attempts, api: Resource, type: string, effect: string): Resource[] {
  const id = api.text('id');
  return attempts.belonging(type, effect, (resource) => resource.text('rest_api_id') === id);
}
