import type { Resource } from '../resource';

/** Where an API answers, without its stage: AWS's host name, or where the local server has it. */
export function apiEndpoint({ configuration }: Resource, apiId: string): string {
  return configuration.endpoint ?? `https://${apiId}.execute-api.${configuration.region}.amazonaws.com`;
}
