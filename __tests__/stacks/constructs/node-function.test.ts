import { NodeFunction, type NodeFunctionProps } from '../../../stacks/constructs/node-function';
import { environment, withName } from '../../../stacks/environment';
import { resource, resourcesOf, statements, synthesize } from '../../support/synth';

const withFunction = (props: Partial<NodeFunctionProps> = {}, settings = environment()) =>
  synthesize((stack, environment) => {
    new NodeFunction(stack, 'fn', {
      environment,
      functionName: 'Echo',
      bundle: 'data-api/store-data',
      ...props,
    });
  }, settings);

test('a function runs on arm64 with JSON logs, tracing and its own role', () => {
  const stack = withFunction();
  expect(resource(stack, 'aws_lambda_function')).toMatchObject({
    function_name: 'Echo',
    architectures: ['arm64'],
    runtime: 'nodejs24.x',
    handler: 'index.handler',
    timeout: 10,
    memory_size: 512,
    logging_config: { log_format: 'JSON', application_log_level: 'INFO', system_log_level: 'INFO' },
    publish: true,
    tracing_config: { mode: 'Active' },
    role: expect.stringMatching(/^\$\{aws_iam_role\.fn_role_\w+\.arn\}$/) as string,
  });
  expect(resource(stack, 'aws_iam_role')).toMatchObject({ name: 'Echo-role' });
});

test('callers have an alias, which stands for the version that is published', () => {
  const stack = withFunction();
  const [fn] = Object.keys(resourcesOf(stack, 'aws_lambda_function'));
  expect(resource(stack, 'aws_lambda_alias')).toEqual({
    name: 'live',
    function_name: `\${aws_lambda_function.${fn}.function_name}`,
    function_version: `\${aws_lambda_function.${fn}.version}`,
  });
});

test('API Gateway may call the alias alone, for the account of the stack', () => {
  const stack = synthesize((stack, environment) => {
    const props = { environment, functionName: 'Echo', bundle: 'data-api/store-data' };
    new NodeFunction(stack, 'fn', props).allowInvocationFrom('here', 'arn:here');
  });
  const [alias] = Object.keys(resourcesOf(stack, 'aws_lambda_alias'));
  const [identity] = Object.keys(stack.data?.aws_caller_identity as object);
  expect(resource(stack, 'aws_lambda_permission')).toMatchObject({
    qualifier: `\${aws_lambda_alias.${alias}.name}`,
    source_arn: 'arn:here',
    source_account: `\${data.aws_caller_identity.${identity}.account_id}`,
  });
});

test('asynchronous invocations are repeated as Lambda does unless it is said how often', () => {
  expect(resourcesOf(withFunction(), 'aws_lambda_function_event_invoke_config')).toEqual({});
});

test('asynchronous invocations are repeated as often as said, of the alias and of $LATEST', () => {
  const stack = withFunction({ asynchronousRetries: 0 });
  const [alias] = Object.keys(resourcesOf(stack, 'aws_lambda_alias'));
  const configured = Object.values(resourcesOf(stack, 'aws_lambda_function_event_invoke_config'));
  expect(
    configured.map(({ qualifier, maximum_retry_attempts }) => [qualifier, maximum_retry_attempts]),
  ).toEqual(
    expect.arrayContaining([
      ['$LATEST', 0],
      [`\${aws_lambda_alias.${alias}.name}`, 0],
    ]),
  );
  expect(configured).toHaveLength(2);
});

test('only Lambda may take the role', () => {
  expect(statements(resource(withFunction(), 'aws_iam_role').assume_role_policy)).toEqual([
    { Effect: 'Allow', Action: ['sts:AssumeRole'], Principal: { Service: 'lambda.amazonaws.com' } },
  ]);
});

test('the log group is made before the function, keeps its logs for the days set, and is the only one written to', () => {
  const stack = withFunction();
  const [logGroup] = Object.keys(resourcesOf(stack, 'aws_cloudwatch_log_group'));
  expect(resource(stack, 'aws_cloudwatch_log_group')).toEqual({
    name: '/aws/lambda/Echo',
    retention_in_days: 14,
  });
  expect(resource(stack, 'aws_lambda_function').logging_config).toMatchObject({
    log_group: `\${aws_cloudwatch_log_group.${logGroup}.name}`,
  });
  const logs = statements(resource(stack, 'aws_iam_role_policy').policy).filter(({ Action }) =>
    Action.some((action) => action.startsWith('logs:')),
  );
  expect(logs).toEqual([
    {
      Effect: 'Allow',
      Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      Resource: `\${aws_cloudwatch_log_group.${logGroup}.arn}:*`,
    },
  ]);
});

test('a function that declares nothing is allowed nothing but its logs and traces', () => {
  const allowed = statements(resource(withFunction(), 'aws_iam_role_policy').policy).flatMap(
    ({ Action }) => Action,
  );
  expect(allowed).toEqual([
    'logs:CreateLogStream',
    'logs:PutLogEvents',
    'xray:PutTraceSegments',
    'xray:PutTelemetryRecords',
  ]);
});

test('the zip is made from a relative folder with fixed modes, and its hash tells changes', () => {
  const stack = withFunction();
  const archive = Object.values(stack.data?.archive_file as Record<string, Record<string, unknown>>)[0];
  expect(archive).toEqual({
    type: 'zip',
    source_dir: expect.stringMatching(/^assets\/fn_code_\w+\/bundle$/) as string,
    output_path: 'assets/Echo.zip',
    output_file_mode: '0644',
  });
  expect(resource(stack, 'aws_lambda_function').source_code_hash).toMatch(/output_base64sha256\}$/);
});

test('names carry the environment', () => {
  const stack = withFunction({ roleName: 'my-role' }, environment('staging'));
  expect(resource(stack, 'aws_lambda_function').function_name).toBe('Echo-staging');
  expect(resource(stack, 'aws_iam_role').name).toBe('my-role-staging');
  expect(resource(stack, 'aws_cloudwatch_log_group').name).toBe('/aws/lambda/Echo-staging');
});

test('a role, which all regions share, has the region in its name but in the first', () => {
  const elsewhere = withName('staging', { ...environment('staging'), region: 'eu-central-1' });
  const stack = withFunction({}, elsewhere);
  expect(resource(stack, 'aws_iam_role').name).toBe('Echo-role-staging-eu-central-1');
  expect(resource(stack, 'aws_lambda_function').function_name).toBe('Echo-staging');
});

test.each([
  [
    { functionName: 'E'.repeat(65) },
    /the function would be called E{65}; AWS takes at most 64 characters, so shorten its name/,
  ],
  [{ roleName: 'r'.repeat(65) }, /the role would be called r{65}/],
  [{ asynchronousRetries: 3 }, /asynchronousRetries is 3; Lambda takes a whole number from 0 to 2/],
  [
    { bundle: 'data-api/nothing' },
    /there is no bundle .*build\/functions\/data-api\/nothing; add functions\/data-api\/nothing\.ts, or/,
  ],
  [{ timeoutSeconds: 901 }, /timeoutSeconds is 901; Lambda takes a whole number from 1 to 900/],
  [{ timeoutSeconds: 0.5 }, /timeoutSeconds is 0\.5/],
  [{ memoryMb: 64 }, /memoryMb is 64; Lambda takes a whole number from 128 to 10240/],
])('%j is refused at synth', (props, message) => {
  expect(() => withFunction(props)).toThrow(message);
});
