import { describeLifecycle } from '../support/lifecycle';

describeLifecycle({
  stack: 'items-api',
  table: 'items',
  api: { kind: 'HTTP', stage: '$default' },
  routes: {
    'POST /items': 'CreateItemFunction',
    'GET /items': 'ListItemsFunction',
    'GET /items/{id}': 'GetItemFunction',
    'PUT /items/{id}': 'UpdateItemFunction',
    'DELETE /items/{id}': 'DeleteItemFunction',
  },
  functions: {
    CreateItemFunction: ['dynamodb:PutItem', 'dynamodb:GetItem'],
    ListItemsFunction: ['dynamodb:Scan'],
    GetItemFunction: ['dynamodb:GetItem'],
    UpdateItemFunction: ['dynamodb:UpdateItem', 'dynamodb:GetItem'],
    DeleteItemFunction: ['dynamodb:DeleteItem', 'dynamodb:GetItem'],
  },
  indexes: { ListItemsFunction: { 'by-name': ['dynamodb:Query'] } },
  layer: 'items-orm',
  handler: { file: 'functions/items-api/get-item.ts', functionName: 'GetItemFunction' },
});
