import { jsonLine } from './json-line';
import type { Log, LogEntry } from './log';
import { textLines } from './text-line';

export interface LogOptions {
  /** JSON lines instead of text. */
  readonly json: boolean;
  /** Nothing but warnings and errors. */
  readonly quiet: boolean;
  readonly stream: LogStream;
}

/** Standard output: on a terminal with colours, unless the environment says `NO_COLOR`. */
interface LogStream {
  write(text: string): unknown;
  hasColors?(): boolean;
}

/** Lines on their way out. */
export interface LogWriter {
  readonly log: Log;
  /** Writes what waits to be written: before something else is written there, and at the end. */
  readonly flush: () => void;
}

/** While there are many lines, those of so long are written at once: each write costs more than many lines. */
const BURST_MS = 10;

/** A log that writes lines. */
export function createLog({ json, quiet, stream }: LogOptions): LogWriter {
  const format = json ? jsonLine : textLines(stream.hasColors?.() ?? false);
  let buffered = '';
  let writtenAt = -Infinity;
  let timer: NodeJS.Timeout | undefined;

  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    if (buffered === '') return;
    stream.write(buffered);
    buffered = '';
    writtenAt = performance.now();
  };
  const log: Log = (entry) => {
    if (quiet && !isProblem(entry)) return;
    buffered += `${format(entry)}\n`;
    timer ??= setTimeout(flush, Math.max(0, writtenAt + BURST_MS - performance.now()));
  };
  return { log, flush };
}

function isProblem(entry: LogEntry): boolean {
  return entry.type === 'notice' && entry.level !== 'info';
}
