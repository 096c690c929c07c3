import { availableParallelism, totalmem } from 'node:os';

/** Bytes of an event, and of a result. https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
export const PAYLOAD_LIMIT = 6_291_556;

/** Bytes of an event that nobody waits for. https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html */
export const ASYNCHRONOUS_LIMIT = 1024 * 1024;

/** How long a function may take to load. https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html */
export const INIT_LIMIT_SECONDS = 10;

/** What an execution environment takes of the machine's memory: a Node.js process with an SDK client. */
const ENVIRONMENT_BYTES = 100 * 1024 * 1024;

/** How many execution environments there may be here; AWS's own limit is 1000 per account. */
export interface Concurrency {
  /** Of a function without reserved concurrency. */
  readonly perFunction: number;
  readonly overall: number;
}

/** As many as the processors keep busy while others wait, in a quarter of the memory. */
export function machineConcurrency(): Concurrency {
  const processors = availableParallelism();
  const perFunction = Math.max(4, 2 * processors);
  const fitting = Math.floor(totalmem() / 4 / ENVIRONMENT_BYTES);
  return { perFunction, overall: Math.max(perFunction, Math.min(fitting, 16 * processors)) };
}
