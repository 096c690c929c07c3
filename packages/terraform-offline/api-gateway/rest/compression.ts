import { promisify } from 'node:util';
import { deflate, gunzip, gzip, inflate } from 'node:zlib';
import { headerValue } from '../../server/message';
import { BODY_LIMIT, type HttpResponse } from '../../server/request';
import type { RestCall } from './call';
import { GatewayError } from './errors';

/**
 * What API Gateway can read and write.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-enable-compression.html
 */
const CODINGS = {
  gzip: { compress: promisify(gzip), decompress: promisify(gunzip) },
  deflate: { compress: promisify(deflate), decompress: promisify(inflate) },
} as const;

type Coding = keyof typeof CODINGS;

/**
 * The body that a client sent, uncompressed.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-make-request-with-compressed-payload.html
 * @throws GatewayError for another coding, a body that is not of its coding, or more than API Gateway takes
 */
export async function plainBody(call: RestCall): Promise<Buffer> {
  const { body } = call.request;
  const coding = (call.header('content-encoding') ?? 'identity').trim().toLowerCase();
  if (body.length === 0 || coding === 'identity') return body;
  if (!isCoding(coding)) throw new GatewayError('unsupportedMediaType');
  try {
    return await CODINGS[coding].decompress(body, { maxOutputLength: BODY_LIMIT });
  } catch (error) {
    const isTooLarge = (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
    throw new GatewayError(isTooLarge ? 'bodyTooLarge' : 'unsupportedMediaType');
  }
}

function isCoding(name: string): name is Coding {
  return Object.hasOwn(CODINGS, name);
}

/**
 * The response, compressed where the API compresses bodies of its size, the client accepts it, and the integration has not.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-receive-response-with-compressed-payload.html
 */
export async function compressed(call: RestCall, response: HttpResponse): Promise<HttpResponse> {
  const { minimumCompressionSize } = call.api;
  const { body, headers } = response;
  const coding = codingFor(call.header('accept-encoding') ?? '');
  const compresses =
    minimumCompressionSize !== undefined &&
    coding !== undefined &&
    Buffer.byteLength(body) >= minimumCompressionSize &&
    headerValue(headers, 'content-encoding') === undefined;
  if (!compresses) return response;
  return {
    ...response,
    headers: [...headers, ['Content-Encoding', coding]],
    body: await CODINGS[coding].compress(body),
  };
}

/** The coding that a client likes best of those that there are; undefined where it likes none, or its body plain, better. */
function codingFor(acceptEncoding: string): Coding | undefined {
  const qualities = new Map(
    acceptEncoding.split(',').map((part) => {
      const [coding = '', ...parameters] = part.split(';').map((text) => text.trim().toLowerCase());
      const quality = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
      return [coding, Number(quality ?? 1)] as const;
    }),
  );
  const of = (coding: string) => qualities.get(coding) ?? qualities.get('*') ?? 0;
  const [best] = (['gzip', 'deflate'] as Coding[]).sort((a, b) => of(b) - of(a));
  return best && of(best) > 0 && of(best) >= (qualities.get('identity') ?? 0) ? best : undefined;
}
