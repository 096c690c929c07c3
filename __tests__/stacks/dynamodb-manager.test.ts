import { resource, resourcesOf, statements, synthesized } from '../support/synth';

const stack = synthesized('dynamodb-manager');
const [table] = Object.keys(resourcesOf(stack, 'aws_dynamodb_table'));
const [logGroup] = Object.keys(resourcesOf(stack, 'aws_cloudwatch_log_group'));

test('the synthesized stack is as reviewed', () => {
  expect(stack).toMatchSnapshot();
});

test('everything is called as the seeds call it', () => {
  expect(resource(stack, 'aws_dynamodb_table')).toMatchObject({ name: 'lambda-apigateway', hash_key: 'id' });
  expect(resource(stack, 'aws_lambda_function').function_name).toBe('LambdaFunctionOverHttps');
  expect(resource(stack, 'aws_iam_role').name).toBe('lambda-apigateway-role');
  expect(resource(stack, 'aws_api_gateway_resource').path_part).toBe('DynamoDBManager');
  expect(resource(stack, 'aws_api_gateway_stage').stage_name).toBe('prod');
});

test('the function may do the six actions of the seeds’ policy on its table, write its log, and be traced', () => {
  const { policy } = resource(stack, 'aws_iam_role_policy');
  const allowed = statements(policy).map(({ Effect, Action, Resource }) => [
    Effect,
    [...Action].sort(),
    Resource,
  ]);
  expect(allowed).toHaveLength(3);
  expect(allowed).toEqual(
    expect.arrayContaining([
      [
        'Allow',
        [
          'dynamodb:DeleteItem',
          'dynamodb:GetItem',
          'dynamodb:PutItem',
          'dynamodb:Query',
          'dynamodb:Scan',
          'dynamodb:UpdateItem',
        ],
        `\${aws_dynamodb_table.${table}.arn}`,
      ],
      [
        'Allow',
        ['logs:CreateLogStream', 'logs:PutLogEvents'],
        `\${aws_cloudwatch_log_group.${logGroup}.arn}:*`,
      ],
      ['Allow', ['xray:PutTelemetryRecords', 'xray:PutTraceSegments'], '*'],
    ]),
  );
});

test('the function knows the table by the name that the seeds’ requests use', () => {
  const { environment } = resource(stack, 'aws_lambda_function') as {
    environment: { variables: Record<string, string> };
  };
  expect(environment.variables).toEqual({
    TABLES: `{"lambda-apigateway":"\${aws_dynamodb_table.${table}.name}"}`,
  });
});

test('API Gateway may invoke the function from its one route only', () => {
  expect(resource(stack, 'aws_lambda_permission').source_arn).toMatch(/\}\/prod\/POST\/DynamoDBManager$/);
});

test('an answer is 200 unless the error message says otherwise', () => {
  const patterns = Object.values(resourcesOf(stack, 'aws_api_gateway_integration_response')).map(
    ({ selection_pattern, status_code }) => [
      /-(\d{3})_\w+\.status_code\}$/.exec(status_code as string)?.[1],
      selection_pattern,
    ],
  );
  expect(Object.fromEntries(patterns)).toEqual({
    200: undefined,
    400: String.raw`\{"status":400,.*`,
    409: String.raw`\{"status":409,.*`,
    413: String.raw`\{"status":413,.*`,
    503: String.raw`\{"status":503,.*`,
    500: String.raw`(?!\{"status":(400|409|413|503),)[\s\S]+|[\s\S]*[\n\r\u0085\u2028\u2029][\s\S]*`,
  });
});

test('a body that does not fit the model is told what it should have been', () => {
  const { response_templates } = resource(stack, 'aws_api_gateway_gateway_response', {
    response_type: 'BAD_REQUEST_BODY',
  });
  const template = (response_templates as Record<string, string>)['application/json']!;
  expect(JSON.parse(template)).toEqual({
    status: 400,
    type: 'urn:problem-type:bad-request-body',
    title: 'Bad request body',
    detail: expect.stringMatching(/JSON object.*operation.*string.*tableName/) as string,
    code: 'bad-request-body',
    requestId: '$context.requestId',
  });
});

test('the answer to the unexpected is a problem that tells nothing', () => {
  const [template] = Object.values(resourcesOf(stack, 'aws_api_gateway_integration_response')).flatMap(
    ({ response_templates }) =>
      Object.values((response_templates ?? {}) as Record<string, string>).filter((text) =>
        text.startsWith('{'),
      ),
  );
  expect(JSON.parse(template!)).toEqual({
    status: 500,
    type: 'urn:problem-type:internal-error',
    title: 'Something went wrong on our side',
    detail: 'The request could not be completed; it is safe to report its requestId.',
    code: 'internal-error',
    requestId: '$context.requestId',
  });
});
