import { NodeFunction, type NodeFunctionProps } from '../../../stacks/constructs/node-function';
import { environment } from '../../../stacks/environment';
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
    logging_config: { log_format: 'JSON' },
    tracing_config: { mode: 'Active' },
    role: expect.stringMatching(/^\$\{aws_iam_role\.fn_role_\w+\.arn\}$/) as string,
  });
  expect(resource(stack, 'aws_iam_role')).toMatchObject({ name: 'Echo-role' });
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

test.each([
  [
    { bundle: 'data-api/nothing' },
    /there is no bundle \S*build\/functions\/data-api\/nothing; add functions\/data-api\/nothing\.ts, or/,
  ],
  [{ timeoutSeconds: 901 }, /timeoutSeconds is 901; Lambda takes a whole number from 1 to 900/],
  [{ timeoutSeconds: 0.5 }, /timeoutSeconds is 0\.5/],
  [{ memoryMb: 64 }, /memoryMb is 64; Lambda takes a whole number from 128 to 10240/],
])('%j is refused at synth', (props, message) => {
  expect(() => withFunction(props)).toThrow(message);
});
