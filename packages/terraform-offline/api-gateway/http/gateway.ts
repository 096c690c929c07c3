import { headerPairs, headerValue, parseQuery } from '../../server/message';
import { BODY_LIMIT, type Gateway, type HttpRequest, type HttpResponse } from '../../server/request';
import { notServed } from '../../server/router';
import type { HttpApi } from '../../terraform/model/http-api';
import { askingFunctions } from '../authorizers/lambda-authorizer';
import { type GatewayDependencies, unservedOf } from '../gateway';
import { extendedRequestId, newTraceId } from '../identifiers';
import { throttle } from '../throttle';
import { authorize } from './authorization';
import type { HttpCall } from './call';
import { preflight, withCors } from './cors';
import { ownAnswer } from './errors';
import { integrate } from './integration';
import { decodePath, routeTable } from './router';

/** Answers the requests of an HTTP API's stage. */
export function httpGateway(api: HttpApi, dependencies: GatewayDependencies): Gateway {
  const routeOf = routeTable(api.routes);
  const ask = askingFunctions(dependencies);
  const admit = throttle(api.throttling, api.routes, dependencies);

  const answer = async (request: HttpRequest, requestId: string): Promise<HttpResponse> => {
    if (request.body.length > BODY_LIMIT) return ownAnswer(413);
    const path = decodePath(request.rawPath);
    if (path === undefined) return ownAnswer(400);
    const found = routeOf(request.method, path.routed);
    if (!found) {
      if (api.unserved) return notServed(api.unserved);
      dependencies.log(`${request.method} ${request.rawPath}: ${api.name} has no such route`);
      return ownAnswer(404);
    }
    const route = found.value;
    const unserved = unservedOf(route, dependencies);
    if (unserved) return notServed(unserved);
    const pathParameters = Object.fromEntries(
      Object.entries(found.parameters).map(([name, value]) => [name, decodeURIComponent(value)]),
    );
    const headers = headerPairs(request.rawHeaders);
    const receivedAt = new Date();
    const call: HttpCall = {
      api,
      request,
      route,
      path: path.shown,
      pathParameters,
      headers,
      query: parseQuery(request.rawQuery),
      requestId,
      traceId: headerValue(headers, 'x-amzn-trace-id') ?? newTraceId(receivedAt.getTime()),
      receivedAt,
    };
    const authorized = await authorize(call, ask, dependencies);
    if (authorized.refusal) return authorized.refusal;
    if (!admit(route)) return ownAnswer(429);
    return integrate({ ...call, identity: authorized.identity }, dependencies);
  };

  return async (request) => {
    const requestId = extendedRequestId();
    const response =
      (api.cors && preflight(api.cors, request)) ??
      withCors(
        api.cors,
        request,
        await answer(request, requestId).catch((error: unknown) => unexpected(error, request, dependencies)),
      );
    return {
      status: response.status,
      headers: [...response.headers, ['apigw-requestid', requestId]],
      body: request.method === 'HEAD' ? '' : response.body,
    };
  };
}

function unexpected(error: unknown, { method, rawPath }: HttpRequest, { log }: GatewayDependencies) {
  log(`${method} ${rawPath}: ${error instanceof Error ? error.stack : String(error)}`);
  return ownAnswer(500);
}
