import { AsyncLocalStorage } from 'node:async_hooks';
import type { Called } from '../../dynamodb/database-call';
import type { OnDecision } from '../../iam/evaluate';
import type { InvocationSource } from '../../lambda/invoker';
import type { Invoked } from '../../lambda/service';
import type { Log } from '../../log/log';
import type { Answer, HttpRequest } from '../../server/request';
import { detailOf, summaryOf } from './detail';
import type { RequestDetail, RequestSummary } from './record';
import { type RecordedInvocation, type Recording, sizeOf } from './recording';

/** How many requests are kept, and how many bytes of all of them together; the newest is kept however large it is. */
const KEPT = 200;
const KEPT_BYTES = 16 * 1024 * 1024;
/** Lines, decisions, and calls of one invocation, each; and characters of its lines. Beyond it they are only counted. */
const KEPT_OF_EACH = 500;
const KEPT_OF_LINES = 256 * 1024;
/** How long what came is kept as it came, credentials included, before it is kept as it is shown. Most of a busy server's is gone by then. */
const RAW_MS = 5000;

export interface RecorderOptions {
  /** Whether a request is the page's own, which is nobody's business. */
  readonly isOwn: (request: HttpRequest) => boolean;
  /** Told of each that has ended. */
  readonly ended: (summary: () => RequestSummary) => void;
}

/** A request that is kept: as it came, then as it is shown, then not at all. */
interface Kept {
  recording: Recording | undefined;
  detail: RequestDetail | undefined;
  /** Of the recording or, at most, of the detail. */
  size: number;
}

/**
 * Keeps the last requests, and what else has invoked functions, with what became of them. It is told by those who know, who
 * know nothing of it; what they tell belongs to the request that they are called for, or to the invocation that they name.
 * To be told costs next to nothing: what is told is read when somebody looks.
 */
export class Recorder {
  private readonly current = new AsyncLocalStorage<Kept>();
  /** By number, the oldest first. */
  private readonly kept = new Map<number, Kept>();
  private size = 0;
  private count = 0;
  /** Those of recordings, by request id and by trace. */
  private readonly invocations = new Map<string, RecordedInvocation>();
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly options: RecorderOptions) {}

  /** Those that have ended, the newest first. */
  list(): RequestSummary[] {
    return [...this.kept.values()]
      .map(shown)
      .filter((one) => one !== undefined)
      .map(withoutDetails)
      .reverse();
  }

  /** Undefined for one that is not kept any more, or has not ended. */
  find(key: number): RequestDetail | undefined {
    const kept = this.kept.get(key);
    return kept && shown(kept);
  }

  close(): void {
    clearTimeout(this.timer);
  }

  /** Answers as `answer` does, and takes note of it. */
  recorded(answer: Answer): Answer {
    return async (request) => {
      if (this.options.isOwn(request)) return answer(request);
      const recording = this.begin(undefined, request);
      const response = await this.current.run(this.kept.get(recording.key)!, answer, request);
      recording.response = response;
      recording.milliseconds = performance.now() - recording.startedAt;
      this.end(recording);
      return response;
    };
  }

  readonly invoked: Invoked = (event, source) => {
    const recording =
      (source ? undefined : this.current.getStore()?.recording) ??
      this.begin(source ?? { kind: 'asynchronous', name: event.invokedFunctionArn });
    const invocation: RecordedInvocation = {
      event,
      startedAt: performance.now(),
      lines: [],
      decisions: [],
      calls: [],
      result: undefined,
      report: undefined,
      logged: 0,
      more: 0,
    };
    recording.invocations.push(invocation);
    recording.open++;
    this.invocations.set(event.requestId, invocation);
    this.invocations.set(event.traceId, invocation);
    return (result) => {
      invocation.result = result;
      if (!recording.request) recording.milliseconds = performance.now() - recording.startedAt;
      this.end(recording);
    };
  };

  readonly log: Log = (entry) => {
    if (entry.type === 'notice') {
      this.current.getStore()?.recording?.notices.push(entry);
      return;
    }
    if (entry.type !== 'function' && entry.type !== 'platform.report') return;
    const invocation = this.invocations.get(entry.requestId ?? '');
    if (!invocation) return;
    if (entry.type === 'platform.report') {
      invocation.report = entry;
      return;
    }
    const logged = invocation.logged + entry.line.length;
    if (logged > KEPT_OF_LINES) invocation.more++;
    else if (keep(invocation.lines, entry.line, invocation)) invocation.logged = logged;
  };

  readonly onDecision: OnDecision = (request, decision) => {
    if (request.invocation === undefined) {
      this.current.getStore()?.recording?.decisions.push({ request, decision });
      return;
    }
    const invocation = this.invocations.get(request.invocation);
    if (invocation) keep(invocation.decisions, { request, decision }, invocation);
  };

  readonly called: Called = (call) => {
    const invocation = this.invocations.get(call.traceId ?? '');
    if (!invocation) return;
    keep(invocation.calls, { ...call, startedAt: performance.now() - call.milliseconds }, invocation);
  };

  private begin(source: InvocationSource | undefined, request?: HttpRequest): Recording {
    const recording: Recording = {
      key: ++this.count,
      at: Date.now(),
      startedAt: performance.now(),
      source,
      request,
      response: undefined,
      milliseconds: undefined,
      notices: [],
      decisions: [],
      invocations: [],
      open: request ? 1 : 0,
    };
    this.kept.set(recording.key, { recording, detail: undefined, size: 0 });
    return recording;
  }

  /** The request is answered, or an invocation of it has its result. */
  private end(recording: Recording): void {
    recording.open--;
    const kept = this.kept.get(recording.key);
    if (!kept) return;
    const size = sizeOf(recording);
    this.size += size - kept.size;
    kept.size = size;
    for (const [key, oldest] of this.kept) {
      if (oldest === kept || (this.kept.size <= KEPT && this.size <= KEPT_BYTES)) break;
      this.kept.delete(key);
      this.size -= oldest.size;
      this.dropRecording(oldest);
    }
    if (recording.milliseconds !== undefined) this.options.ended(() => summaryOf(recording));
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      for (const one of this.kept.values()) this.keepAsShown(one);
    }, RAW_MS).unref();
  }

  private keepAsShown(kept: Kept): void {
    if (kept.recording?.open !== 0) return;
    kept.detail = detailOf(kept.recording);
    this.dropRecording(kept);
  }

  /** What is told of it from now on belongs to nobody. */
  private dropRecording(kept: Kept): void {
    for (const invocation of kept.recording?.invocations ?? []) {
      const { requestId, traceId } = invocation.event;
      // The next attempt for an event has its id.
      for (const id of [requestId, traceId]) {
        if (this.invocations.get(id) === invocation) this.invocations.delete(id);
      }
    }
    kept.recording = undefined;
  }
}

function shown({ recording, detail }: Kept): RequestDetail | undefined {
  return detail ?? (recording?.milliseconds === undefined ? undefined : detailOf(recording));
}

function withoutDetails({
  request: _request,
  answer: _answer,
  notices: _notices,
  decisions: _decisions,
  invocations: _invocations,
  ...summary
}: RequestDetail): RequestSummary {
  return summary;
}

/** Takes one more, unless there are so many that it is only counted. */
function keep<T>(list: T[], one: T, invocation: RecordedInvocation): boolean {
  if (list.length < KEPT_OF_EACH) list.push(one);
  else invocation.more++;
  return list.at(-1) === one;
}
