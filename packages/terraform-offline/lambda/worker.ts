import { getHeapStatistics } from 'node:v8';
import { parentPort, workerData } from 'node:worker_threads';
import { type EventMessages, MEMORY_KB, NEXT, type RuntimeMessage, type RuntimeSettings } from './messages';
import { callHandler } from './runtime/call-handler';
import { patchConsole } from './runtime/console';
import { contexts } from './runtime/context';
import { describe, runtimeError } from './runtime/errors';
import { type Handler, loadHandler } from './runtime/load-handler';
import { dropNodeVersionWarnings } from './runtime/warnings';

/** What stands in for Lambda's Node.js runtime: loads the handler, then handles events one by one. */
let requestId: string | undefined;
const settings = workerData as RuntimeSettings;
const shared = new Int32Array(settings.shared);

function send(message: RuntimeMessage): void {
  parentPort?.postMessage(message);
}

function answer(message: RuntimeMessage): void {
  const { total_physical_size: heap, external_memory: outside } = getHeapStatistics();
  Atomics.store(shared, MEMORY_KB, (heap + outside) / 1024);
  send(message);
}

function fail(thrown: unknown, fatal: boolean): void {
  console.error(thrown);
  answer({ type: 'error', error: describe(thrown), fatal });
}

async function handle(handler: Handler, payload: string, context: object): Promise<void> {
  try {
    const result = await callHandler(handler, JSON.parse(payload), context);
    answer(stringify(result));
  } catch (error) {
    fail(error, false);
  }
}

function stringify(result: unknown): string {
  try {
    // `undefined` for a function or a symbol.
    const text = JSON.stringify(result ?? null) as string | undefined;
    if (text !== undefined) return text;
  } catch {
    // Told below: a cycle, a BigInt, a toJSON that throws.
  }
  throw runtimeError('Runtime.JSONStringifyError', 'Unable to stringify response body');
}

async function initialize(): Promise<void> {
  const handler = await loadHandler(settings.taskRoot, settings.handler);
  const contextOf = contexts(settings.functionArn, settings.timeoutMs);
  const events: string[] = [];
  let taken = 0;
  let busy = false;

  const handleAll = async () => {
    busy = true;
    for (let id = events.shift(); id !== undefined; id = events.shift()) {
      const payload = events.shift() ?? '';
      const number = (taken += 1);
      const isTakenBack = Atomics.compareExchange(shared, NEXT, number, number + 1) !== number;
      if (isTakenBack) continue;
      requestId = id;
      await handle(handler, payload, contextOf(id));
    }
    busy = false;
  };
  parentPort?.on('message', (messages: EventMessages) => {
    events.push(...messages);
    if (!busy) void handleAll();
  });
  send({ type: 'initialized' });
}

function crash(thrown: unknown, exitCode: number): void {
  fail(thrown, true);
  process.exit(exitCode);
}

dropNodeVersionWarnings();
patchConsole(
  (line) => {
    send({ type: 'line', line });
  },
  () => requestId,
);
process.on('uncaughtException', (error) => {
  crash(error, 129);
});
process.on('unhandledRejection', (reason) => {
  crash(runtimeError('Runtime.UnhandledPromiseRejection', String(reason)), 128);
});
initialize().catch((error: unknown) => {
  crash(error, 1);
});
