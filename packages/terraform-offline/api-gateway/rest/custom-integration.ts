import type { GatewayDependencies } from '../dependencies';
import { GatewayError } from './gateway-error';
import type { IntegratedMethod, Integrate } from './integration';
import { integrationRequest } from './integration-request';
import { integrationResponse, type MapResponse } from './integration-response';
import { functionResult, integrationInvoker } from './invoke-integration';
import { responseSelector } from './select-response';

/** `AWS`: templates make the event of the request, and the response of what the function returned or threw. */
export function customIntegration(target: IntegratedMethod, dependencies: GatewayDependencies): Integrate {
  const { method, integration } = target;
  const route = `${method.httpMethod} ${method.path}`;
  const log = (line: string) => {
    dependencies.log(`${route}: ${line}`);
  };
  const eventOf = integrationRequest(integration, log);
  const invoke = integrationInvoker(target, dependencies);
  const select = responseSelector(integration.responses, (statuses) => {
    log(`the selection patterns of ${statuses.join(' and ')} all match the error`);
  });
  const mappings = new Map(
    integration.responses.map((response): [typeof response, MapResponse] => [
      response,
      integrationResponse(response, method, log),
    ]),
  );

  return async (call) => {
    const result = functionResult(await invoke(eventOf(call)), log);
    const selected = select(result.outcome === 'function-error' ? result.errorMessage : undefined);
    const map = selected && mappings.get(selected);
    if (!map) {
      log('No match for output mapping and no default output mapping configured');
      throw new GatewayError('configuration');
    }
    return map(call, result);
  };
}
