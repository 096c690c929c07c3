// Lambda's Node.js runtime in an execution environment: `node client.mjs <folder of the layers>`; everything else is in
// its variables.
// Asks the Runtime API for one event after the other and hands each to the handler.
// https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
import { handleEvent } from './handle-event.mjs';
import { describe, runtimeError } from './errors.mjs';
import { loadHandler } from './load-handler.mjs';
import { logError, logRequest, patchConsole } from './log.mjs';
import { mapLambdaPaths } from './lambda-paths.mjs';
import { connectRuntimeApi } from './runtime-api-client.mjs';

// In Lambda there is no argument.
const [optRoot = '/opt'] = process.argv.splice(2);
const { AWS_LAMBDA_RUNTIME_API = '', LAMBDA_TASK_ROOT = '', _HANDLER = '' } = process.env;
const runtimeApi = connectRuntimeApi(AWS_LAMBDA_RUNTIME_API);

/** Request id of the event at hand. @type {string | undefined} */
let requestId;

patchConsole();
mapLambdaPaths({ '/var/task': LAMBDA_TASK_ROOT, '/opt': optRoot });
dropNodeVersionWarnings();
process.on('uncaughtException', (error) => void crash(error, 129));
process.on('unhandledRejection', (reason) => {
  void crash(runtimeError('Runtime.UnhandledPromiseRejection', String(reason), reason), 128);
});
try {
  const handler = await loadHandler(LAMBDA_TASK_ROOT, _HANDLER);
  for (;;) await handleNext(handler);
} catch (error) {
  await crash(error, 1);
}

/** @param {import('./load-handler.mjs').LoadedHandler} handler */
async function handleNext(handler) {
  const { headers, body } = await runtimeApi.next();
  requestId = headers['lambda-runtime-aws-request-id'];
  logRequest(requestId);
  setTraceId(headers['lambda-runtime-trace-id']);
  const invocation = await handleEvent(handler, headers, body);
  if ('error' in invocation) {
    logError('Invoke Error', invocation.error);
    await runtimeApi.fail(requestId, describe(invocation.error));
  } else {
    await runtimeApi.respond(requestId, invocation.response);
  }
  await invocation.settled;
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
    await runtimeApi.fail(requestId, describe(thrown));
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
