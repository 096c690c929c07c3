import type { Api } from '../terraform/model';

export interface ApiRoute {
  readonly method: string;
  /** `/data/{id}` */
  readonly path: string;
  /** Undefined when the stack forgot the integration. */
  readonly functionArn: string | undefined;
}

/** The routes of an API of either kind, in the model's order. */
export function apiRoutes(api: Api): ApiRoute[] {
  if (api.kind === 'rest') {
    return api.methods.map(({ httpMethod, path, integration }) => ({
      method: httpMethod,
      path,
      functionArn: integration?.functionArn,
    }));
  }
  return api.routes.map(({ routeKey, integration }) => {
    const [method = 'ANY', path = '/'] = routeKey === '$default' ? [] : routeKey.split(' ');
    return { method, path, functionArn: integration?.functionArn };
  });
}
