import type { RestApi } from '../../terraform/model';
import type { GatewayDependencies } from '../dependencies';
import type { Gateway, GatewayRequest, GatewayResponse } from '../gateway';
import { headerPairs, type Header } from '../headers';
import { traceId } from '../identifiers';
import { parseQuery } from '../query';
import { tokenBucket } from '../throttle';
import { authorize } from './authorize';
import { customIntegration } from './custom-integration';
import { GatewayError } from './gateway-error';
import { gatewayResponse } from './gateway-response';
import { proxyIntegration } from './proxy-integration';
import { requestContext, type RequestContext } from './request-context';
import { resourceRouter } from './resource-router';
import { routeOf, type RestCall } from './rest-call';
import { requestValidator } from './validate-request';

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html */
const MAX_BODY_BYTES = 10 * 1024 * 1024;

/** Answers the requests of a REST API's stage. */
export function restGateway(api: RestApi, dependencies: GatewayDependencies): Gateway {
  const route = resourceRouter(api);
  const validate = requestValidator();
  const integrate = { AWS_PROXY: proxyIntegration, AWS: customIntegration() };
  const admit = dependencies.enforceThrottling && api.throttling ? tokenBucket(api.throttling) : () => true;

  const answer = async (call: RestCall): Promise<GatewayResponse> => {
    authorize(call);
    if (!admit()) throw new GatewayError('throttled');
    validate(call);
    const { integration } = call.method;
    if (integration?.type !== 'AWS_PROXY' && integration?.type !== 'AWS') {
      dependencies.log(
        `${routeOf(call)}: expected an integration of type AWS_PROXY or AWS, received ${integration?.type ?? 'none'}`,
      );
      throw new GatewayError('configuration');
    }
    const response = await integrate[integration.type]({ ...call, integration }, dependencies);
    return { ...response, headers: [['X-Amzn-Trace-Id', call.traceId], ...response.headers] };
  };

  return async (request) => {
    const receivedAt = new Date();
    const found = route(request.method, request.rawPath);
    const context = requestContext(api, request, receivedAt, found?.method);
    const response = await (async () => {
      if (request.body.length > MAX_BODY_BYTES) throw new GatewayError('bodyTooLarge');
      if (!found) {
        dependencies.log(`${request.method} ${request.rawPath}: ${api.name} has no such method`);
        throw new GatewayError('routeNotFound');
      }
      return answer({ ...found, ...read(request, receivedAt), api, request, context });
    })().catch((error: unknown) => ownAnswer(error, api, request, context, dependencies));
    return identify(request.method === 'HEAD' ? { ...response, body: '' } : response, context);
  };
}

function read(request: GatewayRequest, receivedAt: Date) {
  const headers = headerPairs(request.rawHeaders);
  return {
    headers,
    // REST APIs split at semicolons too: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html
    query: parseQuery(request.rawQuery.replaceAll(';', '&')),
    traceId: traceId(headers, receivedAt),
  };
}

function ownAnswer(
  error: unknown,
  api: RestApi,
  request: GatewayRequest,
  context: RequestContext,
  { log }: GatewayDependencies,
): GatewayResponse {
  if (error instanceof GatewayError) return gatewayResponse(api, request, context, error);
  log(`${request.method} ${request.rawPath}: ${error instanceof Error ? error.stack : String(error)}`);
  return gatewayResponse(api, request, context, new GatewayError('configuration'));
}

function identify(
  response: GatewayResponse,
  { requestId, extendedRequestId }: RequestContext,
): GatewayResponse {
  const ids: Header[] = [
    ['x-amzn-RequestId', requestId],
    ['x-amz-apigw-id', extendedRequestId],
  ];
  return { ...response, headers: [...ids, ...response.headers] };
}
