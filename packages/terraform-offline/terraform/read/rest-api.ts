import type { Configuration } from '../language/configuration/configuration';
import type { GatewayResponse, RestApi, Throttling } from '../model';
import type { Resource } from '../language/configuration/resource';
import { readRestMethods } from './rest-methods';

/** A REST API per stage: one without a stage has no address. */
export function readRestApis(configuration: Configuration): RestApi[] {
  return configuration
    .all('aws_api_gateway_rest_api')
    .flatMap((api) => belongingTo(api, 'aws_api_gateway_stage').map((stage) => readRestApi(api, stage)));
}

function readRestApi(api: Resource, stage: Resource): RestApi {
  return {
    kind: 'rest',
    id: api.text('id'),
    name: api.text('name'),
    executionArn: api.text('execution_arn'),
    stageName: stage.text('stage_name'),
    stageVariables: stage.textMap('variables'),
    throttling: throttlingOf(api, stage.text('stage_name')),
    binaryMediaTypes: api.texts('binary_media_types'),
    methods: readRestMethods(api),
    gatewayResponses: Object.fromEntries(
      belongingTo(api, 'aws_api_gateway_gateway_response').map((response) => [
        response.text('response_type'),
        readGatewayResponse(response),
      ]),
    ),
  };
}

function readGatewayResponse(response: Resource): GatewayResponse {
  return {
    statusCode: response.optionalNumber('status_code'),
    parameters: response.textMap('response_parameters'),
    templates: response.textMap('response_templates'),
  };
}

/** What the stage sets for all its methods; API Gateway has -1 for no limit. */
function throttlingOf(api: Resource, stageName: string): Throttling | undefined {
  const settings = belongingTo(api, 'aws_api_gateway_method_settings')
    .find((all) => all.text('stage_name') === stageName && all.text('method_path') === '*/*')
    ?.block('settings');
  const rateLimit = settings?.optionalNumber('throttling_rate_limit') ?? -1;
  const burstLimit = settings?.optionalNumber('throttling_burst_limit') ?? -1;
  return rateLimit < 0 || burstLimit < 0 ? undefined : { rateLimit, burstLimit };
}

function belongingTo(api: Resource, type: string): Resource[] {
  const id = api.text('id');
  return api.configuration.all(type).filter((resource) => resource.text('rest_api_id') === id);
}
