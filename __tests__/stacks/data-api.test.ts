import { resource, resourcesOf, statements, synthesized } from '../support/synth';

const stack = synthesized('data-api');

const actionsOf = (functionName: string) => {
  const { policy } = resource(stack, 'aws_iam_role_policy', { name: functionName });
  return statements(policy).flatMap(({ Action, Resource }) =>
    Action.map((action) => `${action} on ${Resource}`),
  );
};

test('the synthesized stack is as reviewed', () => {
  expect(stack).toMatchSnapshot();
});

test('there are exactly the three outputs', () => {
  expect(Object.keys(stack.output ?? {}).sort()).toEqual([
    'api_gateway_url',
    'dynamodb_table_name',
    'lambda_function_names',
  ]);
});

test('the functions, the table and the stage are called as the seed calls them', () => {
  expect(Object.values(resourcesOf(stack, 'aws_lambda_function')).map((fn) => fn.function_name)).toEqual([
    'RetrieveDataFunction',
    'StoreDataFunction',
  ]);
  expect(resource(stack, 'aws_dynamodb_table')).toMatchObject({ name: 'MyDataTable', hash_key: 'id' });
  expect(resource(stack, 'aws_api_gateway_stage')).toMatchObject({ stage_name: 'prod' });
});

test.each([
  ['StoreDataFunction', ['dynamodb:PutItem', 'dynamodb:GetItem']],
  ['RetrieveDataFunction', ['dynamodb:GetItem']],
])('%s may do %j on the table, and nothing else', (functionName, verbs) => {
  const [table] = Object.keys(resourcesOf(stack, 'aws_dynamodb_table'));
  const onTable = actionsOf(functionName).filter((grant) => grant.startsWith('dynamodb:'));
  expect(onTable).toEqual(verbs.map((verb) => `${verb} on \${aws_dynamodb_table.${table}.arn}`));
});

test.each(['StoreDataFunction', 'RetrieveDataFunction'])(
  '%s is allowed nothing on *, X-Ray apart',
  (functionName) => {
    const anywhere = actionsOf(functionName).filter((grant) => grant.endsWith(' on *'));
    expect(anywhere).toEqual(['xray:PutTraceSegments on *', 'xray:PutTelemetryRecords on *']);
  },
);

test.each([
  ['StoreDataFunction', '/prod/POST/data'],
  ['RetrieveDataFunction', '/prod/GET/data/*'],
])('API Gateway may invoke %s from %s only', (functionName, route) => {
  const [fn] = Object.entries(resourcesOf(stack, 'aws_lambda_function')).find(
    ([, attributes]) => attributes.function_name === functionName,
  )!;
  const permission = resource(stack, 'aws_lambda_permission', {
    function_name: `\${aws_lambda_function.${fn}.function_name}`,
  });
  expect(permission).toMatchObject({
    principal: 'apigateway.amazonaws.com',
    action: 'lambda:InvokeFunction',
    source_arn: expect.stringMatching(/^\$\{aws_api_gateway_rest_api\.\w+\.execution_arn\}/) as string,
  });
  expect(permission.source_arn).toMatch(new RegExp(`${route.replace('*', '\\*')}$`));
});
