import { format } from 'node:util';

/** Console methods by the level they log at. Lambda drops TRACE and DEBUG unless the function asks for them. */
const LEVELS = { info: 'INFO', log: 'INFO', warn: 'WARN', error: 'ERROR' } as const;
const DROPPED = ['trace', 'debug'] as const;

/**
 * Makes the console write Lambda's JSON lines, and stdout and stderr go the same way.
 * https://docs.aws.amazon.com/lambda/latest/dg/nodejs-logging.html#nodejs-logging-advanced-JSON
 *
 * @param write takes what is written, line ends included
 * @param requestId of the event that is being handled, if any
 */
export function patchConsole(write: (text: string) => void, requestId: () => string | undefined): void {
  for (const method of ['info', 'log', 'warn', 'error'] as const) {
    console[method] = (...values: unknown[]) => {
      write(`${logLine(LEVELS[method], requestId(), values)}\n`);
    };
  }
  for (const method of DROPPED) console[method] = () => undefined;
  for (const stream of [process.stdout, process.stderr]) {
    stream.write = (chunk: string | Uint8Array, ...rest: unknown[]) => {
      write(Buffer.from(chunk as string, encodingIn(rest)).toString());
      const written = rest.at(-1);
      if (typeof written === 'function') queueMicrotask(written as () => void);
      return true;
    };
  }
}

/** `write(chunk, encoding?, callback?)` */
function encodingIn([encoding]: readonly unknown[]): BufferEncoding | undefined {
  return typeof encoding === 'string' ? (encoding as BufferEncoding) : undefined;
}

function logLine(level: string, requestId: string | undefined, values: readonly unknown[]): string {
  const line = { timestamp: new Date().toISOString(), level, requestId };
  if (values.length !== 1) {
    const error = values.find((value) => value instanceof Error);
    return JSON.stringify({ ...line, message: format(...values), ...(error && explain(error)) });
  }
  try {
    return JSON.stringify({ ...line, message: values[0] }, errorsExplained);
  } catch {
    return JSON.stringify({ ...line, message: format(values[0]) });
  }
}

function errorsExplained(_key: string, value: unknown): unknown {
  return value instanceof Error ? { ...explain(value), ...value } : value;
}

function explain(error: Error) {
  return {
    errorType: error.constructor.name,
    errorMessage: error.message,
    stackTrace: error.stack?.split('\n') ?? [],
  };
}
