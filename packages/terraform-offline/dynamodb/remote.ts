import { once } from 'node:events';
import http, { type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import https from 'node:https';
import { urlToHttpOptions } from 'node:url';
import { callerOf, coral, DynamoDBError, keySchemaOf, requiredAccess, type Schemas } from 'dynamodb-offline';
import { ACCOUNT } from '../iam/arn';
import { OPERATOR } from '../iam/credentials';
import { listenOnLoopback } from '../server/listen-on-loopback';
import { readBody } from '../server/request';
import type { Table } from '../terraform/model/table';
import type { AuthorizeCall } from './authorization';
import { type Called, type DatabaseCall, failureOf, tablesIn } from './database-call';

export interface RemoteOptions {
  readonly url: string;
  readonly port: number;
  /** Decides who may what; undefined when everything is allowed. */
  readonly decide: () => AuthorizeCall | undefined;
  /** The tables that are there, whose keys policies may compare. */
  readonly tables: () => readonly Table[];
  readonly called?: Called;
  readonly log: (line: string) => void;
  readonly onTableDeleted: (name: string) => void;
}

/** Stands in front of another DynamoDB, such as DynamoDB Local, and lets through what IAM would. */
export async function startRemote({ url, port, decide, tables, called, log, onTableDeleted }: RemoteOptions) {
  const forward = forwardTo(url);
  const refuse = ({ headers, url: path = '' }: IncomingMessage, body: unknown): DynamoDBError | undefined => {
    // DynamoDB answers any origin; a database without real secrets must not answer the pages a developer has open.
    if (headers.origin !== undefined) return coral('AccessDeniedException', FOREIGN_ORIGIN, 403);
    const authorize = decide();
    if (!authorize) return undefined;
    try {
      const caller = callerOf(path, headers);
      const place = { region: caller.region, accountId: ACCOUNT, tables: schemasOf(tables()) };
      const refusal = authorize(caller, requiredAccess(operationOf(headers), body, place));
      if (refusal) log(refusal.log);
      return refusal?.error;
    } catch (error) {
      if (error instanceof DynamoDBError) return error;
      throw error;
    }
  };
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const startedAt = performance.now();
    const bytes = await readBody(request);
    if (request.method === 'GET') return void response.end(HEALTHY);
    const { headers } = request;
    const body = parse(bytes);
    const operation = operationOf(headers);
    const tell = (outcome: Pick<DatabaseCall, 'status' | 'error'>) => {
      const { 'x-amzn-trace-id': traceId } = headers;
      called?.({
        operation,
        tables: tablesIn(body),
        traceId: typeof traceId === 'string' ? traceId : undefined,
        milliseconds: performance.now() - startedAt,
        ...outcome,
      });
    };
    const error = refuse(request, body);
    if (error) {
      tell(failureOf(error));
      return answer(response, error);
    }
    try {
      const status = await forward(request, response, bytes);
      tell({ status, error: undefined });
      if (operation !== 'DeleteTable' || status !== 200) return;
      onTableDeleted((body as { TableName: string }).TableName);
    } catch (error) {
      tell(failureOf(error));
      log(`DynamoDB at ${url} did not answer ${operation}: ${(error as Error).message}`);
      // As the client would see it without this between the two.
      response.destroy();
    }
  };
  const server = http.createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      // A defect costs the request that met it, and nothing else.
      log(error instanceof Error ? error.stack! : String(error));
      response.destroy();
    });
  });
  // Longer than a function is likely to leave its connection idle between two requests of a developer's.
  server.keepAliveTimeout = 60_000;
  const listening = await listenOnLoopback(server, port);
  return {
    endpoint: `http://127.0.0.1:${listening}`,
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

function schemasOf(tables: readonly Table[]): Schemas {
  return {
    find(nameOrArn) {
      const table = tables.find(({ name, arn }) => name === nameOrArn || arn === nameOrArn);
      if (!table) return undefined;
      const { globalSecondaryIndexes = [], localSecondaryIndexes = [], attributeDefinitions } = table;
      const indexes = [...globalSecondaryIndexes, ...localSecondaryIndexes];
      return {
        key: keySchemaOf(table.keySchema, attributeDefinitions),
        indexes: new Map(
          indexes.map((index) => [
            index.IndexName,
            { key: keySchemaOf(index.KeySchema, attributeDefinitions) },
          ]),
        ),
      };
    },
  };
}

/** DynamoDB answers this to any GET, signed or not; functions use it to open their connection early. */
const HEALTHY = 'healthy: dynamodb.us-east-1.amazonaws.com ';

const FOREIGN_ORIGIN = { Message: 'The local database answers no browser.' };

function operationOf(headers: IncomingHttpHeaders): string {
  return String(headers['x-amz-target']).split('.').at(-1) ?? '';
}

/** What is no JSON is refused by the database itself, once the caller may do the operation at all. */
function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}

function answer(response: ServerResponse, { type, members, status }: DynamoDBError): void {
  const text = JSON.stringify({ __type: type, ...members });
  response.writeHead(status, {
    'Content-Type': 'application/x-amz-json-1.0',
    'Content-Length': Buffer.byteLength(text),
  });
  response.end(text);
}

/**
 * @returns passes a request on, and its answer back
 *   - resolves with the status of the answer, once all of it has come, whether the client is still there or not
 *   - rejects when there is no answer, or it breaks off
 */
function forwardTo(url: string) {
  const { pathname, host } = new URL(url);
  const prefix = pathname.replace(/\/$/, '');
  const target = urlToHttpOptions(new URL(url));
  const { Agent, request: send } = target.protocol === 'https:' ? https : http;
  const agent = new Agent({ keepAlive: true });
  return async (
    { method, url: path = '/', headers }: IncomingMessage,
    response: ServerResponse,
    body: Buffer,
  ): Promise<number> => {
    const forwarded = send({
      ...target,
      agent,
      method,
      path: `${prefix}${path}`,
      headers: { ...asOperator(endToEnd(headers)), host },
    });
    forwarded.end(body);
    const [answered] = (await once(forwarded, 'response')) as [IncomingMessage];
    const { statusCode = 500 } = answered;
    try {
      response.writeHead(statusCode, endToEnd(answered.headers));
    } catch (error) {
      // No server may say that: the status is none, or a header has a line end in it.
      forwarded.destroy();
      throw error;
    }
    const ended = once(answered, 'end');
    // What nobody reads would keep the connection.
    response.once('close', () => answered.unpipe().resume());
    if (response.destroyed) answered.resume();
    else answered.pipe(response);
    await ended;
    return statusCode;
  };
}

/** Without what is about one connection, and not about the message. https://www.rfc-editor.org/rfc/rfc9110#name-connection */
function endToEnd({
  connection: _connection,
  'keep-alive': _keepAlive,
  'transfer-encoding': _transferEncoding,
  upgrade: _upgrade,
  ...headers
}: IncomingHttpHeaders): IncomingHttpHeaders {
  return headers;
}

/**
 * DynamoDB Local keeps a database per access key, and all roles share one here. It checks no signatures.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/DynamoDBLocal.UsageNotes.html
 */
function asOperator(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  const { authorization } = headers;
  return {
    ...headers,
    ...(authorization && {
      authorization: authorization.replace(/Credential=[^/]+/, `Credential=${OPERATOR.accessKeyId}`),
    }),
  };
}
