import { toJSONSchema } from 'zod/mini';
import { envelope } from '../operations/contract';
import type { SystemExamples } from '../shared/examples';

const Key = { id: '1234ABCG' };

export const examples: SystemExamples = {
  title: 'Orders with rules',
  description:
    'The same operations on orders, which have an id, a product, a price and an order date, and stay valid.',
  operations: {
    'POST /order': {
      summary: 'Run an operation on the orders',
      bodySchema: toJSONSchema(envelope, { target: 'draft-04', io: 'input' }),
      bodies: {
        create: {
          operation: 'create',
          payload: {
            Item: { ...Key, price: 78.89, product: 'Beautiful Jacket', order_date: '2024-11-04T10:30:00Z' },
          },
        },
        list: { operation: 'list', payload: {} },
        read: { operation: 'read', payload: { Key } },
        update: {
          operation: 'update',
          payload: {
            Key,
            UpdateExpression: 'SET price = :price',
            ExpressionAttributeValues: { ':price': 59.9 },
            ReturnValues: 'ALL_NEW',
          },
        },
        'create that breaks the rules': {
          operation: 'create',
          payload: { Item: { id: '5678', price: -1, product: '', order_date: 'yesterday' } },
        },
        delete: { operation: 'delete', payload: { Key } },
        ping: { operation: 'ping' },
      },
      // Creating the same order again answers 409.
      bodyInCommand: 'list',
      responses: {
        200: 'What DynamoDB answered; "pong" to a ping.',
        400: 'The envelope, an expression or the order is wrong; errors[] lists every violation.',
        404: 'There is no order to update.',
        409: 'There is an order with this id already, or the condition of the request failed.',
        415: 'The body is not application/json.',
      },
    },
  },
};
