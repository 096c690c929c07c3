import type { Block } from '../language/configuration/block';
import type { CorsConfiguration, HttpApi, HttpIntegration, HttpRoute, Throttling, Unserved } from '../model';
import type { Resource } from '../language/configuration/resource';
import type { Attempts } from './attempts';
import { authorizationOf } from './authorization';
import { functionArnOf } from './integration-uri';

/** An HTTP API per stage: one without a stage has no address. */
export function readHttpApis(attempts: Attempts): HttpApi[] {
  return attempts.configuration.all('aws_apigatewayv2_api').flatMap((api) =>
    belongingTo(attempts, api, 'aws_apigatewayv2_stage', 'the stage is missing').flatMap((stage) => {
      const named = attempts.attempt({ address: stage.where, effect: 'the stage is missing' }, () =>
        stage.text('name'),
      );
      if (named.unserved) return [];
      const part = { address: api.where, effect: 'the API answers 501' };
      const tried = attempts.attempt(part, () => readHttpApi(attempts, api, stage));
      return tried.unserved ? [unservedApi(api, named.value, tried.unserved)] : [tried.value];
    }),
  );
}

function unservedApi(api: Resource, stageName: string, unserved: Unserved): HttpApi {
  return {
    kind: 'http',
    id: api.text('id'),
    name: api.name,
    executionArn: api.text('execution_arn'),
    stageName,
    stageVariables: {},
    throttling: undefined,
    routes: [],
    cors: undefined,
    unserved,
  };
}

function readHttpApi(attempts: Attempts, api: Resource, stage: Resource): HttpApi {
  if (api.text('protocol_type') !== 'HTTP') {
    throw new Error(`${api.where}.protocol_type: locally HTTP only, received ${api.text('protocol_type')}`);
  }
  api.refuse('body', 'an OpenAPI document is not served locally; write routes and integrations');
  const cors = api.block('cors_configuration');
  const stageVariables = stage.textMap('stage_variables');
  const routes = belongingTo(attempts, api, 'aws_apigatewayv2_route', 'the route is missing').map((route) =>
    readRoute(attempts, route, stageVariables),
  );
  return {
    kind: 'http',
    id: api.text('id'),
    name: api.text('name'),
    executionArn: api.text('execution_arn'),
    stageName: stage.text('name'),
    stageVariables,
    throttling: throttlingOf(stage.block('default_route_settings')),
    routes: routes.filter((route): route is HttpRoute => !isUnserved(route)),
    cors: cors && readCors(cors),
    unserved: routes.find(isUnserved),
  };
}

/** @returns why there is none where its key cannot be evaluated */
function readRoute(
  attempts: Attempts,
  route: Resource,
  stageVariables: HttpApi['stageVariables'],
): HttpRoute | Unserved {
  const keyed = attempts.attempt(
    { address: route.where, effect: 'requests that match no other route answer 501' },
    () => route.text('route_key'),
  );
  if (keyed.unserved) return keyed.unserved;
  const routeKey = keyed.value;
  const part = { address: route.where, effect: `${routeKey} answers 501` };
  const tried = attempts.attempt(part, () => ({
    routeKey,
    authorizationType: authorizationOf(route, 'authorization_type', 'NONE'),
    integration: integrationOf(route, stageVariables),
  }));
  return tried.unserved
    ? { routeKey, authorizationType: 'NONE', integration: undefined, unserved: tried.unserved }
    : tried.value;
}

function isUnserved(route: HttpRoute | Unserved): route is Unserved {
  return 'address' in route;
}

function integrationOf(route: Resource, stageVariables: HttpApi['stageVariables']) {
  const id = route.text('target', '').replace(/^integrations\//, '');
  const integration = route.configuration.find('aws_apigatewayv2_integration', 'id', id);
  return integration && readIntegration(integration, stageVariables);
}

/** Defaults: https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-integrations.html */
function readIntegration(integration: Resource, stageVariables: HttpApi['stageVariables']): HttpIntegration {
  integration.refuse('integration_subtype', 'locally integrations call Lambda functions only');
  const version = integration.text('payload_format_version', '1.0');
  if (version !== '1.0' && version !== '2.0') {
    throw new Error(`${integration.where}.payload_format_version: expected 1.0 or 2.0, received ${version}`);
  }
  return {
    functionArn: functionArnOf(integration, 'integration_uri', stageVariables),
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

function belongingTo(attempts: Attempts, api: Resource, type: string, effect: string): Resource[] {
  const id = api.text('id');
  return attempts.belonging(type, effect, (resource) => resource.text('api_id') === id);
}
