import { orderHandler } from '../../../functions/order-api/domain/order-handler';
import type { Engine } from '../../../functions/operations/engine';
import { Problem } from '../../../functions/shared/http/problem';
import { restEvent } from '../../support/rest-event';
import { context } from '../operations/support';

const post = (body: string, operate: Engine) =>
  orderHandler(operate)(
    restEvent({ method: 'POST', path: '/order', headers: { 'Content-Type': 'application/json' }, body }),
    context,
  );

const echo: Engine = (envelope) => Promise.resolve({ envelope });
const conflict: Engine = () => Promise.reject(new Problem('conflict', 'Not now.'));

test('over HTTP the body is the envelope', async () => {
  expect(await post('{"operation":"ping"}', echo)).toMatchObject({
    statusCode: 200,
    body: '{"envelope":{"operation":"ping"}}',
  });
});

test('over HTTP a failure is problem+json', async () => {
  expect(await post('{}', conflict)).toMatchObject({
    statusCode: 409,
    headers: { 'Content-Type': 'application/problem+json' },
    body: expect.stringContaining('"detail":"Not now."') as string,
  });
});

test.each([
  ['no JSON', '{', 'invalid-json'],
  ['a number beyond all', '{"operation":"echo","payload":1e400}', 'inexact-number'],
  [
    'a number that would be rounded',
    '{"operation":"echo","payload":0.1000000000000000000001}',
    'inexact-number',
  ],
  ['33 levels', `{"payload":{"Item":${'{"a":'.repeat(33)}1${'}'.repeat(35)}`, 'invalid-request'],
  ['__proto__', '{"__proto__":{}}', 'invalid-request'],
])('over HTTP %s is refused', async (_, body, code) => {
  const answer = (await post(body, echo)) as { statusCode: number; body: string };
  expect(answer.statusCode).toBe(400);
  expect(JSON.parse(answer.body)).toMatchObject({ code });
});

describe('the advice for a number that cannot be stored', () => {
  const price = '0.1234567890123456789012345678901234567890123';
  const adviceFor = async (payload: string) => {
    const answer = (await post(`{"operation":"create","payload":${payload}}`, echo)) as { body: string };
    return JSON.parse(answer.body) as { detail: string; errors: { path: string; message: string }[] };
  };

  test.each([
    ['Item.price', `{"Item":{"price":${price}}}`],
    ['Limit', `{"Limit":${price}}`],
    ['ExpressionAttributeValues[":v"]', `{"ExpressionAttributeValues":{":v":${price}}}`],
  ])('at %s, which may have to be a number, is not to send a string', async (path, payload) => {
    const { detail, errors } = await adviceFor(payload);
    expect(errors.map((error) => error.path)).toEqual([`payload.${path}`]);
    expect(errors[0]?.message).toMatch(/; round it$/);
    expect(detail).not.toContain('string');
  });

  test.each([
    ['{"Item":{"note":1e200}}'],
    ['{"Item":{"prices":[1e200]}}'],
    ['{"Item":{"a":{"price":1e200}}}'],
  ])('in the free attribute of %s is to send a string', async (payload) => {
    expect((await adviceFor(payload)).errors[0]?.message).toMatch(/, or send it as a string$/);
  });
});

test('32 levels of an item are let through', async () => {
  const body = `{"payload":{"Item":${'{"a":'.repeat(32)}1${'}'.repeat(34)}`;
  expect(await post(body, echo)).toMatchObject({ statusCode: 200 });
});

test('invoked directly, the event is the envelope', async () => {
  expect(await orderHandler(echo)({ operation: 'ping' }, context)).toEqual({
    envelope: { operation: 'ping' },
  });
});

test('invoked directly, a failure is a Lambda error', async () => {
  await expect(orderHandler(conflict)({ operation: 'ping' }, context)).rejects.toThrow(/^\{"status":409,/);
});
