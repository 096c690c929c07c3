import type {
  $Command,
  DynamoDBClient,
  DynamoDBClientResolvedConfig,
  ServiceInputTypes,
  ServiceOutputTypes,
} from '@aws-sdk/client-dynamodb';
import { Problem } from '../shared/http/problem';

/** Sends a command and resolves to DynamoDB's answer. */
export type Send = <I extends ServiceInputTypes, O extends ServiceOutputTypes>(
  command: $Command<I, O, DynamoDBClientResolvedConfig, ServiceInputTypes, ServiceOutputTypes>,
) => Promise<O>;

/** Failures before a request can have reached DynamoDB. */
const NOT_SENT = new Set(['ECONNREFUSED', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND']);

/** Sends as the client does: what fails for the moment, or got no answer, is sent again. */
export function sendRepeatedly(client: DynamoDBClient): Send {
  return (command) => client.send(command);
}

/**
 * Sends again only what DynamoDB certainly did not do, such as a throttled request.
 * @param createClient of a client that uses no connection twice: one that has died while it was idle would be taken for a
 *   lost answer
 * @throws {Problem} `outcome-unknown` when the answer was lost
 */
export function sendOnce(createClient: () => DynamoDBClient): Send {
  let client: DynamoDBClient | undefined;
  return (command) => {
    client ??= createClient();
    // Within the retries, which give up on an error that is not the SDK's own.
    command.middlewareStack.add(
      (next) => async (args) => {
        try {
          return await next(args);
        } catch (error) {
          throw isCertain(error) ? error : outcomeUnknown(error);
        }
      },
      { step: 'deserialize', priority: 'high' },
    );
    return client.send(command);
  };
}

function isCertain(error: unknown): boolean {
  const { code = '', $metadata } = error as { code?: string; $metadata?: { httpStatusCode?: number } };
  return NOT_SENT.has(code) || ($metadata?.httpStatusCode ?? 500) < 500;
}

function outcomeUnknown(error: unknown): Problem {
  return new Problem(
    'outcome-unknown',
    'The answer of the database was lost. Read the item before sending the request again: this one, made twice, may not do the same.',
    // As text: the SDK would recognise the error, and try again.
    { cause: String(error) },
  );
}
