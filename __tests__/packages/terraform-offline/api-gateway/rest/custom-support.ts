import { restGateway } from '../../../../../packages/terraform-offline/api-gateway/rest/gateway';
import type {
  IntegrationResponse,
  LambdaIntegration,
  RestApi,
  RestMethod,
} from '../../../../../packages/terraform-offline/terraform/model/rest-api';
import {
  type Outcome,
  proxyIntegration,
  request,
  type RequestOptions,
  restApi,
  restMethod,
  run,
  success,
} from '../support';

const ok: IntegrationResponse = {
  statusCode: 200,
  selectionPattern: undefined,
  parameters: {},
  templates: {},
};

export interface Setup {
  readonly integration?: Partial<LambdaIntegration>;
  readonly responses?: readonly Partial<IntegrationResponse>[];
  readonly method?: Partial<RestMethod>;
  readonly api?: Partial<RestApi>;
}

/** `POST /things/{id}` over a custom integration; the method declares whatever the integration responses use. */
function apiOf({ integration, responses = [{}], method, api }: Setup) {
  const all = responses.map((response) => ({ ...ok, ...response }));
  return restApi(
    [
      restMethod('POST /things/{id}', {
        responses: all.map(({ statusCode, parameters }) => ({
          statusCode,
          parameters: Object.fromEntries(Object.keys(parameters).map((name) => [name, false])),
        })),
        integration: { ...proxyIntegration, type: 'AWS', responses: all, ...integration },
        ...method,
      }),
    ],
    { stageName: 'prod', stageVariables: { color: 'red' }, ...api },
  );
}

export const json = ['Content-Type', 'application/json'] as const;
/** Sends a request through the integration to a function that comes to this outcome. */
export const send = (setup: Setup, options: RequestOptions = {}, outcome: Outcome = success({ ok: true })) =>
  run(
    (dependencies) => restGateway(apiOf(setup), dependencies),
    request('/things/abc?name=jane', { method: 'POST', headers: [json], body: '{"a":1}', ...options }),
    outcome,
  );
