import { refuseGaps } from '../coverage/gaps';
import type { Resource } from '../language/configuration/resource';
import type { HttpIntegration, HttpRoute, Unserved } from '../model';
import type { Attempts } from './attempts';
import { routeAuthorizer } from './authorizers';
import type { HttpStage } from './http-stages';
import { functionArnOf } from './integration-uri';

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
      authorizer: routeAuthorizer(route),
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

function readIntegration(integration: Resource, { variables }: HttpStage): HttpIntegration {
  refuseGaps(integration);
  const version = integration.text('payload_format_version', '1.0');
  if (version !== '1.0' && version !== '2.0') {
    throw new Error(`${integration.where}.payload_format_version: expected 1.0 or 2.0, received ${version}`);
  }
  return {
    functionArn: functionArnOf(integration, 'integration_uri', variables),
    payloadFormatVersion: version,
    timeoutMs: integration.number('timeout_milliseconds', TIMEOUT_MS),
  };
}

/** What quick create makes of the `target` of an API; its functions get payload 2.0. */
export function readTarget(api: Resource, { variables }: HttpStage): HttpIntegration {
  return {
    functionArn: functionArnOf(api, 'target', variables),
    payloadFormatVersion: '2.0',
    timeoutMs: TIMEOUT_MS,
  };
}
