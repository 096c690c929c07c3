import type { RestApi, RestIntegration, RestMethod } from '../../terraform/model';
import type { GatewayDependencies } from '../dependencies';
import type { GatewayResponse } from '../gateway';
import { customIntegration } from './custom-integration';
import { GatewayError } from './gateway-error';
import { mockIntegration } from './mock-integration';
import { proxyIntegration } from './proxy-integration';
import type { RestCall } from './rest-call';

/** A method's way to its function and back. @throws GatewayError for every answer that is the gateway's own */
export type Integrate = (call: RestCall) => Promise<GatewayResponse>;

/** What an integration is made of; what follows from it is worked out once, not with each request. */
export interface IntegratedMethod<T extends RestIntegration> {
  readonly api: RestApi;
  readonly method: RestMethod;
  readonly integration: T;
}

export function integrationOf(
  api: RestApi,
  method: RestMethod,
  dependencies: GatewayDependencies,
): Integrate {
  const { integration } = method;
  switch (integration?.type) {
    case 'AWS_PROXY':
      return proxyIntegration({ api, method, integration }, dependencies);
    case 'AWS':
      return customIntegration({ api, method, integration }, dependencies);
    case 'MOCK':
      return mockIntegration({ api, method, integration }, dependencies);
    case undefined:
      return ({ route }) => {
        dependencies.log(`${route}: the method has no integration`);
        throw new GatewayError('configuration');
      };
  }
}
