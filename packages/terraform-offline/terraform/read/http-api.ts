import type { Block } from '../language/configuration/block';
import type { Configuration } from '../language/configuration/configuration';
import type { CorsConfiguration, HttpApi, HttpIntegration, HttpRoute, Throttling } from '../model';
import type { Resource } from '../language/configuration/resource';
import { functionArnOf } from './integration-uri';

/** An HTTP API per stage: one without a stage has no address. */
export function readHttpApis(configuration: Configuration): HttpApi[] {
  return configuration
    .all('aws_apigatewayv2_api')
    .flatMap((api) => belongingTo(api, 'aws_apigatewayv2_stage').map((stage) => readHttpApi(api, stage)));
}

function readHttpApi(api: Resource, stage: Resource): HttpApi {
  if (api.text('protocol_type') !== 'HTTP') {
    throw new Error(`${api.where}.protocol_type: locally HTTP only, received ${api.text('protocol_type')}`);
  }
  const cors = api.block('cors_configuration');
  return {
    kind: 'http',
    id: api.text('id'),
    name: api.text('name'),
    executionArn: api.text('execution_arn'),
    stageName: stage.text('name'),
    stageVariables: stage.textMap('stage_variables'),
    throttling: throttlingOf(stage.block('default_route_settings')),
    routes: belongingTo(api, 'aws_apigatewayv2_route').map(readRoute),
    cors: cors && readCors(cors),
  };
}

function readRoute(route: Resource): HttpRoute {
  const integrationId = route.text('target', '').replace(/^integrations\//, '');
  const integration = route.configuration.find('aws_apigatewayv2_integration', 'id', integrationId);
  return {
    routeKey: route.text('route_key'),
    authorizationType: route.text('authorization_type', 'NONE'),
    integration: integration && readIntegration(integration),
  };
}

/** Defaults: https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-integrations.html */
function readIntegration(integration: Resource): HttpIntegration {
  const version = integration.text('payload_format_version', '1.0');
  if (version !== '1.0' && version !== '2.0') {
    throw new Error(`${integration.where}.payload_format_version: expected 1.0 or 2.0, received ${version}`);
  }
  return {
    functionArn: functionArnOf(integration, 'integration_uri'),
    payloadFormatVersion: version,
    timeoutMs: integration.number('timeout_milliseconds', 30_000),
  };
}

function throttlingOf(settings: Block | undefined): Throttling | undefined {
  const rateLimit = settings?.optionalNumber('throttling_rate_limit');
  const burstLimit = settings?.optionalNumber('throttling_burst_limit');
  return rateLimit === undefined || burstLimit === undefined ? undefined : { rateLimit, burstLimit };
}

function readCors(cors: Block): CorsConfiguration {
  return {
    allowOrigins: cors.texts('allow_origins'),
    allowMethods: cors.texts('allow_methods'),
    allowHeaders: cors.texts('allow_headers'),
    exposeHeaders: cors.texts('expose_headers'),
    allowCredentials: cors.flag('allow_credentials'),
    maxAgeSeconds: cors.optionalNumber('max_age'),
  };
}

function belongingTo(api: Resource, type: string): Resource[] {
  const id = api.text('id');
  return api.configuration.all(type).filter((resource) => resource.text('api_id') === id);
}
