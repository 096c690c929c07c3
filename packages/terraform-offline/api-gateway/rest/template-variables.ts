import { forwardedHeaders } from './forwarded-headers';
import { templateInput } from './mapping/input';
import type { Variables } from './mapping/template';
import { templateUtil } from './mapping/util';
import type { RestCall } from './rest-call';

/**
 * What a mapping template of this call can refer to. Most refer to little: the rest is made when it is asked for.
 * @param payload what `$input` stands for
 * @param invalidJson what to throw when the template looks into a payload that is no JSON
 * @param responseOverride what the template may set to change the response
 */
export function templateVariables(
  call: RestCall,
  payload: string,
  invalidJson: (reason: string) => Error,
  responseOverride?: object,
): Variables {
  const parameters = () => ({
    path: call.pathParameters,
    querystring: call.query,
    header: forwardedHeaders(call),
  });
  return {
    input: templateInput(payload, parameters, invalidJson),
    get context() {
      return responseOverride ? { ...call.context, responseOverride } : call.context;
    },
    stageVariables: call.api.stageVariables,
    util: templateUtil,
  };
}
