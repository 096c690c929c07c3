import { describeLifecycle } from '../support/lifecycle';

describeLifecycle({
  stack: 'data-api',
  table: 'MyDataTable',
  api: { kind: 'REST', stage: 'prod' },
  routes: { 'POST /data': 'StoreDataFunction', 'GET /data/{id}': 'RetrieveDataFunction' },
  functions: {
    StoreDataFunction: ['dynamodb:PutItem', 'dynamodb:GetItem'],
    RetrieveDataFunction: ['dynamodb:GetItem'],
  },
  handler: { file: 'functions/data-api/store-data.ts', functionName: 'StoreDataFunction' },
});
