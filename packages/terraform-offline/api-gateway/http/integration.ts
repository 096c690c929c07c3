import type { HttpResponse } from '../../server/request';
import type { LambdaHttpIntegration } from '../../terraform/model/http-api';
import { unreadableText } from '../forwarding';
import type { GatewayDependencies } from '../gateway';
import { httpSourceArn, invokeFunction } from '../invocation';
import { askBackend } from './backend';
import type { HttpCall } from './call';
import { ownAnswer } from './errors';
import { eventV1, eventV2, isTextBody } from './event';
import { mappedRequest, mappedResponse } from './mapping/parameters';
import { httpResponse } from './response';

/** AWS documents no answer for a throttled function; 503 is the one an overloaded integration has. */
const REFUSALS = { 'request-too-large': 413, throttled: 503, 'not-found': 500 } as const;

/** What comes of an integration: its response, or the gateway's own answer, which mappings leave alone. */
interface Integrated {
  readonly isOwn: boolean;
  readonly response: HttpResponse;
}

/** Sends a routed request where its route's integration says, and makes an answer of what comes back. */
export async function integrate(call: HttpCall, dependencies: GatewayDependencies): Promise<HttpResponse> {
  const { routeKey, integration } = call.route;
  const log = (line: string) => {
    dependencies.log(`${routeKey}: ${line}`);
  };
  if (!integration) {
    log('the route has no integration');
    return ownAnswer(500);
  }
  const mapped = mappedRequest(call, integration.requestParameters);
  const { isOwn, response } =
    'functionArn' in integration
      ? await askFunction(mapped, integration, dependencies, log)
      : await askBackend(mapped, integration, dependencies, log);
  if (isOwn) return response;
  return mappedResponse(call, response, integration.responseParameters?.[response.status]);
}

async function askFunction(
  call: HttpCall,
  { payloadFormatVersion: version, functionArn, timeoutMs }: LambdaHttpIntegration,
  dependencies: GatewayDependencies,
  log: (line: string) => void,
): Promise<Integrated> {
  const { api, route } = call;
  const unreadable = isTextBody(call) && unreadableText(call.request.body);
  if (unreadable) log(unreadable);
  const target = { route: route.routeKey, functionArn, sourceArn: httpSourceArn(api, route), timeoutMs };
  const event = version === '1.0' ? eventV1(call) : eventV2(call);
  const result = await invokeFunction(target, JSON.stringify(event), dependencies);
  const own = (status: Parameters<typeof ownAnswer>[0]) => ({ isOwn: true, response: ownAnswer(status) });
  switch (result.outcome) {
    case 'success': {
      const response = httpResponse(version, result.payload);
      if (response) return { isOwn: false, response };
      log(`received ${result.payload.slice(0, 200)}, which is no response of payload format ${version}`);
      return own(500);
    }
    case 'function-error':
      log(`the function failed: ${result.errorType}: ${result.errorMessage}`);
      return own(500);
    case 'timed-out':
      return own(503);
    case 'not-permitted':
      return own(500);
    case 'refused':
      log(`Lambda refused the invocation: ${result.message}`);
      return own(REFUSALS[result.reason]);
  }
}
