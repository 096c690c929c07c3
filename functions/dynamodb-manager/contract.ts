import type { Route } from '../shared/contract';

/** dynamodb-manager: DynamoDB's operations on one table, each named by the body of a POST. */
export const routes: readonly Route[] = [
  {
    method: 'POST',
    path: '/DynamoDBManager',
    functionName: 'LambdaFunctionOverHttps',
    handler: 'manage-items',
    actions: ['DeleteItem', 'GetItem', 'PutItem', 'Query', 'Scan', 'UpdateItem'],
  },
];
