import type { LambdaIntegration } from '../../terraform/model';
import type { GatewayDependencies } from '../dependencies';
import type { IntegratedMethod, Integrate } from './integration';
import { asEvent, integrationRequest } from './integration-request';
import { integrationResponses } from './integration-response';
import { functionResult, integrationInvoker } from './invoke-integration';

/** Headers of Lambda's own answer. */
const HEADERS = { 'Content-Type': 'application/json' };
const FAILED_HEADERS = { ...HEADERS, 'X-Amz-Function-Error': 'Unhandled' };

/** `AWS`: templates make the event of the request, and the response of what the function returned or threw. */
export function customIntegration(
  target: IntegratedMethod<LambdaIntegration>,
  dependencies: GatewayDependencies,
): Integrate {
  const { method, integration } = target;
  const route = `${method.httpMethod} ${method.path}`;
  const log = (line: string) => {
    dependencies.log(`${route}: ${line}`);
  };
  const eventOf = integrationRequest(integration);
  const invoke = integrationInvoker(target, dependencies);
  const respond = integrationResponses(integration, method, log);

  return async (call) => {
    const result = functionResult(await invoke(asEvent(eventOf(call), call, log)), log);
    const failed = result.outcome === 'function-error';
    const answer = { body: result.payload, headers: failed ? FAILED_HEADERS : HEADERS };
    return respond(call, failed ? result.errorMessage : '', answer);
  };
}
