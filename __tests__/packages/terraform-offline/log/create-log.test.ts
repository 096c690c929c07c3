import { createLog } from '../../../../packages/terraform-offline/log/create-log';

function started(options = {}) {
  const writes: string[] = [];
  const stream = { write: (text: string) => writes.push(text) };
  return { writes, ...createLog({ json: false, quiet: false, stream, ...options }) };
}

const notice = (message: string, level: 'info' | 'warn' = 'info') =>
  ({ type: 'notice', level, message }) as const;

beforeEach(() => {
  jest.useFakeTimers();
});

afterEach(() => {
  jest.useRealTimers();
});

it('writes lines of one turn at once, in their order', () => {
  const { log, writes } = started();

  log(notice('first'));
  log(notice('second'));
  jest.runAllTimers();

  expect(writes).toEqual(['first\nsecond\n']);
});

it('does not wait for more after a pause, and writes what comes right after a write together', () => {
  const { log, writes } = started();
  log(notice('first'));
  jest.runAllTimers();

  log(notice('second'));
  jest.advanceTimersByTime(5);
  log(notice('third'));
  expect(writes).toEqual(['first\n']);
  jest.advanceTimersByTime(5);

  expect(writes).toEqual(['first\n', 'second\nthird\n']);
});

it('writes what waits when it is told to, and not again later', () => {
  const { log, flush, writes } = started();

  log(notice('last'));
  flush();
  flush();
  jest.runAllTimers();

  expect(writes).toEqual(['last\n']);
});

it('when quiet writes problems only', () => {
  const { log, writes } = started({ quiet: true });

  log(notice('all is well'));
  log(notice('something is not', 'warn'));
  jest.runAllTimers();

  expect(writes).toEqual(['something is not\n']);
});
