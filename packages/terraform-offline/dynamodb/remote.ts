import http from 'node:http';
import https from 'node:https';
import { pipeline } from 'node:stream';
import { OPERATOR } from '../iam/credentials';
import type { Upstream } from './gate';

/** Another DynamoDB at a URL, such as DynamoDB Local. */
export function remoteDatabase(url: string): Upstream {
  const target = new URL(url);
  const { Agent, request: send } = target.protocol === 'https:' ? https : http;
  const agent = new Agent({ keepAlive: true });
  return ({ method, url: path, headers }, response, body) => {
    const forwarded = send(target, { agent, method, path, headers: asOperator(headers) }, (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      // Destroys the response when the answer breaks off.
      pipeline(answer, response, () => undefined);
    });
    // As the client would see it without the gate.
    forwarded.on('error', () => response.destroy());
    forwarded.end(body);
  };
}

/**
 * DynamoDB Local keeps a database per access key, and all roles share one here. It checks no signatures.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/DynamoDBLocal.UsageNotes.html
 */
function asOperator(headers: http.IncomingHttpHeaders): http.IncomingHttpHeaders {
  const { authorization } = headers;
  return {
    ...headers,
    ...(authorization && {
      authorization: authorization.replace(/Credential=[^/]+/, `Credential=${OPERATOR.accessKeyId}`),
    }),
  };
}
