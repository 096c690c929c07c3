import { describeLifecycle } from '../support/lifecycle';

describeLifecycle({
  stack: 'dynamodb-manager',
  table: 'lambda-apigateway',
  api: { kind: 'REST', stage: 'prod' },
  routes: { 'POST /DynamoDBManager': 'LambdaFunctionOverHttps' },
  functions: {
    LambdaFunctionOverHttps: [
      'dynamodb:DeleteItem',
      'dynamodb:GetItem',
      'dynamodb:PutItem',
      'dynamodb:Query',
      'dynamodb:Scan',
      'dynamodb:UpdateItem',
    ],
  },
  role: 'lambda-apigateway-role',
  handler: { file: 'functions/dynamodb-manager/manage-items.ts', functionName: 'LambdaFunctionOverHttps' },
});
