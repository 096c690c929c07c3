import { type ServedBuild, serveBuild } from '../support/served-build';

let cloud: ServedBuild;
beforeAll(async () => {
  cloud = await serveBuild();
});
afterAll(() => cloud.close());

const post = (body: string, contentType = 'application/json') =>
  fetch(`${cloud.urlOf('dynamodb-manager')}/DynamoDBManager`, {
    method: 'POST',
    headers: { 'Content-Type': contentType },
    body,
  });

test.each([
  ['an unknown operation', '{"operation":"drop"}', 400, 'invalid-request'],
  ['another table', '{"operation":"list","tableName":"MyDataTable"}', 400, 'invalid-request'],
  ['1e400', '{"operation":"create","payload":{"Item":{"id":"1","n":1e400}}}', 400, 'inexact-number'],
  ['__proto__', '{"operation":"echo","payload":{"__proto__":1}}', 400, 'invalid-request'],
  ['a quoted line end', '{"operation":"{\\"status\\":200,\\u2028"}', 400, 'invalid-request'],
  [
    'a condition that does not hold',
    '{"operation":"delete","payload":{"Key":{"id":"1"},"ConditionExpression":"attribute_exists(id)"}}',
    409,
    'conflict',
  ],
  ['an answer too large', `{"operation":"echo","payload":"${'x'.repeat(3_000_001)}"}`, 413, 'too-large'],
])('the function’s problem with %s is the answer', async (_, body, status, code) => {
  const answer = await post(body);
  expect([answer.status, answer.headers.get('Content-Type')]).toEqual([status, 'application/problem+json']);
  expect(await answer.json()).toMatchObject({ status, code });
});

test.each([
  ['no JSON', '{'],
  ['no object', '"ping"'],
  ['no operation', '{"payload":{}}'],
  ['an operation that is no text', '{"operation":1}'],
  ['a table name that is no text', '{"operation":"list","tableName":{}}'],
])('the gateway refuses %s itself', async (_, body) => {
  const answer = await post(body);
  expect(answer.status).toBe(400);
  expect(await answer.json()).toMatchObject({ status: 400, code: 'bad-request-body' });
});

test('other media types are not passed on', async () => {
  const answer = await post('{"operation":"ping"}', 'text/plain');
  expect(answer.status).toBe(415);
  expect(await answer.json()).toMatchObject({ code: 'unsupported-media-type' });
});
