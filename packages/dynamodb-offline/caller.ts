import type { IncomingHttpHeaders } from 'node:http';
import { coral, type DynamoDBError } from './errors';

/** Who asks, as the request's signature says; the signature itself is not checked. */
export interface Caller {
  readonly accessKeyId: string;
  readonly region: string;
  /** What the SDKs of functions pass on of the invocation at hand: https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html#xray-concepts-tracingheader */
  readonly traceId?: string;
}

/**
 * Reads a signature, in a header or in the query.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/create-signed-request.html
 * @throws what DynamoDB says of one that is missing or incomplete
 */
export function callerOf(url: string, headers: IncomingHttpHeaders): Caller {
  const traceId = headers['x-amzn-trace-id'];
  const caller = signerOf(url, headers);
  return typeof traceId === 'string' ? { ...caller, traceId } : caller;
}

function signerOf(url: string, headers: IncomingHttpHeaders): Caller {
  const { authorization } = headers;
  const questionMark = url.indexOf('?');
  const query = questionMark < 0 ? undefined : new URLSearchParams(url.slice(questionMark));
  if (query?.has('X-Amz-Algorithm')) {
    if (authorization !== undefined) {
      throw coral('InvalidSignatureException', {
        message: "Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP header.",
      });
    }
    return presigned(query);
  }
  if (!authorization?.startsWith('AWS4-')) {
    throw coral('MissingAuthenticationTokenException', {
      message: 'Request is missing Authentication Token',
    });
  }
  const missing = ['Credential', 'Signature', 'SignedHeaders']
    .filter((name) => !authorization.includes(`${name}=`))
    .map((name) => `Authorization header requires '${name}' parameter.`);
  if (headers['x-amz-date'] === undefined && headers.date === undefined) {
    missing.push("Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.");
  }
  if (missing.length > 0) throw incomplete([...missing, `Authorization=${authorization}`]);
  return callerIn(/Credential=([^,\s]*)/.exec(authorization)?.[1] ?? '');
}

function presigned(query: URLSearchParams): Caller {
  const missing = ['X-Amz-Credential', 'X-Amz-Signature', 'X-Amz-SignedHeaders', 'X-Amz-Date']
    .filter((name) => !query.get(name))
    .map((name) => `AWS query-string parameters must include '${name}'.`);
  if (missing.length > 0) throw incomplete([...missing, 'Re-examine the query-string parameters.']);
  return callerIn(query.get('X-Amz-Credential')!);
}

/** `AKIDEXAMPLE/20150830/us-east-1/dynamodb/aws4_request` */
function callerIn(credential: string): Caller {
  const [accessKeyId = '', , region = ''] = credential.split('/');
  return { accessKeyId, region };
}

function incomplete(sentences: readonly string[]): DynamoDBError {
  return coral('IncompleteSignatureException', { message: sentences.join(' ') });
}
