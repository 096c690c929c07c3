import { DynamoDBError } from 'dynamodb-offline';
import {
  type DatabaseCall,
  failureOf,
  tablesIn,
} from '../../../../packages/terraform-offline/dynamodb/database-call';
import { startedDatabase } from './support';

// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Operations.html
test.each([
  [{ TableName: 'Books' }, ['Books']],
  [{ TableName: 'arn:aws:dynamodb:eu-west-1:000000000000:table/Books' }, ['Books']],
  [{ RequestItems: { Books: [], Loans: [] } }, ['Books', 'Loans']],
  [{ TransactItems: [{ Put: { TableName: 'Books' } }, { Delete: { TableName: 'Books' } }] }, ['Books']],
  [{ StreamArn: 'arn:aws:dynamodb:eu-west-1:000000000000:table/Books/stream/x' }, ['Books']],
  [{ TransactItems: [null], TableName: 1 }, []],
  ['no object', []],
])('the tables in %j are %j', (request, tables) => {
  expect(tablesIn(request)).toEqual(tables);
});

it('tells what an answer says of an error', () => {
  expect(failureOf(new DynamoDBError('a#ThrottlingException', 'Slow down', {}, 400))).toEqual({
    status: 400,
    error: 'ThrottlingException: Slow down',
  });
  expect(failureOf(new Error('defect'))).toEqual({ status: 500, error: 'Error: defect' });
});

it('is told of each call with the trace of who called, and of none of its own', async () => {
  const calls: DatabaseCall[] = [];
  const database = await startedDatabase({ iam: false, called: (call) => calls.push(call) });
  const call = (operation: string, body: object, headers: Record<string, string> = {}) =>
    fetch(database.endpoint, {
      method: 'POST',
      headers: {
        Authorization:
          'AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=s',
        'Content-Type': 'application/x-amz-json-1.0',
        'X-Amz-Date': '20260101T000000Z',
        'X-Amz-Target': `DynamoDB_20120810.${operation}`,
        ...headers,
      },
      body: JSON.stringify(body),
    });
  await call('GetItem', { TableName: 'Books', Key: { id: { S: '1' } } }, { 'X-Amzn-Trace-Id': 'Root=1-2-3' });
  await call('GetItem', { TableName: 'None', Key: { id: { S: '1' } } });
  await database.call('GetItem', { TableName: 'Books', Key: { id: { S: '1' } } });
  await database.close();

  expect(calls).toMatchObject([
    { operation: 'GetItem', tables: ['Books'], traceId: 'Root=1-2-3', status: 200, error: undefined },
    {
      operation: 'GetItem',
      tables: ['None'],
      traceId: undefined,
      status: 400,
      error: 'ResourceNotFoundException: Requested resource not found',
    },
  ]);
});
