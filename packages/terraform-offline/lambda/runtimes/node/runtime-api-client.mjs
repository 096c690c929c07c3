import { Buffer } from 'node:buffer';
import http from 'node:http';

const VERSION = '2018-06-01';

/**
 * @param {string} address `host:port`, and here a path that only this environment knows
 */
export function connectRuntimeApi(address) {
  const base = new URL(`http://${address}/${VERSION}/runtime/`);
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });

  /**
   * @param {'GET' | 'POST'} method
   * @param {string} path
   * @param {string | Buffer} body
   * @param {Record<string, string>} headers
   * @returns {Promise<{headers: http.IncomingHttpHeaders, body: string}>}
   */
  const call = (method, path, body, headers = {}) =>
    new Promise((resolve, reject) => {
      const request = http.request(
        {
          agent,
          host: base.hostname,
          port: base.port,
          path: base.pathname + path,
          method,
          headers: { ...headers, 'Content-Length': Buffer.byteLength(body) },
        },
        (response) => {
          /** @type {Buffer[]} */
          const chunks = [];
          response.on('data', (chunk) => chunks.push(chunk));
          response.on('error', reject);
          response.on('end', () => {
            if ((response.statusCode ?? 500) < 300) {
              resolve({ headers: response.headers, body: Buffer.concat(chunks).toString() });
            } else reject(new Error(`Runtime API: ${method} ${path} ${response.statusCode}`));
          });
        },
      );
      request.on('error', reject);
      request.end(body);
    });

  return {
    /** Waits for the next event. */
    next: () => call('GET', 'invocation/next', ''),

    /**
     * @param {string} requestId
     * @param {string | Buffer} response
     */
    respond: (requestId, response) => call('POST', `invocation/${requestId}/response`, response),

    /**
     * @param {string | undefined} requestId undefined: the function did not load
     * @param {{errorType: string}} error
     */
    fail: (requestId, error) =>
      call(
        'POST',
        requestId === undefined ? 'init/error' : `invocation/${requestId}/error`,
        JSON.stringify(error),
        // Of ASCII, as headers are.
        { 'Lambda-Runtime-Function-Error-Type': error.errorType.replace(/[^ -~]/g, '?') },
      ),
  };
}
