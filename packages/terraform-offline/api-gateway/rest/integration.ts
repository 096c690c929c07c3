import type { RestApi, RestIntegration, RestMethod } from '../../terraform/model';
import type { GatewayDependencies } from '../dependencies';
import type { GatewayResponse } from '../gateway';
import { customIntegration } from './custom-integration';
import { GatewayError } from './gateway-error';
import { proxyIntegration } from './proxy-integration';
import type { RestCall } from './rest-call';

/** A method's way to its function and back. @throws GatewayError for every answer that is the gateway's own */
export type Integrate = (call: RestCall) => Promise<GatewayResponse>;

/** What an integration is made of; what follows from it is worked out once, not with each request. */
export interface IntegratedMethod {
  readonly api: RestApi;
  readonly method: RestMethod;
  readonly integration: RestIntegration;
}

const TYPES: Readonly<Record<string, typeof proxyIntegration>> = {
  AWS_PROXY: proxyIntegration,
  AWS: customIntegration,
};

export function integrationOf(
  api: RestApi,
  method: RestMethod,
  dependencies: GatewayDependencies,
): Integrate {
  const { integration } = method;
  const make = integration && TYPES[integration.type];
  if (make) return make({ api, method, integration }, dependencies);
  return ({ route }) => {
    dependencies.log(
      `${route}: expected an integration of type AWS_PROXY or AWS, received ${integration?.type ?? 'none'}`,
    );
    throw new GatewayError('configuration');
  };
}
