import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { readBody } from '../server/request';
import { type Authorize, type Caller, parse } from '../iam/authorizer';
import { foreignOrigin, missingAuthentication, notServed, type Refusal } from '../iam/refusal';
import { requiredAccess } from '../iam/access';
import type { Unserved } from '../terraform/model';

/** Answers a request whose body has been read. */
export type Upstream = (request: IncomingMessage, response: ServerResponse, body: Buffer) => void;

export interface GateOptions {
  readonly upstream: Upstream;
  /** The rules in force; undefined when everything is allowed. */
  readonly authorize: () => Authorize | undefined;
  /** The tables that are not served, by name. */
  readonly unserved: () => ReadonlyMap<string, Unserved>;
  readonly log: (line: string) => void;
  /** Told of a table that has been deleted. */
  readonly deleted: (table: string) => void;
}

/** Stands in front of the database, and lets through what IAM would. */
export function gate({ upstream, authorize, unserved, log, deleted }: GateOptions): Server {
  return createServer((request, response) => {
    void readBody(request).then((body) => {
      if (request.method === 'GET') return healthy(response);
      const refusal = refusalOf(request, body, authorize()) ?? unservedTable(request, body, unserved());
      if (!refusal) {
        if (operationOf(request) === 'DeleteTable') {
          response.once('finish', () => {
            if (response.statusCode === 200)
              deleted((JSON.parse(body.toString()) as { TableName: string }).TableName);
          });
        }
        return upstream(request, response, body);
      }
      log(refusal.log);
      refuse(response, refusal);
    });
  });
}

function refusalOf(
  request: IncomingMessage,
  body: Buffer,
  authorize: Authorize | undefined,
): Refusal | undefined {
  const { headers, url = '' } = request;
  if (headers.origin !== undefined) return foreignOrigin(headers.origin);
  if (!authorize) return undefined;
  const caller = callerOf(headers.authorization ?? presigned(url));
  if (!caller) return missingAuthentication();
  return authorize(caller, operationOf(request), body);
}

function unservedTable(
  request: IncomingMessage,
  body: Buffer,
  unserved: ReadonlyMap<string, Unserved>,
): Refusal | undefined {
  if (unserved.size === 0) return undefined;
  const [first] = requiredAccess(operationOf(request), parse(body), '').flatMap(
    ({ resource }) => unserved.get(/:table\/([^/]+)/.exec(resource)?.[1] ?? '') ?? [],
  );
  return first && notServed(first);
}

/** `PutItem` of `DynamoDB_20120810.PutItem` */
function operationOf({ headers }: IncomingMessage): string {
  return String(headers['x-amz-target']).split('.').at(-1) ?? '';
}

/** A signature in the query names its credential as one in the header does. */
function presigned(url: string): string {
  const query = new URLSearchParams(url.replace(/^[^?]*/, ''));
  return `Credential=${query.get('X-Amz-Credential')}`;
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/create-signed-request.html */
function callerOf(signature: string): Caller | undefined {
  const [, accessKeyId, region] = /Credential=([^/,\s]+)\/\d+\/([^/]+)\//.exec(signature) ?? [];
  return accessKeyId === undefined || region === undefined ? undefined : { accessKeyId, region };
}

/** DynamoDB answers this to any GET, signed or not; functions use it to open their connection early. */
function healthy(response: ServerResponse): void {
  response.end('healthy: dynamodb.us-east-1.amazonaws.com ');
}

function refuse(response: ServerResponse, { status, body }: Refusal): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'Content-Type': 'application/x-amz-json-1.0',
    'Content-Length': Buffer.byteLength(text),
  });
  response.end(text);
}
