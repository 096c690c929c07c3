import { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { PutItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';

type Handler = DynamoDBClient['config']['requestHandler'];
type Request = Parameters<Handler['handle']>[0];

/** How long the start of a function waits for the database, in milliseconds. */
const PATIENCE = 1000;

/** An item with the types that JSON has: what is converted once here is converted faster for the first request. */
const item = {
  id: { S: 'warm-up' },
  data: { M: { list: { L: [{ N: '1' }, { BOOL: true }, { NULL: true }] } } },
};

/**
 * Sends a whole PutItem through the client, so that the first request finds its way paved: serialized, signed and read
 * as any other, only that an unsigned `GET /` goes over the connection in its place. It writes nothing and needs no
 * permission; it ends within a second, and failure does not matter.
 */
export async function warmUp(client: DynamoDBClient): Promise<void> {
  const command = new PutItemCommand({ TableName: 'warm-up', Item: item, ReturnValues: 'ALL_OLD' });
  // The last step before the exchange: everything else of the client is around it.
  command.middlewareStack.add(
    () => async (args) => {
      await openConnection(client.config.requestHandler, args.request as Request).catch(() => undefined);
      const body = Readable.from([JSON.stringify({ Attributes: item })]);
      return { response: { statusCode: 200, headers: {}, body }, output: { $metadata: {} } };
    },
    { step: 'deserialize', priority: 'low' },
  );
  await client.send(command).catch(() => undefined);
}

async function openConnection(handler: Handler, request: Request): Promise<void> {
  const abortSignal = AbortSignal.timeout(PATIENCE);
  const { response } = (await handler.handle(
    { ...request, method: 'GET', path: '/', headers: {}, body: undefined },
    { abortSignal },
  )) as { response: { body: Readable } };
  // Only a connection whose answer was read to its end is used again.
  await finished(response.body.resume(), { signal: abortSignal });
}
