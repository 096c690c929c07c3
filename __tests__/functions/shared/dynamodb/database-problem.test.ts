import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { databaseProblem } from '../../../../functions/shared/dynamodb/database-problem';
import { answerError, startFaultyDatabase, type Fault } from '../../../support/database-faults';
import { clientOf } from '../../../support/dynamodb';
import { retryAtOnce } from '../../../support/sdk-waits';

retryAtOnce();

/** What the SDK throws at a database with this fault. */
async function thrownAt(fault: Fault): Promise<unknown> {
  const database = await startFaultyDatabase(fault);
  const client = clientOf(database.endpoint);
  try {
    return await client.send(new GetItemCommand({ TableName: 'table', Key: { id: { S: '1' } } })).then(
      () => undefined,
      (error: unknown) => error,
    );
  } finally {
    client.destroy();
    await database.close();
  }
}

test.each<[string, Fault]>([
  ['throttling', answerError(400, 'ThrottlingException')],
  ['exceeded throughput', answerError(400, 'ProvisionedThroughputExceededException')],
  ['a request limit', answerError(400, 'RequestLimitExceeded')],
  ['a transaction in the way', answerError(400, 'TransactionConflictException')],
  ['a write in another region', answerError(400, 'ReplicatedWriteConflictException')],
  ['a limit of the account', answerError(400, 'LimitExceededException')],
  ['an internal error', answerError(500, 'InternalServerError')],
  ['unavailability', answerError(503, 'ServiceUnavailable')],
  ['a bad gateway on the way', (_, response) => void response.writeHead(502).end('<html>')],
  ['a connection that is reset', (_, response) => void response.destroy()],
])('%s is a 503 that says when to try again', async (_, fault) => {
  expect(databaseProblem(await thrownAt(fault))).toMatchObject({
    code: 'database-unavailable',
    status: 503,
    retryAfter: 1,
  });
});

test.each([
  ['PutItem', 'Item size has exceeded the maximum allowed size'],
  ['UpdateItem', 'Item size to update has exceeded the maximum allowed size'],
])('the item size that %s refuses is a 413', async (_, message) => {
  const error = await thrownAt(answerError(400, 'ValidationException', message));
  expect(databaseProblem(error)).toMatchObject({ code: 'too-large', status: 413 });
});

test('a request larger than DynamoDB reads is a 413', async () => {
  const error = await thrownAt((_, response) => void response.writeHead(413).end());
  expect(databaseProblem(error)).toMatchObject({ code: 'too-large' });
});

test('a failed condition that nobody explained is a 409', async () => {
  const error = await thrownAt(answerError(400, 'ConditionalCheckFailedException'));
  expect(databaseProblem(error)).toMatchObject({ code: 'conflict', status: 409 });
});

test.each([
  'ResourceNotFoundException',
  'AccessDeniedException',
  'UnrecognizedClientException',
  'ValidationException',
])('%s is ours to mend, not the caller’s to hear of', async (type) => {
  expect(databaseProblem(await thrownAt(answerError(400, type)))).toBeUndefined();
});

test('a partition that is full is a 413', async () => {
  const fault = answerError(400, 'ItemCollectionSizeLimitExceededException');
  expect(databaseProblem(await thrownAt(fault))).toMatchObject({ code: 'too-large', status: 413 });
});

test.each([new Error('other'), 'text', null, undefined])('%p is no failure of the database', (thrown) => {
  expect(databaseProblem(thrown)).toBeUndefined();
});
