import type { LambdaFunction } from '../../packages/terraform-offline/terraform/model/function';

/** Has the AWS SDK try again at once, in this file's tests: it waits for a random part of a while. */
export function retryAtOnce(): void {
  let random: jest.SpyInstance;
  beforeAll(() => (random = jest.spyOn(Math, 'random').mockReturnValue(0)));
  afterAll(() => {
    random.mockRestore();
  });
}

/** The function, whose SDK tries again at once. */
export function retryingAtOnce(fn: LambdaFunction): LambdaFunction {
  const NODE_OPTIONS = '--import=data:text/javascript,Math.random=()=>0';
  return { ...fn, variables: { ...fn.variables, NODE_OPTIONS } };
}

/** Has time-outs wait until the test lets time pass; everything else goes on. */
export function holdTimeouts(): void {
  jest.useFakeTimers({
    doNotFake: [
      'Date',
      'hrtime',
      'nextTick',
      'performance',
      'queueMicrotask',
      'setImmediate',
      'clearImmediate',
      'setInterval',
      'clearInterval',
    ],
  });
}

/** Waits, without letting time pass. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await jest.advanceTimersByTimeAsync(0);
}
