import { once } from 'node:events';
import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import { text } from 'node:stream/consumers';
import { OPERATOR } from '../iam/credentials';
import type { Call } from './tables';

interface DynamoDBError {
  readonly __type?: string;
  readonly message?: string;
  readonly Message?: string;
}

const AUTHORIZATION = `AWS4-HMAC-SHA256 Credential=${OPERATOR.accessKeyId}/20120810/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=none`;

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Operations_Amazon_DynamoDB_Streams.html */
const STREAM_OPERATIONS = new Set(['DescribeStream', 'GetRecords', 'GetShardIterator', 'ListStreams']);

/**
 * The operator's client of a database that checks no signatures. The AWS SDK, and `fetch` too, take longer to load
 * than creating the tables does.
 * @param endpoint where it answers
 */
export function operatorClient(endpoint: string): Call {
  const { request: send } = endpoint.startsWith('https:') ? https : http;
  return async (operation, input) => {
    const request = send(endpoint, {
      method: 'POST',
      headers: {
        authorization: AUTHORIZATION,
        'x-amz-date': '20120810T000000Z',
        'x-amz-target': `${STREAM_OPERATIONS.has(operation) ? 'DynamoDBStreams' : 'DynamoDB'}_20120810.${operation}`,
        'content-type': 'application/x-amz-json-1.0',
      },
    });
    request.end(JSON.stringify(input));
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    const answer = JSON.parse(await text(response)) as DynamoDBError;
    if (response.statusCode === 200) return answer;
    if (answer.__type?.endsWith('ResourceNotFoundException')) return undefined;
    const error = new Error(`${operation} failed: ${answer.message ?? answer.Message ?? answer.__type}`);
    error.name = answer.__type?.split('#').at(-1) ?? error.name;
    throw error;
  };
}
