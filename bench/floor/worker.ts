import { parentPort, workerData } from 'node:worker_threads';

/** The floor's worker thread: the bundle, and nothing that Lambda's runtime does. */
export interface FloorSettings {
  /** URL of the bundle. */
  readonly module: string;
  /** What surrounds the body in the event; undefined: the body is the event. */
  readonly event: object | undefined;
}

type Handler = (event: unknown, context: object) => Promise<unknown>;

const { module, event } = workerData as FloorSettings;
const context = {
  awsRequestId: '00000000-0000-4000-8000-000000000000',
  getRemainingTimeInMillis: () => 10_000,
};

void (import(module) as Promise<{ handler: Handler }>).then(({ handler }) => {
  parentPort?.on('message', ({ id, body }: { id: number; body: string }) => {
    void handler(event ? { ...event, body } : JSON.parse(body), context).then((result) =>
      parentPort?.postMessage({ id, result: JSON.stringify(result) }),
    );
  });
  parentPort?.postMessage('loaded');
});
