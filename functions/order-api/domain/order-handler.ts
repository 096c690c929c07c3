import type { APIGatewayProxyEvent, Context } from 'aws-lambda';
import { jsonBody } from '../../shared/http/json-body';
import { directHandler } from '../../operations/direct';
import { ENVELOPE_LEVEL } from '../../operations/envelope';
import type { Engine } from '../../operations/engine';
import { restHandler } from '../../shared/http/rest-adapter';
import { orderTakesText } from './order';

/** Takes API Gateway's proxy events, and the envelope itself when the function is invoked directly. */
export function orderHandler(operate: Engine): (event: unknown, context: Context) => Promise<unknown> {
  const overHttp = restHandler(async (request) => ({
    status: 200,
    body: await operate(jsonBody(request, { level: ENVELOPE_LEVEL, takesText: orderTakesText })),
  }));
  const direct = directHandler(operate);
  return (event, context) => (isProxyEvent(event) ? overHttp(event) : direct(event, context));
}

/** No envelope has a `requestContext`: the engine would refuse it. */
function isProxyEvent(event: unknown): event is APIGatewayProxyEvent {
  return typeof event === 'object' && event !== null && 'requestContext' in event;
}
