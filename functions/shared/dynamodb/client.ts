import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import type { Deadline } from './deadline';
import { requiredVariable } from '../env';

/**
 * Every setting that the SDK would look up elsewhere, so that it reads no settings file and no variable of Lambda's
 * but these: docs/decisions/0002. Three attempts fit into the function's 10 s, whatever each of them does. Times are in
 * milliseconds.
 */
export const clientSettings = {
  maxAttempts: 3,
  retryMode: 'standard',
  defaultsMode: 'legacy',
  useDualstackEndpoint: false,
  useFipsEndpoint: false,
  accountIdEndpointMode: 'disabled',
  authSchemePreference: [],
  userAgentAppId: '',
  endpointDiscoveryEnabled: false,
  ignoreConfiguredEndpointUrls: true,
  disableClockSkewCorrection: false,
  requestHandler: {
    connectionTimeout: 1000,
    requestTimeout: 2000,
    // Without it the timeout only warns.
    throwOnRequestTimeout: true,
  },
} satisfies DynamoDBClientConfig;

export interface ClientOptions {
  /** Whether a connection is used again. Default: true. */
  readonly keepAlive?: boolean;
  /** When requests are given up. Default: after their attempts. */
  readonly deadline?: Deadline;
}

/**
 * A client of the DynamoDB of the function's region, or of the one that `AWS_ENDPOINT_URL_DYNAMODB` names. It rejects
 * what it is to send, naming `AWS_REGION`, when the function has no region.
 */
export function createClient({ keepAlive = true, deadline }: ClientOptions = {}): DynamoDBClient {
  const endpoint = process.env.AWS_ENDPOINT_URL_DYNAMODB;
  const agents = { httpAgent: { keepAlive }, httpsAgent: { keepAlive } };
  const client = new DynamoDBClient({
    ...clientSettings,
    ...(!keepAlive && { requestHandler: { ...clientSettings.requestHandler, ...agents } }),
    region: () => Promise.resolve(requiredVariable('AWS_REGION')),
    ...(endpoint && { endpoint }),
  });
  deadline?.hold(client);
  return client;
}
