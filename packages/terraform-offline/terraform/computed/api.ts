import { ACCOUNT } from '../../iam/arn';
import type { Resource, Resources } from '../language/configuration/resource';

/** The identifier of a REST or HTTP API. */
export function apiId(api: Resource): string {
  return api.uniqueId(10);
}

/** What permissions name an API by. */
export function executionArn({ region }: Resource, id: string): string {
  return `arn:aws:execute-api:${region}:${ACCOUNT}:${id}`;
}

/** Where an API answers, without its stage: AWS's host name, or where the local server has it. */
export function apiEndpoint({ configuration, region }: Resource, id: string): string {
  const { endpoint } = configuration;
  if (endpoint === undefined) return `https://${id}.execute-api.${region}.amazonaws.com`;
  const api = apisOf(configuration).find((one) => apiId(one) === id);
  return api ? endpoint + segmentOf(api) : endpoint;
}

/**
 * What tells an API's URL from those of the configuration's other APIs: nothing where it is the only one, `/orders` for
 * one named orders, or its identifier where another has that name too, or the name is none for a URL.
 */
export function segmentOf(api: Resource): string {
  const apis = apisOf(api.configuration);
  if (apis.length === 1) return '';
  const name = nameOf(api);
  const isOwn = name !== undefined && apis.filter((other) => nameOf(other) === name).length === 1;
  return `/${isOwn && /^\w[\w.~-]*$/.test(name) ? name : apiId(api)}`;
}

function apisOf(configuration: Resources): readonly Resource[] {
  return ['aws_api_gateway_rest_api', 'aws_apigatewayv2_api'].flatMap((type) => configuration.all(type));
}

/** Undefined where it cannot be evaluated. */
function nameOf(api: Resource): string | undefined {
  try {
    return api.text('name');
  } catch {
    return undefined;
  }
}
