import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import type { Log, LogEntry } from '../log/log';
import type { RequestSummary } from './requests/record';

/** Entries are sent together, at most this often. */
const INTERVAL_MS = 100;
/** Entries sent together; beyond it they are only counted: nobody reads faster. */
const BATCH = 200;
/** Unread bytes beyond which entries are only counted: a browser that does not keep up must not fill the memory. */
const UNREAD_LIMIT = 1024 * 1024;

export interface LiveLog {
  /** Hands an entry to whoever watches. */
  readonly log: Log;
  /** Likewise a request that has ended; its line of the list is made only if somebody watches. */
  readonly ended: (summary: () => RequestSummary) => void;
  /** Tells whoever watches that the page has become another. */
  readonly changed: () => void;
  /** What is logged from now on, as server-sent events; ends when destroyed. */
  readonly watch: () => Readable;
  readonly close: () => void;
}

/** Passes the log on to open pages. Without one, logging costs the look at an empty set. */
export function createLiveLog(): LiveLog {
  const watchers = new Set<Watcher>();
  let state = randomUUID();
  return {
    log(entry) {
      for (const watcher of watchers) watcher.note(plain(entry));
    },
    ended(summary) {
      if (watchers.size === 0) return;
      const entry = { type: 'request', ...summary() };
      for (const watcher of watchers) watcher.note(entry);
    },
    changed() {
      state = randomUUID();
      for (const watcher of watchers) watcher.push('event: changed\ndata:\n\n');
    },
    watch() {
      const watcher: Watcher = new Watcher(state, () => watchers.delete(watcher));
      watchers.add(watcher);
      return watcher;
    },
    close() {
      for (const watcher of watchers) watcher.destroy();
    },
  };
}

/** What the compiler or a function wrote with the colours of a terminal. */
function plain(entry: LogEntry): LogEntry {
  if (entry.type === 'notice') return { ...entry, message: stripVTControlCharacters(entry.message) };
  if (entry.type === 'function') return { ...entry, line: stripVTControlCharacters(entry.line) };
  return entry;
}

/** One open page. https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream */
class Watcher extends Readable {
  private pending: object[] = [];
  private dropped = 0;
  private timer: NodeJS.Timeout | undefined;

  /** @param state by which a page that was not watching for a while sees whether it is still the same */
  constructor(
    state: string,
    private readonly leave: () => void,
  ) {
    super();
    this.push(`retry: 1000\nevent: state\ndata: ${state}\n\n`);
  }

  note(entry: object): void {
    if (this.pending.length < BATCH) this.pending.push({ at: Date.now(), ...entry });
    else this.dropped += 1;
    this.timer ??= setTimeout(() => {
      this.flush();
    }, INTERVAL_MS);
  }

  private flush(): void {
    this.timer = undefined;
    const { pending, dropped } = this;
    this.pending = [];
    this.dropped = 0;
    if (this.readableLength > UNREAD_LIMIT) this.dropped = dropped + pending.length;
    else this.push(`data: ${JSON.stringify({ entries: pending, dropped })}\n\n`);
  }

  override _read(): void {
    // Entries come when something happens, not when they are asked for.
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.leave();
    clearTimeout(this.timer);
    done(error);
  }
}
