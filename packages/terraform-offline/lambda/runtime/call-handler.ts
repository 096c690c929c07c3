import { runtimeError } from './errors';
import type { Handler } from './load-handler';

/** Callbacks went with Node.js 24. https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html#nodejs-handler-callback */
const FIRST_WITHOUT_CALLBACKS = 24;

/** Calls a handler and waits for what it returns, or hands to its callback. */
export async function callHandler(handler: Handler, event: unknown, context: object): Promise<unknown> {
  if (handler.length < 3) return handler(event, context);
  if (nodeMajor() >= FIRST_WITHOUT_CALLBACKS) {
    throw runtimeError(
      'Runtime.CallbackHandlerDeprecated',
      'AWS Lambda has removed support for callback-based function handlers starting with Node.js 24. ' +
        'You need to modify this function to use a supported handler signature to use Node.js 24 or later.',
    );
  }
  const { failed, value } = await new Promise<{ failed: boolean; value: unknown }>((settle) => {
    const succeed = (value: unknown) => {
      settle({ failed: false, value });
    };
    const fail = (value: unknown) => {
      settle({ failed: true, value });
    };
    const returned = handler(event, context, (error, result) => {
      if (error == null) succeed(result);
      else fail(error);
    });
    if (returned instanceof Promise) returned.then(succeed, fail);
  });
  if (failed) throw value;
  return value;
}

function nodeMajor(): number {
  return Number(/nodejs(\d+)/.exec(process.env.AWS_EXECUTION_ENV ?? '')?.[1]);
}
