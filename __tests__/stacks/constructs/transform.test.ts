import { HttpApi } from '../../../stacks/constructs/http-api';
import { LambdaLayer } from '../../../stacks/constructs/lambda-layer';
import { NodeFunction } from '../../../stacks/constructs/node-function';
import { RestApi } from '../../../stacks/constructs/rest-api';
import { Table } from '../../../stacks/constructs/table';
import { resource, synthesize } from '../../support/synth';

const described = <Config extends { description?: string }>(config: Config): Config => ({
  ...config,
  description: 'mine',
});

const stack = synthesize((stack, environment) => {
  const fn = new NodeFunction(stack, 'fn', {
    environment,
    functionName: 'Echo',
    bundle: 'data-api/store-data',
    transform: {
      function: described,
      alias: described,
      role: described,
      logs: (config) => ({ ...config, skipDestroy: true }),
    },
  });
  new Table(stack, 'table', {
    environment,
    tableName: 'Things',
    partitionKey: 'id',
    transform: { table: (config) => ({ ...config, tableClass: 'STANDARD_INFREQUENT_ACCESS' }) },
  });
  new LambdaLayer(stack, 'layer', {
    environment,
    layerName: 'orm',
    bundle: 'items-orm',
    transform: { version: described },
  });
  new RestApi(stack, 'rest', {
    environment,
    apiName: 'rest',
    stageName: 'prod',
    transform: { api: described, stage: described },
  }).addProxyRoute('GET', '/a', fn);
  new HttpApi(stack, 'http', {
    environment,
    apiName: 'http',
    transform: { api: described, stage: described },
  }).addRoute('GET', '/', fn);
});

test.each([
  'aws_lambda_function',
  'aws_lambda_alias',
  'aws_iam_role',
  'aws_lambda_layer_version',
  'aws_api_gateway_rest_api',
  'aws_api_gateway_stage',
  'aws_apigatewayv2_api',
  'aws_apigatewayv2_stage',
])('%s is made as the transform wants it', (type) => {
  expect(resource(stack, type)).toMatchObject({ description: 'mine' });
});

test('what is not changed stays', () => {
  expect(resource(stack, 'aws_dynamodb_table')).toMatchObject({
    name: 'Things',
    table_class: 'STANDARD_INFREQUENT_ACCESS',
    billing_mode: 'PAY_PER_REQUEST',
  });
  expect(resource(stack, 'aws_cloudwatch_log_group', { name: '/aws/lambda/Echo' })).toMatchObject({
    skip_destroy: true,
    retention_in_days: 14,
  });
});
