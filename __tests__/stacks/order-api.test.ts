import { resource, resourcesOf, statements, synthesized } from '../support/synth';

const stack = synthesized('order-api');
const [table] = Object.keys(resourcesOf(stack, 'aws_dynamodb_table'));

test('the synthesized stack is as reviewed', () => {
  expect(stack).toMatchSnapshot();
});

test('everything is called as the seed calls it', () => {
  expect(resource(stack, 'aws_dynamodb_table')).toMatchObject({
    name: 'order-microservice-db',
    hash_key: 'id',
  });
  expect(resource(stack, 'aws_lambda_function').function_name).toBe('order-microservice');
  expect(resource(stack, 'aws_api_gateway_resource').path_part).toBe('order');
  expect(resource(stack, 'aws_api_gateway_stage').stage_name).toBe('prod');
});

test('the function gets the whole request, and makes the whole answer', () => {
  expect(resource(stack, 'aws_api_gateway_integration').type).toBe('AWS_PROXY');
  expect(resourcesOf(stack, 'aws_api_gateway_integration_response')).toEqual({});
});

test('the function may do the six actions on its table, and nothing on *, X-Ray apart', () => {
  const { policy } = resource(stack, 'aws_iam_role_policy');
  const allowed = statements(policy);
  const onTable = allowed.filter(({ Resource }) => Resource === `\${aws_dynamodb_table.${table}.arn}`);
  expect(onTable.flatMap(({ Action }) => Action).sort()).toEqual([
    'dynamodb:DeleteItem',
    'dynamodb:GetItem',
    'dynamodb:PutItem',
    'dynamodb:Query',
    'dynamodb:Scan',
    'dynamodb:UpdateItem',
  ]);
  const anywhere = allowed.filter(({ Resource }) => Resource === '*');
  expect(anywhere.flatMap(({ Action }) => Action)).toEqual([
    'xray:PutTraceSegments',
    'xray:PutTelemetryRecords',
  ]);
});

test('the table goes by its own name and by the one that the seed’s requests use', () => {
  const { environment } = resource(stack, 'aws_lambda_function') as {
    environment: { variables: { TABLES: string } };
  };
  const physical = `\${aws_dynamodb_table.${table}.name}`;
  expect(Object.entries(JSON.parse(environment.variables.TABLES) as object)).toEqual([
    ['order-microservice-db', physical],
    ['lambda-apigateway', physical],
  ]);
});

test('API Gateway may invoke the function from its one route only', () => {
  expect(resource(stack, 'aws_lambda_permission').source_arn).toMatch(/\}\/prod\/POST\/order$/);
});
