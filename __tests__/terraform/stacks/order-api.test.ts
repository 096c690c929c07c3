import { describeLifecycle } from '../support/lifecycle';

describeLifecycle({
  stack: 'order-api',
  table: 'order-microservice-db',
  api: { kind: 'REST', stage: 'prod' },
  routes: { 'POST /order': 'order-microservice' },
  functions: {
    'order-microservice': [
      'dynamodb:DeleteItem',
      'dynamodb:GetItem',
      'dynamodb:PutItem',
      'dynamodb:Query',
      'dynamodb:Scan',
      'dynamodb:UpdateItem',
    ],
  },
  handler: { file: 'functions/order-api/process-order.ts', functionName: 'order-microservice' },
});
