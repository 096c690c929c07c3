import { responseV2 } from '../api-gateway/http/response';
import { parseObject } from '../api-gateway/proxy-response';
import type { HttpResponse } from '../server/request';
import type { FunctionUrl } from '../terraform/model/function-url';

/** What a client sees of a function that fails. https://docs.aws.amazon.com/lambda/latest/dg/urls-monitoring.html */
export const INTERNAL_ERROR: HttpResponse = {
  status: 502,
  headers: [['Content-Type', 'application/json']],
  body: 'Internal Server Error',
};

/** Between the status and headers of a streamed response, and its body. */
const PRELUDE_END = '\0'.repeat(8);

/**
 * A function's payload as the answer it stands for; undefined when it stands for none.
 * https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html#urls-response-payload
 */
export function functionUrlResponse(
  payload: string,
  invokeMode: FunctionUrl['invokeMode'],
): HttpResponse | undefined {
  const end = payload.indexOf(PRELUDE_END);
  if (end >= 0) {
    const prelude = parseObject(payload.slice(0, end));
    const body = payload.slice(end + PRELUDE_END.length);
    return prelude && responseV2({ statusCode: 200, ...prelude, body }, 'application/octet-stream');
  }
  if (invokeMode === 'RESPONSE_STREAM') {
    return { status: 200, headers: [['Content-Type', 'application/octet-stream']], body: payload };
  }
  const result = parseObject(payload);
  if (result && 'statusCode' in result) return responseV2(result, 'application/json');
  return { status: 200, headers: [['Content-Type', 'application/json']], body: payload };
}
