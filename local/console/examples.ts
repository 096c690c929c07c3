/** A request that shows what a route does. */
export interface Example {
  readonly pathParameters?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** With this key the example's create answers the same id whenever it is sent, so the other examples can name it. */
const create = { 'Idempotency-Key': 'example' };
const stored = { id: '0a80d328-3efc-53f1-88da-13fd9e78e9b1' };
const item = { id: 'fc89cbab-d910-52d2-af37-a83af01175e9' };

/** By stack and route. A route that is not here is shown without a body. Sent in this order, each one succeeds. */
export const examples: Readonly<Record<string, Example>> = {
  'data-api POST /data': { headers: create, body: { data: { message: 'hello', numbers: [1, 2.5] } } },
  'data-api GET /data/{id}': { pathParameters: stored },
  'items-api POST /items': { headers: create, body: { name: 'Keyboard', price: 49.9 } },
  'items-api GET /items': {},
  'items-api GET /items/{id}': { pathParameters: item },
  'items-api PUT /items/{id}': { pathParameters: item, body: { name: 'Keyboard', price: 39.9 } },
  'items-api DELETE /items/{id}': { pathParameters: item },
  'dynamodb-manager POST /DynamoDBManager': {
    body: {
      operation: 'create',
      tableName: 'lambda-apigateway',
      payload: { Item: { id: '1', name: 'Bob' } },
    },
  },
  'order-api POST /order': {
    body: { operation: 'list', tableName: 'lambda-apigateway', payload: {} },
  },
};
