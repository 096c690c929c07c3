import { hasCallbacks, STREAMING } from './load-handler.mjs';
import { runtimeError } from './errors.mjs';
import { streamedResponse } from './stream.mjs';

/** @typedef {import('node:http').IncomingHttpHeaders} Headers */

/**
 * What came of an event. `settled`: when the environment may take the next one.
 * @typedef {({response: string | Buffer} | {error: unknown}) & {settled?: Promise<void>}} Handled
 */

/**
 * Calls the handler with an event of the Runtime API. Never rejects.
 * @param {import('./load-handler.mjs').LoadedHandler} handler
 * @param {Headers} headers
 * @param {string} body
 * @returns {Promise<Handled>}
 */
export async function handleEvent(handler, headers, body) {
  try {
    const context = contextOf(headers);
    const event = JSON.parse(body);
    if (handler[STREAMING]) return { response: await streamedResponse(handler, event, context) };
    if (hasCallbacks) return await callWithCallbacks(handler, event, context);
    return { response: stringify(await handler(event, context)) };
  } catch (error) {
    return { error };
  }
}

/**
 * https://docs.aws.amazon.com/lambda/latest/dg/nodejs-context.html
 * @param {Headers} headers
 */
function contextOf(headers) {
  const { env } = process;
  const deadline = Number(headers['lambda-runtime-deadline-ms']);
  return {
    functionName: env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: env.AWS_LAMBDA_FUNCTION_VERSION,
    invokedFunctionArn: headers['lambda-runtime-invoked-function-arn'],
    memoryLimitInMB: env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: env.AWS_LAMBDA_LOG_STREAM_NAME,
    clientContext: parsed(headers['lambda-runtime-client-context']),
    identity: parsed(headers['lambda-runtime-cognito-identity']),
    awsRequestId: headers['lambda-runtime-aws-request-id'],
    getRemainingTimeInMillis: () => deadline - Date.now(),
  };
}

/** @param {string | string[] | undefined} header */
function parsed(header) {
  return typeof header === 'string' ? JSON.parse(header) : undefined;
}

/**
 * As runtimes up to nodejs22.x do: the result is what a promise, the callback or the context gives first, and `null`
 * when nothing is left to run.
 * @param {import('./load-handler.mjs').LoadedHandler} handler
 * @param {unknown} event
 * @param {ReturnType<typeof contextOf>} base
 * @returns {Promise<Handled>}
 */
function callWithCallbacks(handler, event, base) {
  return new Promise((resolve, reject) => {
    let waitsForEmptyEventLoop = true;
    const onEmpty = () => succeed(null);
    process.once('beforeExit', onEmpty);
    /** @param {unknown} error */
    const fail = (error) => {
      process.off('beforeExit', onEmpty);
      reject(error ?? 'handled');
    };
    /**
     * @param {unknown} value
     * @param {Promise<void>} [settled]
     */
    const succeed = (value, settled) => {
      process.off('beforeExit', onEmpty);
      try {
        resolve({ response: stringify(value), settled });
      } catch (error) {
        reject(error);
      }
    };
    /**
     * @param {unknown} error
     * @param {unknown} [value]
     */
    const done = (error, value) => (error == null ? succeed(value) : fail(error));
    const context = {
      ...base,
      get callbackWaitsForEmptyEventLoop() {
        return waitsForEmptyEventLoop;
      },
      set callbackWaitsForEmptyEventLoop(waits) {
        waitsForEmptyEventLoop = waits;
      },
      succeed: (/** @type {unknown} */ value) => succeed(value),
      fail,
      done,
    };
    /**
     * @param {unknown} error
     * @param {unknown} [value]
     */
    const callback = (error, value) => {
      if (error != null) return fail(error);
      succeed(value, waitsForEmptyEventLoop ? emptyEventLoop() : undefined);
    };
    const returned = /** @type {any} */ (handler(event, context, callback));
    if (typeof returned?.then === 'function') returned.then(succeed, fail);
  });
}

/** @returns {Promise<void>} */
function emptyEventLoop() {
  return new Promise((resolve) => void process.once('beforeExit', () => resolve()));
}

/**
 * @param {unknown} result
 * @returns {string}
 */
function stringify(result) {
  try {
    // `undefined` for a function or a symbol.
    const text = JSON.stringify(result ?? null);
    if (text !== undefined) return text;
  } catch {
    // Told below: a cycle, a BigInt, a toJSON that throws.
  }
  throw runtimeError('Runtime.JSONStringifyError', 'Unable to stringify response body');
}
