import { styleText } from 'node:util';
import type { FunctionReport, LogEntry } from './log';
import { loggedValue } from './logged-value';

type Style = 'dim' | 'red' | 'yellow' | 'green' | 'cyan';

/** Writes entries for people. `colour`: with escape sequences for a terminal. */
export function textLines(colour: boolean): (entry: LogEntry) => string {
  const paint = (style: Style, text: string) =>
    colour ? styleText(style, text, { validateStream: false }) : text;

  return (entry) => {
    switch (entry.type) {
      case 'notice':
        return paint(NOTICE_STYLES[entry.level], entry.message);
      case 'access':
        return `${entry.method} ${entry.path} ${paint(statusStyle(entry.status), String(entry.status))} ${entry.milliseconds.toFixed(1)} ms`;
      case 'function':
        return `${paint('cyan', entry.functionName)} ${readableLine(entry.line, colour)}`;
      case 'platform.start':
        return paint(
          'dim',
          `${entry.functionName} START RequestId: ${entry.requestId} Version: ${entry.version}`,
        );
      case 'platform.report':
        return paint('dim', `${entry.functionName} ${reportLine(entry)}`);
    }
  };
}

const NOTICE_STYLES = { info: 'green', warn: 'yellow', error: 'red' } as const;

function statusStyle(status: number): Style {
  if (status >= 500) return 'red';
  return status >= 400 ? 'yellow' : 'green';
}

/** https://docs.aws.amazon.com/lambda/latest/dg/nodejs-logging.html#nodejs-logging-output */
function reportLine({ requestId, errorType, metrics }: FunctionReport): string {
  const { durationMs, billedDurationMs, memorySizeMB, maxMemoryUsedMB, initDurationMs } = metrics;
  const init = initDurationMs === undefined ? '' : `  Init Duration: ${initDurationMs} ms`;
  const error = errorType === undefined ? '' : `  Status: error  Error Type: ${errorType}`;
  return (
    `REPORT RequestId: ${requestId}  Duration: ${durationMs} ms  Billed Duration: ${billedDurationMs} ms  ` +
    `Memory Size: ${memorySizeMB} MB  Max Memory Used: ${maxMemoryUsedMB} MB${init}${error}`
  );
}

/** Lambda's JSON line as level and message, errors with their stacks; any other line as it is. */
export function readableLine(written: string, colour = false): string {
  const line = written.trimEnd();
  const parsed = parse(line);
  if (!parsed) return line;
  const { level, message } = parsed;
  return `${String(level)} ${loggedValue(message, colour)}`;
}

function parse(line: string): Record<string, unknown> | undefined {
  if (!line.startsWith('{"timestamp":')) return undefined;
  try {
    return JSON.parse(line) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}
