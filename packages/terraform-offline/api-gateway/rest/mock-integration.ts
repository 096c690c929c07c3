import type { MockIntegration } from '../../terraform/model';
import { parseObject } from '../proxy-response';
import type { GatewayDependencies } from '../dependencies';
import { GatewayError } from './gateway-error';
import type { IntegratedMethod, Integrate } from './integration';
import { integrationRequest } from './integration-request';
import { integrationResponses } from './integration-response';

/**
 * `MOCK`: the request template makes a status, the integration response for it the answer; CORS preflights are answered so.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-mock-integration.html
 */
export function mockIntegration(
  { method, integration }: IntegratedMethod<MockIntegration>,
  dependencies: GatewayDependencies,
): Integrate {
  const log = (line: string) => {
    dependencies.log(`${method.httpMethod} ${method.path}: ${line}`);
  };
  const requestOf = integrationRequest(integration);
  const respond = integrationResponses(integration, method, log);
  return (call) => {
    const made = requestOf(call);
    const status = mockStatus(made);
    if (status === undefined) {
      log(
        `Unable to parse statusCode: the request template made ${JSON.stringify(made.slice(0, 200))}, and should make {"statusCode": 200}`,
      );
      throw new GatewayError('configuration');
    }
    return Promise.resolve(respond(call, String(status), { body: '', headers: {} }));
  };
}

/** Names may go without quotes, as in `{ statusCode: 204 }`, which the CDK writes for preflights. */
function mockStatus(text: string): number | undefined {
  const status = parseObject(text.replace(/([{,]\s*)(\w+)(\s*:)/g, '$1"$2"$3'))?.statusCode;
  return typeof status === 'number' && Number.isInteger(status) ? status : undefined;
}
