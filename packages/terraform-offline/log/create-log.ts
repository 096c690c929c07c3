import { oncePerTurn } from '../server/once-per-turn';
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
