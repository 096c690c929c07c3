import { Buffer } from 'node:buffer';
import { writeSync } from 'node:fs';
import { format } from 'node:util';

const { AWS_LAMBDA_LOG_FORMAT, AWS_LAMBDA_LOG_LEVEL, _LAMBDA_TELEMETRY_LOG_FD } = process.env;
delete process.env._LAMBDA_TELEMETRY_LOG_FD;

const descriptor = Number(_LAMBDA_TELEMETRY_LOG_FD);
const isJson = AWS_LAMBDA_LOG_FORMAT === 'JSON';

const LEVELS = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'];
const METHODS = {
  trace: 'TRACE',
  debug: 'DEBUG',
  info: 'INFO',
  log: 'INFO',
  warn: 'WARN',
  error: 'ERROR',
  fatal: 'FATAL',
};

/** @type {string | undefined} */
let requestId;

/** @param {string} id of the event that is handled from now on */
export function logRequest(id) {
  requestId = id;
}

/**
 * Makes the console write Lambda's lines, JSON or text, of the level that the function asks for.
 * https://docs.aws.amazon.com/lambda/latest/dg/nodejs-logging.html
 */
export function patchConsole() {
  const least = isJson ? LEVELS.indexOf(AWS_LAMBDA_LOG_LEVEL ?? 'INFO') : 0;
  const line = isJson ? jsonLine : textLine;
  for (const [method, level] of Object.entries(METHODS)) {
    const isShown = LEVELS.indexOf(level) >= least;
    Reflect.set(console, method, (/** @type {unknown[]} */ ...values) => {
      if (isShown) writeFrame(line(level, values));
    });
  }
}

/**
 * @param {string} what
 * @param {unknown} error
 */
export function logError(what, error) {
  if (isJson) console.error(error);
  else
    console.error(
      what,
      `\t${JSON.stringify(error instanceof Error ? textError(error) : { errorType: typeof error, errorMessage: format(error) })}`,
    );
}

/**
 * One message to the service, as Lambda's own runtimes send them: it may have several lines. The descriptor is this
 * client's alone and blocks: nothing is lost or late, whatever a function does to its standard output.
 * @param {string} text
 */
function writeFrame(text) {
  const message = Buffer.from(text);
  const frame = Buffer.alloc(16 + message.length);
  frame.writeUInt32BE(0xa55a0003, 0);
  frame.writeUInt32BE(message.length, 4);
  frame.writeBigUInt64BE(BigInt(Date.now()) * 1000n, 8);
  message.copy(frame, 16);
  try {
    for (let written = 0; written < frame.length;) written += writeSync(descriptor, frame, written);
  } catch {
    // A function may close what it likes; it goes on without a log.
  }
}

/**
 * @param {string} level
 * @param {readonly unknown[]} values
 */
function textLine(level, values) {
  return `${new Date().toISOString()}\t${requestId ?? 'undefined'}\t${level}\t${format(...values)}`;
}

/**
 * @param {string} level
 * @param {readonly unknown[]} values
 */
function jsonLine(level, values) {
  const line = { timestamp: new Date().toISOString(), level, requestId };
  if (values.length !== 1) {
    const error = values.find((value) => value instanceof Error);
    return JSON.stringify({ ...line, message: format(...values), ...(error && explained(error)) });
  }
  try {
    return JSON.stringify({ ...line, message: values[0] }, (_key, value) =>
      value instanceof Error ? { ...explained(value), ...value } : value,
    );
  } catch {
    return JSON.stringify({ ...line, message: format(values[0]) });
  }
}

/** @param {Error} error */
function explained(error) {
  return {
    errorType: error.constructor.name,
    errorMessage: error.message,
    stackTrace: String(error.stack ?? '').split('\n'),
  };
}

/** @param {Error} error */
function textError(error) {
  const { errorMessage, stackTrace } = explained(error);
  return { errorType: error.name, errorMessage, ...error, stack: stackTrace };
}
