import { randomUUID } from 'node:crypto';
import { ACCOUNT } from '../iam/arn';
import { credentialsFor } from '../iam/credentials';
import { headerPairs, headerValue } from '../server/message';
import { OTHER_SERVICES } from '../server/paths';
import type { Gateway, HttpRequest, HttpResponse } from '../server/request';
import type { LambdaFunction } from '../terraform/model/function';
import { serviceName } from './endpoints';

export interface OtherServicesOptions {
  readonly functions: readonly LambdaFunction[];
  readonly log: (message: string) => void;
}

/** A call to an AWS service, as the SDKs sign it. */
interface Call {
  /** What it is signed for: `sqs`, `secretsmanager`. */
  readonly service: string;
  /** `SendMessage`; method and path where the request does not say it. */
  readonly operation: string;
  readonly protocol: 'json' | 'query' | 'xml' | 'cbor';
}

const CODE = 'NotServedLocally';

/**
 * Answers functions that call a service which is not served: with an error of that service's form, at once, which the
 * log tells too. 501 is a status that no SDK retries.
 */
export function otherServices({ functions, log }: OtherServicesOptions): Gateway {
  const byName = new Map(functions.map((fn) => [fn.name, fn]));

  /** By its path or, where an SDK leaves that out, by its credentials. */
  function callerOf({ rawPath, rawHeaders }: HttpRequest): {
    readonly name: string;
    readonly path: string;
  } {
    if (rawPath.startsWith(OTHER_SERVICES)) {
      const [name = '', ...rest] = rawPath.slice(OTHER_SERVICES.length).split('/');
      return { name, path: `/${rest.join('/')}` };
    }
    const authorization = headerValue(headerPairs(rawHeaders), 'authorization') ?? '';
    const [, accessKeyId] = /Credential=([^/]+)\//.exec(authorization) ?? [];
    const fn = functions.find(({ role }) => credentialsFor(role).accessKeyId === accessKeyId);
    return { name: fn?.name ?? 'a client', path: rawPath };
  }

  return (request) => {
    const { name, path } = callerOf(request);
    const call = callOf(request, path);
    const fn = byName.get(name);
    if (fn && call.service === 'sts' && call.operation === 'GetCallerIdentity') {
      return Promise.resolve(callerIdentity(fn));
    }
    const message =
      `${call.service} ${call.operation} is not served by the local cloud; ` +
      `--endpoint ${serviceName(call.service)}=URL points functions at another emulator or AWS`;
    log(`${name}: ${message}`);
    return Promise.resolve(refusal(call, message));
  };
}

function callOf({ method, rawHeaders, rawQuery, body }: HttpRequest, path: string): Call {
  const headers = headerPairs(rawHeaders);
  const header = (name: string) => headerValue(headers, name) ?? '';
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-authentication-methods.html
  const [, signedFor] = /Credential=[^/]+\/\d+\/[^/]+\/([^/]+)\//.exec(header('authorization')) ?? [];
  const [target, targeted] = header('x-amz-target').split('.');
  const form = header('content-type').startsWith('application/x-www-form-urlencoded');
  const action = new URLSearchParams(form ? body.toString() : rawQuery).get('Action');
  const service = signedFor ?? target ?? '';
  const rpc = /^\/service\/[^/]+\/operation\/([^/]+)$/.exec(path)?.[1];
  const operation = targeted ?? action ?? rpc ?? `${method} ${path}`;
  const protocol = protocolOf(service, action, header('smithy-protocol'));
  return { service: service === '' ? 'an AWS service' : service, operation, protocol };
}

/** https://smithy.io/2.0/aws/protocols/index.html */
function protocolOf(service: string, action: string | null, smithy: string): Call['protocol'] {
  if (smithy === 'rpc-v2-cbor') return 'cbor';
  if (action !== null) return 'query';
  return ['s3', 'cloudfront', 'route53'].includes(service) ? 'xml' : 'json';
}

function refusal({ protocol }: Call, message: string): HttpResponse {
  const requestId = randomUUID();
  const answer = (mediaType: string, body: string | Buffer, ...more: [string, string][]): HttpResponse => ({
    status: 501,
    headers: [['Content-Type', mediaType], ['x-amzn-RequestId', requestId], ...more],
    body,
  });
  const error = `<Code>${CODE}</Code><Message>${escaped(message)}</Message>`;
  const id = `<RequestId>${requestId}</RequestId>`;
  switch (protocol) {
    case 'json': {
      const body = JSON.stringify({ __type: CODE, message });
      return answer('application/x-amz-json-1.0', body, ['x-amzn-ErrorType', CODE]);
    }
    case 'query':
      return answer(
        'text/xml',
        `<ErrorResponse><Error><Type>Sender</Type>${error}</Error>${id}</ErrorResponse>`,
      );
    case 'xml':
      return answer('application/xml', `<Error>${error}${id}</Error>`);
    case 'cbor':
      return answer('application/cbor', cbor({ __type: CODE, message }), ['smithy-protocol', 'rpc-v2-cbor']);
  }
}

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html */
function callerIdentity({ name, role }: LambdaFunction): HttpResponse {
  const arn = `arn:aws:sts::${ACCOUNT}:assumed-role/${role.name}/${name}`;
  const result = `<Arn>${arn}</Arn><UserId>AROALOCAL:${name}</UserId><Account>${ACCOUNT}</Account>`;
  const metadata = `<ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata>`;
  return {
    status: 200,
    headers: [['Content-Type', 'text/xml']],
    body: `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>${result}</GetCallerIdentityResult>${metadata}</GetCallerIdentityResponse>`,
  };
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** A map of a few texts, none longer than 65,535 bytes. https://www.rfc-editor.org/rfc/rfc8949#section-3.1 */
function cbor(members: Readonly<Record<string, string>>): Buffer {
  const text = (value: string) => {
    const bytes = Buffer.from(value);
    return Buffer.concat([Buffer.from([0x79, bytes.length >> 8, bytes.length & 0xff]), bytes]);
  };
  const entries = Object.entries(members);
  return Buffer.concat([Buffer.from([0xa0 + entries.length]), ...entries.flat().map(text)]);
}
