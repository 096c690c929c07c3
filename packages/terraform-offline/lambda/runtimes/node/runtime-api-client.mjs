import { Buffer } from 'node:buffer';
import { connect } from 'node:net';

/** @typedef {{ headers: Record<string, string>, body: string }} Answer */

/**
 * A connection to the Runtime API. What is sent to it is HTTP/1.1 of the plainest kind, and so is what comes back:
 * `node:http` would take half of the time that an event takes which does nothing.
 * @param {string} address `host:port`, and here a path that only this environment knows
 */
export function connectRuntimeApi(address) {
  const { host, hostname, port, pathname } = new URL(`http://${address}/2018-06-01/runtime/`);
  const socket = connect({ host: hostname, port: Number(port), noDelay: true });
  const answers = answersOf(socket);

  /**
   * @param {'GET' | 'POST'} method
   * @param {string} path
   * @param {string | Buffer} body
   * @param {string} [headers] each with its end of line
   */
  const call = (method, path, body, headers = '') => {
    const head =
      `${method} ${pathname}${path} HTTP/1.1\r\nHost: ${host}\r\n${headers}` +
      `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n`;
    if (typeof body === 'string') socket.write(head + body);
    else {
      socket.write(head);
      socket.write(body);
    }
    return answers.next();
  };

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
        `Lambda-Runtime-Function-Error-Type: ${error.errorType.replace(/[^ -~]/g, '?')}\r\n`,
      ),

    /**
     * What is sent meanwhile goes out at once.
     * @param {() => void} send
     */
    together(send) {
      socket.cork();
      send();
      socket.uncork();
    },
  };
}

/** @param {import('node:net').Socket} socket */
function answersOf(socket) {
  /** @type {{ resolve: (answer: Answer) => void, reject: (error: Error) => void }[]} */
  const waiting = [];
  /** @type {Buffer[]} */
  let chunks = [];
  let received = 0;
  /** Bytes of the answer that is on its way, as far as is known. */
  let needed = 1;
  /** @param {Error} error */
  const fail = (error) => {
    for (const { reject } of waiting.splice(0)) reject(error);
  };
  socket.on('error', fail);
  socket.on('close', () => fail(new Error('the Runtime API has gone')));
  socket.on('data', (chunk) => {
    chunks.push(chunk);
    received += chunk.length;
    while (received >= needed) {
      const bytes = chunks.length === 1 ? /** @type {Buffer} */ (chunks[0]) : Buffer.concat(chunks);
      chunks = [bytes];
      const end = bytes.indexOf('\r\n\r\n');
      if (end < 0) return void (needed = received + 1);
      const [status = '', ...lines] = bytes.toString('latin1', 0, end).split('\r\n');
      const headers = Object.fromEntries(
        lines.map((line) => [
          line.slice(0, line.indexOf(':')).toLowerCase(),
          line.slice(line.indexOf(':') + 2),
        ]),
      );
      needed = end + 4 + Number(headers['content-length']);
      if (received < needed) return;
      const body = bytes.toString('utf8', end + 4, needed);
      const rest = bytes.subarray(needed);
      chunks = rest.length === 0 ? [] : [rest];
      received = rest.length;
      needed = 1;
      const { resolve, reject } = waiting.shift() ?? {};
      // Whoever waits for the loop to be empty does not wait for this.
      if (waiting.length === 0) socket.unref();
      if (/ 2\d\d /.test(status)) resolve?.({ headers, body });
      else reject?.(new Error(`Runtime API: ${status}`));
    }
  });
  return {
    /** @returns {Promise<Answer>} */
    next() {
      socket.ref();
      return new Promise((resolve, reject) => waiting.push({ resolve, reject }));
    },
  };
}
