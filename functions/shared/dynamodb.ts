import { finished } from 'node:stream/promises';
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';

/** Three attempts fit into the function's 10 s, whatever each of them does. Times are in milliseconds. */
export const clientSettings = {
  maxAttempts: 3,
  requestHandler: {
    connectionTimeout: 1000,
    requestTimeout: 2000,
    // Without it the timeout only warns.
    throwOnRequestTimeout: true,
  },
};

/** A client of the DynamoDB of the function's region, or of the one that `AWS_ENDPOINT_URL_DYNAMODB` names. */
export function createClient(): DynamoDBClient {
  return new DynamoDBClient(clientSettings);
}

type Handler = DynamoDBClient['config']['requestHandler'];
type Request = Parameters<Handler['handle']>[0];

/**
 * Opens the client's connection, so that the first request need not. Sends an unsigned `GET /`, which needs no
 * permission, the way that requests go. Gives up after 1 s; failure does not matter.
 */
export async function warmUp(client: DynamoDBClient): Promise<void> {
  const command = new GetItemCommand({ TableName: undefined, Key: undefined });
  // In the build step the request has its endpoint; retries and the signature would come after it.
  command.middlewareStack.add(
    () => async (args: { readonly request?: unknown }) => {
      await openConnection(client.config.requestHandler, args.request as Request);
      return { response: undefined, output: { $metadata: {} } };
    },
    { step: 'build', priority: 'high' },
  );
  await client.send(command).catch(() => undefined);
}

async function openConnection(handler: Handler, request: Request): Promise<void> {
  const { response } = (await handler.handle(
    { ...request, method: 'GET', path: '/', headers: {}, body: undefined },
    { abortSignal: AbortSignal.timeout(1000) },
  )) as { response: { body: NodeJS.ReadableStream } };
  // Only a connection whose answer was read to its end is used again.
  await finished(response.body.resume());
}
