import http2, {
  type ClientHttp2Session,
  type Http2Server,
  type IncomingHttpHeaders,
  type ServerHttp2Stream,
} from 'node:http2';
import { buffer } from 'node:stream/consumers';
import { EMPTY_REQUEST, ofTypes } from './schema';

const GET_SCHEMA = '/tfplugin5.Provider/GetSchema';
const { NGHTTP2_CANCEL, NGHTTP2_FLAG_END_STREAM } = http2.constants;

/** What every process of the provider would tell. */
let schema: Promise<Buffer> | undefined;

/**
 * A server before the provider. It passes on what Terraform asks, but the schema: the provider takes a second to tell of
 * its 1500 types, and Terraform takes more to read it, with every command. It is asked once, and tells of these types alone.
 */
export function relayTo(provider: ClientHttp2Session, types: ReadonlySet<string>): Http2Server {
  return http2.createServer().on('stream', (stream, headers) => {
    if (headers[':path'] !== GET_SCHEMA) return pass(stream, headers, provider);
    schema ??= buffer(provider.request(headers).end(EMPTY_REQUEST));
    void schema.then((whole) => {
      stream.respond({ 'content-type': 'application/grpc' }, { waitForTrailers: true });
      stream.once('wantTrailers', () => {
        stream.sendTrailers({ 'grpc-status': '0' });
      });
      stream.end(ofTypes(types, whole));
    });
  });
}

function pass(stream: ServerHttp2Stream, headers: IncomingHttpHeaders, provider: ClientHttp2Session): void {
  const asked = provider.request(headers);
  let trailers: IncomingHttpHeaders = {};
  asked.once('trailers', (given: IncomingHttpHeaders) => {
    trailers = given;
  });
  asked.once('response', (answered, flags) => {
    const isAll = (flags & NGHTTP2_FLAG_END_STREAM) !== 0;
    stream.respond(answered, isAll ? { endStream: true } : { waitForTrailers: true });
    stream.once('wantTrailers', () => {
      stream.sendTrailers(trailers);
    });
    asked.pipe(stream);
  });
  // Terraform leaves when it is done, whatever it still listens to.
  stream.once('error', () => undefined);
  stream.once('close', () => {
    asked.close(NGHTTP2_CANCEL);
  });
  stream.pipe(asked);
}
