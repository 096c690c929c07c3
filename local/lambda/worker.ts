import { getHeapStatistics } from 'node:v8';
import { parentPort, workerData } from 'node:worker_threads';
import type { EventMessage, EventMessages, RuntimeMessage, RuntimeSettings } from './messages';
import { callHandler } from './runtime/call-handler';
import { patchConsole } from './runtime/console';
import { contexts } from './runtime/context';
import { describe, runtimeError } from './runtime/errors';
import { type Handler, loadHandler } from './runtime/load-handler';
import { dropNodeVersionWarnings } from './runtime/warnings';

/** What stands in for Lambda's Node.js runtime: loads the handler, then handles events one by one. */
let requestId: string | undefined;

function send(message: RuntimeMessage): void {
  parentPort?.postMessage(message);
}

function memoryBytes(): number {
  const { total_physical_size: heap, external_memory: outside } = getHeapStatistics();
  return heap + outside;
}

function fail(thrown: unknown, fatal: boolean): void {
  console.error(thrown);
  send({ type: 'error', error: describe(thrown), fatal, memoryBytes: memoryBytes() });
}

async function handle(handler: Handler, payload: string, context: object): Promise<void> {
  try {
    const result = await callHandler(handler, JSON.parse(payload), context);
    send({ type: 'response', payload: stringify(result), memoryBytes: memoryBytes() });
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

async function initialize(settings: RuntimeSettings): Promise<void> {
  const handler = await loadHandler(settings.taskRoot, settings.handler);
  const contextOf = contexts(settings.functionArn, settings.timeoutMs);
  const next = new Int32Array(settings.next);
  const events: EventMessage[] = [];
  let busy = false;

  const handleAll = async () => {
    busy = true;
    for (let event = events.shift(); event; event = events.shift()) {
      const isTakenBack = Atomics.compareExchange(next, 0, event.number, event.number + 1) !== event.number;
      if (isTakenBack) continue;
      requestId = event.requestId;
      await handle(handler, event.payload, contextOf(event.requestId));
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
initialize(workerData as RuntimeSettings).catch((error: unknown) => {
  crash(error, 1);
});
