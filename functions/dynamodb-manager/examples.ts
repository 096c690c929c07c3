import type { SystemExamples } from '../shared/examples';

const tableName = 'lambda-apigateway';
const Key = { id: '127748AB' };

export const examples: SystemExamples = {
  title: 'One endpoint for every operation',
  description:
    'The body names a DynamoDB operation and carries its parameters; the gateway hands it over as the event.',
  operations: {
    'POST /DynamoDBManager': {
      summary: 'Run an operation on the table',
      bodies: {
        create: { operation: 'create', tableName, payload: { Item: { id: '1', name: 'Bob' } } },
        read: { operation: 'read', tableName, payload: { Key: { id: '1' } } },
        'create with a number': {
          operation: 'create',
          tableName,
          payload: { Item: { id: '2377ab', number: 4 } },
        },
        'read of an absent key': { operation: 'read', tableName, payload: { Key } },
        update: {
          operation: 'update',
          tableName,
          payload: {
            Key,
            UpdateExpression: 'SET FirstName = :newValue',
            ExpressionAttributeValues: { ':newValue': 'Sarvesh' },
          },
        },
        delete: { operation: 'delete', tableName, payload: { Key: { id: '127748AD' } } },
        list: { operation: 'list', tableName, payload: {} },
        query: {
          operation: 'query',
          tableName,
          payload: { KeyConditionExpression: 'id = :id', ExpressionAttributeValues: { ':id': '1' } },
        },
        echo: { operation: 'echo', payload: { somekey1: 'somevalue1', somekey2: 'somevalue2' } },
        ping: { operation: 'ping' },
      },
      responses: {
        200: 'What DynamoDB answered; "pong" to a ping.',
        400: 'The envelope, a parameter or an expression is wrong; the answer names it.',
        409: 'The condition of the request failed.',
        415: 'The body is not application/json.',
      },
    },
  },
};
