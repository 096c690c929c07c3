import type { RestApi } from '../../terraform/model';
import { notServed } from '../../server/not-served';
import { type GatewayDependencies, unservedOf } from '../dependencies';
import type { Gateway, GatewayResponse } from '../gateway';
import { BODY_LIMIT } from '../limits';
import { matchesMediaType } from '../media-type';
import { tokenBucket } from '../throttle';
import { unreadableText } from '../unreadable-text';
import { authorize } from './authorize';
import { GatewayError } from './gateway-error';
import { gatewayResponse } from './gateway-response';
import { integrationOf } from './integration';
import { resourceRouter } from './resource-router';
import { RestCall } from './rest-call';
import { requestValidator } from './validate-request';

/** Answers the requests of a REST API's stage. */
export function restGateway(api: RestApi, dependencies: GatewayDependencies): Gateway {
  const route = resourceRouter(api);
  const methods = new Map(
    api.methods.map((method) => [
      method,
      { validate: requestValidator(method), integrate: integrationOf(api, method, dependencies) },
    ]),
  );
  const admit = dependencies.enforceThrottling && api.throttling ? tokenBucket(api.throttling) : () => true;

  /** @throws GatewayError for every answer that is the gateway's own */
  const answer = async (call: RestCall): Promise<GatewayResponse> => {
    if (call.request.body.length > BODY_LIMIT) throw new GatewayError('bodyTooLarge');
    const method = call.match && methods.get(call.match.method);
    if (!method) {
      if (api.unserved) return notServed(api.unserved);
      dependencies.log(`${call.route}: ${api.name} has no such method`);
      throw new GatewayError('routeNotFound');
    }
    const unserved = unservedOf(call.method, dependencies);
    if (unserved) return notServed(unserved);
    authorize(call);
    if (!admit()) throw new GatewayError('throttled');
    method.validate(call);
    const unreadable =
      !matchesMediaType(call.contentType, api.binaryMediaTypes) && unreadableText(call.request.body);
    if (unreadable) dependencies.log(`${call.route}: ${unreadable}`);
    return method.integrate(call);
  };

  return async (request) => {
    const call = new RestCall(api, request, route(request.method, request.rawPath));
    const identity = [
      ['x-amzn-RequestId', call.requestId],
      ['x-amz-apigw-id', call.extendedRequestId],
    ] as const;
    try {
      const { status, headers, body } = await answer(call);
      return {
        status,
        headers: [...identity, ['X-Amzn-Trace-Id', call.traceId], ...headers],
        body: request.method === 'HEAD' ? '' : body,
      };
    } catch (error) {
      const { status, headers, body } = gatewayResponse(call, asGatewayError(error, call, dependencies));
      return { status, headers: [...identity, ...headers], body: request.method === 'HEAD' ? '' : body };
    }
  };
}

function asGatewayError(error: unknown, call: RestCall, { log }: GatewayDependencies): GatewayError {
  if (error instanceof GatewayError) return error;
  log(`${call.route}: ${error instanceof Error ? error.stack : String(error)}`);
  return new GatewayError('configuration');
}
