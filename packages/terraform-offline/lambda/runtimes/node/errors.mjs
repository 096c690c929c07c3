// The errors that Lambda's Node.js runtime itself raises, as github.com/aws/aws-lambda-nodejs-runtime-interface-client names them.

/**
 * An error with that name.
 * @param {`Runtime.${string}`} name
 * @param {string} message
 * @param {unknown} [cause] its trace is the one that helps
 */
export function runtimeError(name, message, cause) {
  const error = Object.assign(new Error(message), { name });
  if (cause instanceof Error && cause.stack !== undefined) error.stack = `${name}: ${cause.stack}`;
  return error;
}

/**
 * Anything thrown, as the runtime reports it.
 * @param {unknown} thrown
 */
export function describe(thrown) {
  if (!(thrown instanceof Error)) return { errorType: typeof thrown, errorMessage: text(thrown), trace: [] };
  return {
    errorType: String(thrown.name),
    errorMessage: String(thrown.message),
    trace: String(thrown.stack ?? '').split('\n'),
  };
}

/** @param {unknown} value which may be an object without a prototype */
function text(value) {
  try {
    return String(value);
  } catch {
    return Object.prototype.toString.call(value);
  }
}
