import { answerError, startFaultyDatabase, type Fault } from '../../support/database-faults';
import { clientOf } from '../../support/dynamodb';
import { holdTimeouts, retryAtOnce, until } from '../../support/sdk-waits';
import { dataApi, type Answer } from './data-api';

retryAtOnce();

const ID = '0f8fad5b-d9cb-469f-a165-70867728950e';
const calls: [string, (api: ReturnType<typeof dataApi>) => Promise<Answer>][] = [
  ['POST /data', (api) => api.store('{"data":1}')],
  ['POST /data with a key', (api) => api.store('{"data":1}', { 'Idempotency-Key': 'k' })],
  ['GET /data/{id}', (api) => api.retrieve(ID)],
];

let log: jest.SpyInstance;
beforeEach(() => (log = jest.spyOn(console, 'error').mockImplementation()));
afterEach(() => log.mockRestore());

async function answerOver(fault: Fault, call: (typeof calls)[number][1]): Promise<Answer> {
  const database = await startFaultyDatabase(fault);
  const client = clientOf(database.endpoint);
  const answer = await call(dataApi(client));
  client.destroy();
  await database.close();
  return answer;
}

describe.each(calls)('%s', (_, call) => {
  test.each<[string, Fault]>([
    ['throttles', answerError(400, 'ThrottlingException')],
    ['resets connections', (_exchange, response) => void response.destroy()],
  ])('a database that %s is a 503 with Retry-After', async (_fault, fault) => {
    const { status, headers, body } = await answerOver(fault, call);
    expect(status).toBe(503);
    expect(headers).toMatchObject({ 'Content-Type': 'application/problem+json', 'Retry-After': '1' });
    expect(body).toMatchObject({ code: 'database-unavailable' });
  });

  test('a database that is not there is a 503 with Retry-After', async () => {
    const gone = await startFaultyDatabase(() => undefined);
    await gone.close();
    const { status, headers } = await call(dataApi(clientOf(gone.endpoint)));
    expect(status).toBe(503);
    expect(headers).toMatchObject({ 'Retry-After': '1' });
  });

  test('what is wrong with our own set-up is a 500 without internals, and logged', async () => {
    const secret = 'User: arn:aws:sts::123456789012:assumed-role/x is not authorized';
    const { status, body, text } = await answerOver(answerError(400, 'AccessDeniedException', secret), call);
    expect(status).toBe(500);
    expect(body).toMatchObject({ code: 'internal-error' });
    expect(text).not.toMatch(/arn:|AccessDenied|dynamodb/i);
    expect(log).toHaveBeenCalledTimes(1);
    expect(JSON.stringify(log.mock.calls)).toContain(secret);
  });
});

test('a database that hangs is a 503 with Retry-After, before the function itself times out', async () => {
  holdTimeouts();
  const database = await startFaultyDatabase(() => undefined);
  const client = clientOf(database.endpoint);
  const answering = Promise.all(calls.map(([, call]) => call(dataApi(client))));
  // Of the ten seconds that it has.
  for (const attempts of [1, 2, 3]) {
    await until(() => database.requests.length === attempts * calls.length);
    await jest.advanceTimersByTimeAsync(2010);
  }
  const answers = await answering;
  jest.useRealTimers();
  client.destroy();
  await database.close();
  expect(answers).toMatchObject(calls.map(() => ({ status: 503, headers: { 'Retry-After': '1' } })));
});
