// Response streaming, answered whole: whoever invokes here waits for all of it.
// https://docs.aws.amazon.com/lambda/latest/dg/config-rs-write-functions.html
import { Buffer } from 'node:buffer';
import { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { STREAMING } from './load-handler.mjs';

/** Separates the JSON of status and headers from the body. */
const DELIMITER = Buffer.alloc(8);

class ResponseStream extends Writable {
  /** @type {Buffer[]} */
  chunks = [];

  /** Whoever answers reads it from the metadata. */
  setContentType() {}

  /**
   * @param {Buffer} chunk
   * @param {string} _encoding
   * @param {() => void} written
   * @override
   */
  _write(chunk, _encoding, written) {
    this.chunks.push(chunk);
    written();
  }
}

/** What functions know as the global of that name. */
const awslambda = {
  /** @param {import('./load-handler.mjs').LoadedHandler} handler */
  streamifyResponse(handler) {
    handler[STREAMING] = 'response';
    return handler;
  },
  HttpResponseStream: {
    /**
     * @param {Writable} stream
     * @param {object} metadata status and headers
     */
    from(stream, metadata) {
      stream.write(Buffer.concat([Buffer.from(JSON.stringify(metadata)), DELIMITER]));
      return stream;
    },
  },
};
Reflect.set(globalThis, 'awslambda', awslambda);

/**
 * @param {import('./load-handler.mjs').LoadedHandler} handler
 * @param {unknown} event
 * @param {object} context
 */
export async function streamedResponse(handler, event, context) {
  const stream = new ResponseStream();
  const whole = finished(stream);
  // Awaited below, where a handler that fails has its say first.
  whole.catch(() => undefined);
  await handler(event, stream, context);
  await whole;
  return Buffer.concat(stream.chunks);
}
