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

/** A log that writes lines; those of one turn of the event loop at once. */
export function createLog({ json, quiet, stream }: LogOptions): Log {
  const format = json ? jsonLine : textLines(stream.hasColors?.() ?? false);
  let buffered = '';

  const flush = oncePerTurn(() => {
    stream.write(buffered);
    buffered = '';
  });
  return (entry) => {
    if (quiet && !isProblem(entry)) return;
    buffered += `${format(entry)}\n`;
    flush();
  };
}

function isProblem(entry: LogEntry): boolean {
  return entry.type === 'notice' && entry.level !== 'info';
}

/**
 * Makes one call of many: `callback` runs once for all that call in the same turn of the event loop. Waking a thread, or
 * a client that waits for its answer, costs more than most of what is done in between.
 */
export function oncePerTurn(callback: () => void): () => void {
  let isDue = false;
  return () => {
    if (isDue) return;
    isDue = true;
    setImmediate(() => {
      isDue = false;
      callback();
    });
  };
}
