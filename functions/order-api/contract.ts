import type { Route } from '../shared/contract';

/** The largest zip that a function may become, in KiB: cold start grows with it. */
export const sizeBudget = 80;

/** order-api: orders, by DynamoDB's operations; each is named by the body of a POST. */
export const routes: readonly Route[] = [
  {
    method: 'POST',
    path: '/order',
    functionName: 'order-microservice',
    handler: 'process-order',
    actions: ['DeleteItem', 'GetItem', 'PutItem', 'Query', 'Scan', 'UpdateItem'],
  },
];
