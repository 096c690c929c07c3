import { ACCOUNT } from '../account';
import type { Resource } from '../resource';

/** The identifier of a REST or HTTP API. */
export function apiId(api: Resource): string {
  return api.uniqueId(10);
}

/** What permissions name an API by. */
export function executionArn({ configuration }: Resource, id: string): string {
  return `arn:aws:execute-api:${configuration.region}:${ACCOUNT}:${id}`;
}

/** Where an API answers, without its stage: AWS's host name, or where the local server has it. */
export function apiEndpoint({ configuration }: Resource, id: string): string {
  return configuration.endpoint ?? `https://${id}.execute-api.${configuration.region}.amazonaws.com`;
}
