/**
 * A function's first life: Lambda's runtime, as far as it counts. Its own client of the Runtime API has `node:http`
 * loaded before the function, so that the function's load does not pay for it.
 */
import 'node:http';

export interface Order {
  /** The bundle. */
  readonly file: string;
  readonly event: unknown;
  /** Further requests before the ones that `warm` is measured over. Default: 0. */
  readonly warmUps?: number;
  /** Default: 0. */
  readonly warmRequests?: number;
}

/** In milliseconds. */
export interface Life {
  /** CPU of load and first request. */
  readonly cpu: number;
  /** Of the first request alone. */
  readonly firstCpu: number;
  readonly firstWall: number;
  /** CPU of a warm request; NaN without any. */
  readonly warmCpu: number;
  /** What the first request was answered with. */
  readonly answer: unknown;
}

type Handler = (event: unknown, context: object) => Promise<unknown>;

const context = {
  awsRequestId: '8476a536-e9f4-11e8-9739-2dfe598c3fcd',
  getRemainingTimeInMillis: () => 10_000,
};

function cpuSince(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

/** Tells the parent when the function is loaded, and goes on when it answers. */
async function live({ file, event, warmUps = 0, warmRequests = 0 }: Order): Promise<Life> {
  const start = process.cpuUsage();
  const { handler } = (await import(file)) as { handler: Handler };
  const loadCpu = cpuSince(start);
  await new Promise((resolve) => {
    process.once('message', resolve);
    process.send?.('loaded');
  });

  const beforeFirst = process.cpuUsage();
  const startedAt = performance.now();
  const answer = await handler(event, context);
  const firstWall = performance.now() - startedAt;
  const firstCpu = cpuSince(beforeFirst);

  for (let i = 0; i < warmUps; i++) await handler(event, context);
  const beforeWarm = process.cpuUsage();
  for (let i = 0; i < warmRequests; i++) await handler(event, context);
  return {
    cpu: loadCpu + firstCpu,
    firstCpu,
    firstWall,
    warmCpu: cpuSince(beforeWarm) / warmRequests,
    answer,
  };
}

process.once('message', (order: Order) => {
  void live(order).then((life) => process.send?.(life, () => process.disconnect()));
});
process.once('disconnect', () => process.exit());
