import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import type { Context } from 'aws-lambda';
import { databaseProblem } from '../../../../functions/shared/dynamodb/database-problem';
import { Deadline } from '../../../../functions/shared/dynamodb/deadline';
import { startFaultyDatabase } from '../../../support/database-faults';
import { clientOf } from '../../../support/dynamodb';

const getItem = () => new GetItemCommand({ TableName: 'table', Key: { id: { S: '1' } } });

/** An invocation that has this many milliseconds left. */
const left = (milliseconds: number) => ({ getRemainingTimeInMillis: () => milliseconds }) as Context;

test('calls of a database that never answers end before the function does, and are unavailability', async () => {
  const database = await startFaultyDatabase(() => undefined);
  const client = clientOf(database.endpoint);
  const deadline = new Deadline();
  deadline.hold(client);
  const twoCalls = deadline.keptBy(async () => {
    const first: unknown = await client.send(getItem()).catch((error: unknown) => error);
    const second: unknown = await client.send(getItem()).catch((error: unknown) => error);
    return [first, second];
  });
  const errors = await twoCalls({}, left(700));
  // Without the deadline each would be three attempts.
  expect(database.requests.length).toBeLessThanOrEqual(2);
  expect(errors.map(databaseProblem)).toMatchObject([
    { code: 'database-unavailable', status: 503 },
    { code: 'database-unavailable', status: 503 },
  ]);
  client.destroy();
  await database.close();
});

test('the next invocation has its own time', async () => {
  const database = await startFaultyDatabase((_, response) => void response.end('{}'));
  const client = clientOf(database.endpoint);
  const deadline = new Deadline();
  deadline.hold(client);
  const call = deadline.keptBy(() => client.send(getItem()));
  await expect(call({}, left(0))).rejects.toMatchObject({ name: 'AbortError' });
  await expect(call({}, left(10_000))).resolves.toBeDefined();
  client.destroy();
  await database.close();
});
