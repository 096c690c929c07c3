import type { RuntimeError } from '../messages';

/** The errors that Lambda's Node.js runtime itself raises, as github.com/aws/aws-lambda-nodejs-runtime-interface-client names them. */
export type RuntimeErrorName =
  | 'Runtime.CallbackHandlerDeprecated'
  | 'Runtime.HandlerNotFound'
  | 'Runtime.ImportModuleError'
  | 'Runtime.JSONStringifyError'
  | 'Runtime.MalformedHandlerName'
  | 'Runtime.UnhandledPromiseRejection'
  | 'Runtime.UserCodeSyntaxError';

/** An error with that name. */
export function runtimeError(name: RuntimeErrorName, message: string): Error {
  return Object.assign(new Error(message), { name });
}

/** Anything thrown, as the runtime reports it. */
export function describe(thrown: unknown): RuntimeError {
  if (!(thrown instanceof Error)) {
    return { errorType: typeof thrown, errorMessage: String(thrown), trace: [] };
  }
  return { errorType: thrown.name, errorMessage: thrown.message, trace: thrown.stack?.split('\n') ?? [] };
}
