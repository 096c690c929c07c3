import type { GatewayResponse } from '../../server/request';
import type { HttpApi, HttpRoute } from '../../terraform/model';
import type { GatewayDependencies } from '../gateway';
import { functionCall, httpSourceArn } from '../invocation';
import { unreadableText } from '../message';
import type { HttpCall } from './call';
import { ownAnswer } from './errors';
import { eventV1, eventV2, isTextBody } from './event';
import { httpResponse } from './response';

/** A route's way to its function and back. */
export type Integrate = (call: HttpCall) => Promise<GatewayResponse>;

/** AWS documents no answer for a throttled function; 503 is the one an overloaded integration has. */
const REFUSALS = { 'request-too-large': 413, throttled: 503, 'not-found': 500 } as const;

/** Sends routed requests to the route's function and makes answers of what comes back. */
export function integrationOf(api: HttpApi, route: HttpRoute, dependencies: GatewayDependencies): Integrate {
  const { routeKey, integration } = route;
  const log = (line: string) => {
    dependencies.log(`${routeKey}: ${line}`);
  };
  if (!integration) {
    return () => {
      log('the route has no integration');
      return Promise.resolve(ownAnswer(500));
    };
  }
  const { payloadFormatVersion: version, functionArn, timeoutMs } = integration;
  const event = version === '1.0' ? eventV1 : eventV2;
  const invoke = functionCall(
    { route: routeKey, functionArn, sourceArn: httpSourceArn(api, route), timeoutMs },
    dependencies,
  );
  return async (call) => {
    const unreadable = isTextBody(call) && unreadableText(call.request.body);
    if (unreadable) log(unreadable);
    const result = await invoke(JSON.stringify(event(call)));
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
  };
}
