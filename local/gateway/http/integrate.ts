import { callFunction } from '../call-function';
import type { GatewayDependencies } from '../dependencies';
import type { GatewayResponse } from '../gateway';
import { httpSourceArn } from '../source-arn';
import { eventV1 } from './event-v1';
import { eventV2 } from './event-v2';
import type { HttpCall } from './http-call';
import { httpResponse } from './http-response';
import { ownAnswer } from './own-answer';

/** AWS documents no answer for a throttled function; 503 is the one an overloaded integration has. */
const REFUSALS = { 'request-too-large': 413, throttled: 503, 'not-found': 500 } as const;

/** Sends a routed request to its function and makes an answer of what comes back. */
export async function integrate(call: HttpCall, dependencies: GatewayDependencies): Promise<GatewayResponse> {
  const { api, route, integration } = call;
  const { payloadFormatVersion: version, functionArn, timeoutMs } = integration;
  const { routeKey } = route;
  const result = await callFunction(
    {
      route: routeKey,
      functionArn,
      sourceArn: httpSourceArn(api, route),
      timeoutMs,
      payload: JSON.stringify(version === '1.0' ? eventV1(call) : eventV2(call)),
    },
    dependencies,
  );
  switch (result.outcome) {
    case 'success': {
      const response = httpResponse(version, result.payload);
      if (response) return response;
      const received = result.payload.slice(0, 200);
      dependencies.log(
        `${routeKey}: received ${received}, which is no response of payload format ${version}`,
      );
      return ownAnswer(500);
    }
    case 'function-error':
      dependencies.log(`${routeKey}: the function failed: ${result.errorType}: ${result.errorMessage}`);
      return ownAnswer(500);
    case 'timed-out':
      return ownAnswer(503);
    case 'not-permitted':
      return ownAnswer(500);
    case 'refused':
      dependencies.log(`${routeKey}: Lambda refused the invocation: ${result.message}`);
      return ownAnswer(REFUSALS[result.reason]);
  }
}
