import { refuseGaps } from '../coverage/gaps';
import type { HttpApi, HttpRoute } from '../model/http-api';
import type { Unserved } from '../model/unserved';
import type { Resource } from '../language/configuration/resource';
import { segmentOf } from '../computed/api';
import type { Attempts } from './attempts';
import { readCors } from './cors';
import { isEndpointDisabled } from './domains';
import { readHttpRoute, readTarget } from './http-routes';
import { type HttpStage, QUICK_STAGE, readHttpStage } from './http-stages';

/** An HTTP API per stage: one without a stage has no address. */
export function readHttpApis(attempts: Attempts): HttpApi[] {
  return attempts.configuration.all('aws_apigatewayv2_api').flatMap((api) => {
    const part = { address: api.where, effect: 'the API answers 501' };
    const stages = stagesOf(attempts, api);
    if (stages.length === 0) {
      const reason = `${api.where}: it has no aws_apigatewayv2_stage, and so no address`;
      attempts.note({ ...part, reason, effect: 'none of its routes can be reached' });
    }
    return stages.map((stage) => {
      const base = {
        kind: 'http',
        id: api.text('id'),
        executionArn: api.text('execution_arn'),
        segment: segmentOf(api),
        stageName: stage.name,
        stageVariables: stage.variables,
        throttling: stage.throttling,
      } as const;
      const tried = attempts.attempt(part, () => ({ ...base, ...readHttpApi(attempts, api, stage) }));
      if (!tried.unserved) return tried.value;
      return { ...base, name: api.name, routes: [], cors: undefined, unserved: tried.unserved };
    });
  });
}

/** The stages that are written, and the one that quick create makes. */
function stagesOf(attempts: Attempts, api: Resource): HttpStage[] {
  const effect = 'the stage is missing';
  const written = belongingTo(attempts, api, 'aws_apigatewayv2_stage', effect).flatMap((stage) => {
    const tried = attempts.attempt({ address: stage.where, effect }, () => readHttpStage(attempts, stage));
    return tried.unserved ? [] : [tried.value];
  });
  const quick = attempts.attempt({ address: api.where, effect }, () => api.optionalText('target'));
  return quick.unserved || quick.value === undefined ? written : [...written, QUICK_STAGE];
}

type Contents = Pick<HttpApi, 'name' | 'isEndpointDisabled' | 'routes' | 'cors' | 'unserved'>;

function readHttpApi(attempts: Attempts, api: Resource, stage: HttpStage): Contents {
  refuseGaps(api);
  const cors = api.block('cors_configuration');
  const written = belongingTo(attempts, api, 'aws_apigatewayv2_route', 'the route is missing').map((route) =>
    readHttpRoute(attempts, route, stage),
  );
  const routes = [...written, ...quickRoute(attempts, api, stage)];
  return {
    name: api.text('name'),
    isEndpointDisabled: isEndpointDisabled(attempts, api),
    // Of a stage that was never deployed, AWS serves nothing.
    routes: stage.isDeployed ? routes.filter((route): route is HttpRoute => !isUnserved(route)) : [],
    cors: cors && readCors(cors),
    unserved: stage.isDeployed ? routes.find(isUnserved) : undefined,
  };
}

function isUnserved(route: HttpRoute | Unserved): route is Unserved {
  return 'address' in route;
}

/**
 * The route that quick create makes of `target` and `route_key`.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-examples.html (quick create)
 */
function quickRoute(attempts: Attempts, api: Resource, stage: HttpStage): HttpRoute[] {
  if (api.optionalText('target') === undefined) return [];
  const routeKey = api.text('route_key', '$default');
  const route = { routeKey, integration: undefined };
  const part = { address: api.where, effect: `${routeKey} answers 501` };
  const tried = attempts.attempt(part, () => readTarget(api, stage));
  return [tried.unserved ? { ...route, unserved: tried.unserved } : { ...route, integration: tried.value }];
}

function belongingTo(attempts: Attempts, api: Resource, type: string, effect: string): Resource[] {
  const id = api.text('id');
  return attempts.belonging(type, effect, (resource) => resource.text('api_id') === id);
}
