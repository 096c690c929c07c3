import type { Engine } from '../../../functions/operations/engine';
import { directHandler } from '../../../functions/operations/direct';
import { Problem, type ProblemDetails } from '../../../functions/shared/http/problem';
import { context } from './support';

const errorOf = async (operate: Engine) => {
  const error: unknown = await directHandler(operate)({}, context).catch((thrown: unknown) => thrown);
  if (!(error instanceof Error)) throw new Error(`no error, but ${JSON.stringify(error)}`);
  return error;
};

const throwing = (problem: unknown): Engine => jest.fn().mockRejectedValue(problem);

test('the event is the envelope, and the result the answer', async () => {
  const handle = directHandler((event) => Promise.resolve({ event }));
  expect(await handle({ operation: 'ping' }, context)).toEqual({ event: { operation: 'ping' } });
});

test('a failure is a Lambda error whose message is the problem, its status first', async () => {
  const { name, message, stack } = await errorOf(throwing(new Problem('conflict', 'Not now.')));
  expect([name, stack]).toEqual(['Problem', '']);
  expect(message).toMatch(/^\{"status":409,/);
  expect(JSON.parse(message)).toEqual({
    status: 409,
    type: 'urn:problem-type:conflict',
    title: 'The condition of the request failed',
    detail: 'Not now.',
    code: 'conflict',
    requestId: context.awsRequestId,
  });
});

test.each(['\n', '\r', '\u0085', '\u2028', '\u2029'])(
  'the message is one line, whatever %j was quoted',
  async (end) => {
    const { message } = await errorOf(throwing(new Problem('conflict', `a${end}{"status":200,`)));
    expect(message).not.toMatch(/[\n\r\u0085\u2028\u2029]/);
    expect((JSON.parse(message) as ProblemDetails).detail).toBe(`a${end}{"status":200,`);
  },
);

test.each([[new Error('secret')], [new TypeError('secret')], ['secret'], [undefined]])(
  'nothing of %p is told',
  async (thrown) => {
    const log = jest.spyOn(console, 'error').mockImplementation();
    const { message } = await errorOf(throwing(thrown));
    expect(message).toMatch(/^\{"status":500,/);
    expect(message).not.toContain('secret');
    expect(log).toHaveBeenCalledTimes(1);
    log.mockRestore();
  },
);
