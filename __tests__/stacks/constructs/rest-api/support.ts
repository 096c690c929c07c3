import { environment } from '../../../../stacks/environment';
import { synthesize, type Configuration, resource } from '../../../support/synth';
import { NodeFunction } from '../../../../stacks/constructs/node-function';
import { RestApi } from '../../../../stacks/constructs/rest-api';

type Route = readonly [method: string, path: string];

/** A stack with an API that has these routes, all of one function. */
export const withRoutes = (
  routes: readonly Route[],
  { functionName = 'Echo', settings = environment() } = {},
) =>
  synthesize((stack, environment) => {
    const fn = new NodeFunction(stack, 'fn', { environment, functionName, bundle: 'data-api/store-data' });
    const api = new RestApi(stack, 'api', { environment, apiName: 'things', stageName: 'prod' });
    for (const [method, path] of routes) api.addProxyRoute(method, path, fn);
  }, settings);

/** The stack of one route. */
export const one = withRoutes([['GET', '/things/{id}']]);

export const deploymentOf = (stack: Configuration) => resource(stack, 'aws_api_gateway_deployment');

export const hashOf = (stack: Configuration) => (deploymentOf(stack).triggers as { shape: string }).shape;
