import type { Route } from '../shared/contract';

/** The largest zip that a function may become, in KiB: cold start grows with it. */
export const sizeBudget = 80;

/** dynamodb-manager: DynamoDB's operations on one table, each named by the body of a POST. */
export const routes: readonly Route[] = [
  {
    method: 'POST',
    path: '/DynamoDBManager',
    functionName: 'LambdaFunctionOverHttps',
    handler: 'manage-items',
    roleName: 'lambda-apigateway-role',
    actions: ['DeleteItem', 'GetItem', 'PutItem', 'Query', 'Scan', 'UpdateItem'],
  },
];
