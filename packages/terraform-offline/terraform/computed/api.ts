import { ACCOUNT } from '../account';
import type { Resource } from '../language/configuration/resource';

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
  return configuration.endpoint ?? `https://${id}.execute-api.${region}.amazonaws.com`;
}
