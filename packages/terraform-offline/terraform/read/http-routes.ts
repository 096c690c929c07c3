import { refuseGaps } from '../coverage/gaps';
import type { Resource } from '../language/configuration/resource';
import type { HttpIntegration, HttpRoute } from '../model/http-api';
import type { Unserved } from '../model/unserved';
import type { Attempts } from './attempts';
import { routeAuthorizer } from './authorizers';
import type { HttpStage } from './http-stages';
import { functionArnOf, uriOf } from './integration-uri';
import { readParameterMapping } from './parameter-mapping';

/** Defaults: https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-integrations.html */
const TIMEOUT_MS = 30_000;

/** @returns why there is none where its key cannot be evaluated */
export function readHttpRoute(attempts: Attempts, route: Resource, stage: HttpStage): HttpRoute | Unserved {
  const keyed = attempts.attempt(
    { address: route.where, effect: 'requests that match no other route answer 501' },
    () => route.text('route_key'),
  );
  if (keyed.unserved) return keyed.unserved;
  const routeKey = keyed.value;
  const throttling = stage.routeThrottling.get(routeKey);
  const part = { address: route.where, effect: `${routeKey} answers 501` };
  const tried = attempts.attempt(part, () => {
    refuseGaps(route);
    return {
      routeKey,
      authorizer: routeAuthorizer(attempts, route),
      integration: integrationOf(route, stage),
      ...(throttling && { throttling }),
    };
  });
  return tried.unserved ? { routeKey, integration: undefined, unserved: tried.unserved } : tried.value;
}

function integrationOf(route: Resource, stage: HttpStage): HttpIntegration | undefined {
  const id = route.text('target', '').replace(/^integrations\//, '');
  const integration = route.configuration.find('aws_apigatewayv2_integration', 'id', id);
  return integration && readIntegration(integration, stage);
}

function readIntegration(integration: Resource, stage: HttpStage): HttpIntegration {
  refuseGaps(integration);
  if (integration.text('integration_type') === 'HTTP_PROXY') {
    return readBackend(integration, 'integration_uri', stage);
  }
  const version = integration.text('payload_format_version', '1.0');
  if (version !== '1.0' && version !== '2.0') {
    throw new Error(`${integration.where}.payload_format_version: expected 1.0 or 2.0, received ${version}`);
  }
  return {
    functionArn: functionArnOf(integration, 'integration_uri', stage.variables),
    payloadFormatVersion: version,
    timeoutMs: integration.number('timeout_milliseconds', TIMEOUT_MS),
    ...readParameterMapping(integration),
  };
}

function readBackend(integration: Resource, attribute: string, { variables }: HttpStage): HttpIntegration {
  const uri = uriOf(integration, attribute, variables);
  if (!/^https?:\/\//.test(uri)) {
    throw new Error(
      `${integration.where}.${attribute}: expected an http:// or https:// URL, received ${uri}`,
    );
  }
  return {
    uri,
    method: integration.text('integration_method', 'ANY'),
    timeoutMs: integration.number('timeout_milliseconds', TIMEOUT_MS),
    ...readParameterMapping(integration),
  };
}

/** What quick create makes of the `target` of an API: a URL, or a function, which gets payload 2.0. */
export function readTarget(api: Resource, stage: HttpStage): HttpIntegration {
  if (/^https?:/.test(api.text('target'))) return readBackend(api, 'target', stage);
  return {
    functionArn: functionArnOf(api, 'target', stage.variables),
    payloadFormatVersion: '2.0',
    timeoutMs: TIMEOUT_MS,
  };
}
