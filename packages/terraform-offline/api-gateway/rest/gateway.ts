import type { Header } from '../../server/message';
import { BODY_LIMIT, type Gateway, type HttpResponse } from '../../server/request';
import { notServed } from '../../server/router';
import type { RestApi } from '../../terraform/model/rest-api';
import { askingFunctions } from '../authorizers/lambda-authorizer';
import { inLatin1, unreadableText } from '../forwarding';
import { type GatewayDependencies, unservedOf } from '../gateway';
import { throttle } from '../throttle';
import { authorize, useKey } from './authorization';
import { RestCall } from './call';
import { compressed, plainBody } from './compression';
import { isBinaryType } from './content-handling';
import { GatewayError } from './errors';
import { gatewayResponse } from './gateway-response';
import { integrate } from './integration';
import { Templates } from './mapping/template';
import { policyOf, resourcePolicy } from './resource-policy';
import { resourceRouter } from './router';
import { requestValidator } from './validation';

/** Answers the requests of a REST API's stage. */
export function restGateway(api: RestApi, dependencies: GatewayDependencies): Gateway {
  const route = resourceRouter(api);
  const validators = new Map(api.methods.map((method) => [method, requestValidator(method)]));
  const templates = new Templates();
  const ask = askingFunctions(dependencies);
  const admit = throttle(api.throttling, api.methods, dependencies);
  const policy = policyOf(api, dependencies);
  const allow = resourcePolicy(policy, dependencies);

  /** @throws GatewayError for every answer that is the gateway's own */
  const answer = async (call: RestCall): Promise<HttpResponse> => {
    if (sizeOf(call.headers) > HEADER_LIMIT) throw new GatewayError('headersTooLarge');
    if (call.request.body.length > BODY_LIMIT) throw new GatewayError('bodyTooLarge');
    call.body = await plainBody(call);
    const validate = call.match && validators.get(call.match.method);
    if (!validate) {
      if (api.unserved) return notServed(api.unserved);
      dependencies.log(`${call.route}: ${api.name} has no such method`);
      throw new GatewayError('routeNotFound');
    }
    const unserved = unservedOf(call.method, dependencies);
    if (unserved) return notServed(unserved);
    allow(call);
    const undecided = await authorize(call, ask, policy, dependencies);
    if (undecided) return notServed(undecided);
    useKey(call, dependencies.use);
    if (!admit(call.method)) throw new GatewayError('throttled');
    validate(call);
    const unreadable = !isBinaryType(call, call.contentType) && unreadableText(call.body);
    if (unreadable) dependencies.log(`${call.route}: ${unreadable}`);
    return compressed(call, await integrate(call, dependencies));
  };

  return async (request) => {
    const call = new RestCall(api, request, route(request.method, request.rawPath), templates);
    const identity = [
      ['x-amzn-RequestId', call.requestId],
      ['x-amz-apigw-id', call.extendedRequestId],
    ] as const;
    try {
      const { status, headers, body } = await answer(call);
      return {
        status,
        headers: [...identity, ['X-Amzn-Trace-Id', call.traceId], ...headers.map(inLatin1)],
        body: request.method === 'HEAD' ? '' : body,
      };
    } catch (error) {
      const { status, headers, body } = gatewayResponse(call, asGatewayError(error, call, dependencies));
      return { status, headers: [...identity, ...headers], body: request.method === 'HEAD' ? '' : body };
    }
  };
}

/** Bytes of all header values together. https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html */
const HEADER_LIMIT = 10_240;

function sizeOf(headers: readonly Header[]): number {
  return headers.reduce((size, [, value]) => size + value.length, 0);
}

function asGatewayError(error: unknown, call: RestCall, { log }: GatewayDependencies): GatewayError {
  if (error instanceof GatewayError) return error;
  log(`${call.route}: ${error instanceof Error ? error.stack : String(error)}`);
  return new GatewayError('configuration');
}
