// Lambda's Node.js runtime in an execution environment: `node client.mjs <folder of the layers>`; everything else is in its
// variables.
// Asks the Runtime API for one event after the other and hands each to the handler.
// https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
import { handleEvent } from './handle-event.mjs';
import { describe, runtimeError } from './errors.mjs';
import { provideGarbageCollection } from './garbage-collection.mjs';
import { loadHandler } from './load-handler.mjs';
import { logError, logRequest, patchConsole } from './log.mjs';
import { hookModules } from './module-hooks.mjs';
import { connectRuntimeApi } from './runtime-api-client.mjs';

// In Lambda there is no argument.
const [optRoot = '/opt'] = process.argv.splice(2);
const {
  AWS_LAMBDA_RUNTIME_API = '',
  LAMBDA_RUNTIME_DIR = '',
  LAMBDA_TASK_ROOT = '',
  _HANDLER = '',
} = process.env;
const runtimeApi = connectRuntimeApi(AWS_LAMBDA_RUNTIME_API);

/** Request id of the event at hand. @type {string | undefined} */
let requestId;
/** Whether it waits for an event: what goes wrong meanwhile belongs to none. */
let isIdle = false;

patchConsole();
provideGarbageCollection();
hookModules({ '/var/task': LAMBDA_TASK_ROOT, '/var/runtime': LAMBDA_RUNTIME_DIR, '/opt': optRoot });
dropNodeVersionWarnings();
process.on('uncaughtException', (error) => void crash(error, 129));
process.on('unhandledRejection', (reason) => {
  void crash(runtimeError('Runtime.UnhandledPromiseRejection', String(reason), reason), 128);
});
try {
  const handler = await loadHandler(LAMBDA_TASK_ROOT, _HANDLER);
  let next = runtimeApi.next();
  for (;;) {
    isIdle = requestId !== undefined;
    const event = await next;
    isIdle = false;
    const { answer, settled } = await handle(handler, event);
    if (settled) {
      await answer();
      await settled;
      next = runtimeApi.next();
    } else {
      runtimeApi.together(() => {
        void answer();
        next = runtimeApi.next();
      });
    }
  }
} catch (error) {
  await crash(error, 1);
}

/**
 * @param {import('./load-handler.mjs').LoadedHandler} handler
 * @param {import('./runtime-api-client.mjs').Answer} event
 */
async function handle(handler, { headers, body }) {
  const id = headers['lambda-runtime-aws-request-id'] ?? '';
  requestId = id;
  logRequest(id);
  setTraceId(headers['lambda-runtime-trace-id']);
  const invocation = await handleEvent(handler, headers, body);
  if ('error' in invocation) logError('Invoke Error', invocation.error);
  const answer = () =>
    'error' in invocation
      ? runtimeApi.fail(id, describe(invocation.error))
      : runtimeApi.respond(id, invocation.response);
  return { answer, settled: invocation.settled };
}

/** @param {string | undefined} traceId */
function setTraceId(traceId) {
  if (traceId === undefined) delete process.env._X_AMZN_TRACE_ID;
  else process.env._X_AMZN_TRACE_ID = traceId;
}

/**
 * Tells what nobody caught, and ends.
 * @param {unknown} thrown
 * @param {number} exitCode
 */
async function crash(thrown, exitCode) {
  try {
    logError(requestId === undefined ? 'Uncaught Exception' : 'Invoke Error', thrown);
    if (!isIdle) await runtimeApi.fail(requestId, describe(thrown));
  } catch {
    // The server has gone: nobody is left to tell.
  }
  process.exit(exitCode);
}

/** Keeps the AWS SDK from warning of the age of this machine's Node.js, which is not the one the function has in Lambda. */
function dropNodeVersionWarnings() {
  const emitWarning = process.emitWarning.bind(process);
  process.emitWarning = (/** @type {any} */ warning, /** @type {any[]} */ ...options) => {
    if (!String(warning).startsWith('NodeVersionSupportWarning')) emitWarning(warning, ...options);
  };
}
