import type { GatewayResponse } from '../../server/request';
import type { GatewayDependencies } from '../gateway';
import { httpSourceArn, invokeFunction } from '../invocation';
import { unreadableText } from '../message';
import type { HttpCall } from './call';
import { ownAnswer } from './errors';
import { eventV1, eventV2, isTextBody } from './event';
import { httpResponse } from './response';

/** AWS documents no answer for a throttled function; 503 is the one an overloaded integration has. */
const REFUSALS = { 'request-too-large': 413, throttled: 503, 'not-found': 500 } as const;

/** Sends a routed request to the route's function, and makes an answer of what comes back. */
export async function integrate(call: HttpCall, dependencies: GatewayDependencies): Promise<GatewayResponse> {
  const { api, route } = call;
  const { routeKey, integration } = route;
  const log = (line: string) => {
    dependencies.log(`${routeKey}: ${line}`);
  };
  if (!integration) {
    log('the route has no integration');
    return ownAnswer(500);
  }
  const { payloadFormatVersion: version, functionArn, timeoutMs } = integration;
  const unreadable = isTextBody(call) && unreadableText(call.request.body);
  if (unreadable) log(unreadable);
  const target = { route: routeKey, functionArn, sourceArn: httpSourceArn(api, route), timeoutMs };
  const event = version === '1.0' ? eventV1(call) : eventV2(call);
  const result = await invokeFunction(target, JSON.stringify(event), dependencies);
  switch (result.outcome) {
    case 'success': {
      const response = httpResponse(version, result.payload);
      if (response) return response;
      log(`received ${result.payload.slice(0, 200)}, which is no response of payload format ${version}`);
      return ownAnswer(500);
    }
    case 'function-error':
      log(`the function failed: ${result.errorType}: ${result.errorMessage}`);
      return ownAnswer(500);
    case 'timed-out':
      return ownAnswer(503);
    case 'not-permitted':
      return ownAnswer(500);
    case 'refused':
      log(`Lambda refused the invocation: ${result.message}`);
      return ownAnswer(REFUSALS[result.reason]);
  }
}
