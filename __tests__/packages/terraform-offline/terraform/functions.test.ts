import { functionJson, load } from './support';

it('fills in what Terraform defaults to', async () => {
  expect((await load(functionJson())).functions).toMatchObject([
    {
      arn: 'arn:aws:lambda:eu-west-1:000000000000:function:store',
      codeDirectory: expect.stringMatching(/\/stacks\/test\/assets\/code$/) as string,
      layerDirectories: [],
      variables: {},
      timeoutSeconds: 3,
      memoryMb: 128,
      reservedConcurrency: undefined,
      logGroup: '/aws/lambda/store',
      permissions: [],
    },
  ]);
});

it('reads what the function sets', async () => {
  const json = functionJson({
    timeout: 30,
    memory_size: 512,
    reserved_concurrent_executions: 0,
    environment: { variables: { ROLE: '${aws_iam_role.role.name}' } },
    logging_config: { log_format: 'JSON', log_group: 'elsewhere' },
  });
  expect((await load(json)).functions).toMatchObject([
    {
      timeoutSeconds: 30,
      memoryMb: 512,
      reservedConcurrency: 0,
      variables: { ROLE: 'store-role' },
      logGroup: 'elsewhere',
    },
  ]);
});

it('reads as many variables as Lambda takes', async () => {
  const TEXT = 'x'.repeat(4096 - '{"TEXT":""}'.length);

  const { functions } = await load(functionJson({ environment: { variables: { TEXT } } }));

  expect(functions[0]!.variables).toEqual({ TEXT });
});

it('finds the folders of the layers, in order', async () => {
  const json = functionJson({
    layers: ['${aws_lambda_layer_version.b.arn}', '${aws_lambda_layer_version.a.arn}'],
  });
  const layer = (name: string) => ({
    layer_name: name,
    filename: `\${data.archive_file.${name}.output_path}`,
  });
  const archive = (name: string) => ({ source_dir: `layers/${name}`, output_path: `${name}.zip` });
  const { functions } = await load({
    data: { archive_file: { ...json.data.archive_file, a: archive('a'), b: archive('b') } },
    resource: { ...json.resource, aws_lambda_layer_version: { a: layer('a'), b: layer('b') } },
  });
  expect(functions[0]!.layerDirectories).toEqual([
    expect.stringMatching(/\/layers\/b$/),
    expect.stringMatching(/\/layers\/a$/),
  ]);
});

it.each(['${aws_lambda_function.store.function_name}', '${aws_lambda_function.store.arn}'])(
  'finds the permissions given on %s, and no others',
  async (function_name) => {
    const json = functionJson();
    const permission = { action: 'lambda:InvokeFunction', principal: 'apigateway.amazonaws.com' };
    const aws_lambda_permission = {
      mine: { ...permission, function_name, source_arn: 'arn:*' },
      other: { ...permission, function_name: 'other' },
      // https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
      url: { ...permission, principal: '*', function_name, invoked_via_function_url: true },
    };
    const { functions } = await load({ ...json, resource: { ...json.resource, aws_lambda_permission } });
    expect(functions[0]!.permissions).toEqual([{ ...permission, sourceArn: 'arn:*' }]);
  },
);

describe('a function with an alias', () => {
  const alias = { function_name: '${aws_lambda_function.store.function_name}', name: 'live' };
  const withAlias = (
    fn: Record<string, unknown>,
    more: Record<string, Record<string, Record<string, unknown>>>,
  ) => {
    const json = functionJson(fn);
    const live = { ...alias, function_version: '${aws_lambda_function.store.version}' };
    return load({ ...json, resource: { ...json.resource, aws_lambda_alias: { live }, ...more } });
  };

  it('has the version that is published, and the alias on it', async () => {
    const { functions } = await withAlias({ publish: true }, {});
    expect(functions[0]!.qualifiers).toEqual({ 1: '1', live: '1' });
  });

  it('has the alias on $LATEST where nothing is published', async () => {
    const { functions } = await withAlias({}, {});
    expect(functions[0]!.qualifiers).toEqual({ $LATEST: '$LATEST', live: '$LATEST' });
  });

  it('knows which permission is for which of its ARNs', async () => {
    const permission = {
      function_name: 'store',
      action: 'lambda:InvokeFunction',
      principal: 'apigateway.amazonaws.com',
    };
    const aws_lambda_permission = {
      live: { ...permission, qualifier: '${aws_lambda_alias.live.name}' },
      latest: permission,
    };
    const { functions } = await withAlias({ publish: true }, { aws_lambda_permission });
    expect(functions[0]!.permissions.map(({ qualifier }) => qualifier)).toEqual(['live', undefined]);
  });

  it.each([
    ['${aws_lambda_alias.live.arn}', 'arn:aws:lambda:eu-west-1:000000000000:function:store:live'],
    [
      '${aws_lambda_alias.live.invoke_arn}',
      'arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:000000000000:function:store:live/invocations',
    ],
    ['${aws_lambda_function.store.qualified_arn}', 'arn:aws:lambda:eu-west-1:000000000000:function:store:1'],
  ])('%s is %s', async (reference, arn) => {
    const json = functionJson({ publish: true });
    const resource = { ...json.resource, aws_lambda_alias: { live: { ...alias, function_version: '1' } } };
    const { outputs } = await load({ ...json, resource, output: { it: { value: reference } } });
    expect(outputs).toEqual({ it: arn });
  });
});

it.each<[what: string, attributes: Record<string, unknown>, error: string]>([
  [
    'a container image',
    { package_type: 'Image', image_uri: 'x', filename: null, handler: null, runtime: null },
    '.image_uri: container images are not served: zips and folders are',
  ],
  [
    'a zip that is not there and that no archive_file makes',
    { filename: 'made-elsewhere.zip' },
    'made-elsewhere.zip, and no archive_file of the configuration makes it: build it first',
  ],
  [
    'a role of another account',
    { role: 'arn:aws:iam::123456789012:role/theirs' },
    'test: aws_lambda_function.store.role: no stack declares the role arn:aws:iam::123456789012:role/theirs',
  ],
  [
    'a layer that is not there',
    { layers: ['arn:aws:lambda:eu-west-1:000000000000:layer:orm:7'] },
    'test: aws_lambda_function.store.layers: the stack has no aws_lambda_layer_version arn:aws:lambda:eu-west-1:000000000000:layer:orm:7',
  ],
  [
    'a timeout that is none',
    { timeout: 'long' },
    'test: aws_lambda_function.store.timeout: expected a number, received "long"',
  ],
  ...[0, 901].map((timeout): [string, Record<string, unknown>, string] => [
    `a timeout of ${timeout} s`,
    { timeout },
    `test: aws_lambda_function.store.timeout: Lambda takes 1 to 900, received ${timeout}`,
  ]),
  ...[127, 10_241].map((memory_size): [string, Record<string, unknown>, string] => [
    `a memory of ${memory_size} MB`,
    { memory_size },
    `test: aws_lambda_function.store.memory_size: Lambda takes 128 to 10240, received ${memory_size}`,
  ]),
  ['no handler', { handler: null }, 'test: aws_lambda_function.store.handler is missing'],
  [
    'a name that Lambda does not take',
    { function_name: 'store data' },
    'test: aws_lambda_function.store.function_name: "store data" is no name for a function: 1 to 64 letters, digits, - and _',
  ],
  [
    'a variable that Lambda sets itself',
    { environment: { variables: { AWS_REGION: 'eu-west-1' } } },
    'test: aws_lambda_function.store.environment.variables: Lambda reserves AWS_REGION and sets it itself: choose another name',
  ],
  ...['A', '1A', '_A', 'TABLE-NAME', 'NAMÉ'].map((name): [string, Record<string, unknown>, string] => [
    `${name}, which is no name for a variable`,
    { environment: { variables: { [name]: 'Books' } } },
    `test: aws_lambda_function.store.environment.variables: "${name}" is no name for a variable`,
  ]),
  [
    'more variables than Lambda takes',
    { environment: { variables: { TEXT: 'x'.repeat(4096 - '{"TEXT":""}'.length + 1) } } },
    'test: aws_lambda_function.store.environment.variables: 4097 bytes, as JSON; Lambda takes 4096 for all variables together',
  ],
  [
    'a runtime that is not served',
    { runtime: 'java21' },
    'test: aws_lambda_function.store.runtime: java21 is not served locally: nodejs and python are',
  ],
])(
  'does not serve a function with %s, and names stack, resource and attribute',
  async (_, attributes, error) => {
    const { functions, unserved } = await load(functionJson(attributes));
    expect(functions).toEqual([]);
    expect(unserved).toEqual([
      {
        address: 'test: aws_lambda_function.store',
        reason: expect.stringContaining(error) as string,
        effect: 'the function answers 501',
        arn: expect.stringMatching(/^arn:aws:lambda:eu-west-1:000000000000:function:store/) as string,
      },
    ]);
  },
);

it('serves the functions beside one that it cannot serve', async () => {
  const json = functionJson();
  const { store } = json.resource.aws_lambda_function;
  const aws_lambda_function = {
    store,
    broken: { ...store, function_name: 'broken', handler: '${local.handler}' },
  };
  const { functions, unserved } = await load({
    ...json,
    resource: { ...json.resource, aws_lambda_function },
  });
  expect(functions.map(({ name }) => name)).toEqual(['store']);
  expect(unserved).toMatchObject([
    {
      address: 'test: aws_lambda_function.broken',
      reason: expect.stringContaining('there is no local.handler') as string,
      arn: 'arn:aws:lambda:eu-west-1:000000000000:function:broken',
    },
  ]);
});

it('gives nobody a permission whose function cannot be evaluated, and says so once', async () => {
  const json = functionJson();
  const { store } = json.resource.aws_lambda_function;
  const { functions, unserved } = await load({
    ...json,
    resource: {
      ...json.resource,
      aws_lambda_function: { store, other: { ...store, function_name: 'other' } },
      aws_lambda_permission: {
        api: { function_name: '${var.fn}', action: 'lambda:InvokeFunction', principal: '*' },
      },
    },
  });
  expect(functions.map(({ permissions }) => permissions)).toEqual([[], []]);
  expect(unserved).toMatchObject([
    { address: 'test: aws_lambda_permission.api', effect: 'what it permits is refused' },
  ]);
});

describe('a resource of a type that is not served', () => {
  const json = functionJson({
    environment: {
      variables: {
        ARN: '${aws_sqs_queue.jobs.arn}',
        URL: '${aws_sqs_queue.jobs.url}',
        ID: '${aws_sns_topic.events.id}',
        NAME: '${aws_sns_topic.events.name}',
        BUCKET: '${aws_s3_bucket.files.arn}',
      },
    },
  });
  const resource = {
    ...json.resource,
    aws_sqs_queue: { jobs: { name: 'jobs-of-mine' } },
    aws_sns_topic: { events: {} },
    aws_s3_bucket: { files: { bucket: 'files-of-mine' } },
  };
  const loaded = load({ ...json, resource });

  // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-queue-message-identifiers.html
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-arn-format.html
  it('has local values for what others refer to', async () => {
    const { functions } = await loaded;
    expect(functions[0]!.variables).toEqual({
      ARN: 'arn:aws:sqs:eu-west-1:000000000000:jobs-of-mine',
      URL: 'https://sqs.eu-west-1.amazonaws.com/000000000000/jobs-of-mine',
      ID: 'events',
      NAME: 'events',
      BUCKET: 'arn:aws:s3:::files-of-mine',
    });
  });

  it('is named', async () => {
    const { unserved } = await loaded;
    expect(unserved.map(({ address, reason }) => [address, reason])).toEqual([
      ['test: aws_sqs_queue.jobs', 'test: aws_sqs_queue.jobs is not served'],
      ['test: aws_sns_topic.events', 'test: aws_sns_topic.events is not served'],
      ['test: aws_s3_bucket.files', 'test: aws_s3_bucket.files is not served'],
    ]);
  });
});

// https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/lambda_function_event_invoke_config
describe('what comes of asynchronous invocations', () => {
  const withConfigs = (
    configs: Record<string, Record<string, unknown>>,
    more: Record<string, unknown> = {},
  ) => {
    const { data, resource } = functionJson(more);
    return load({ data, resource: { ...resource, aws_lambda_function_event_invoke_config: configs } });
  };

  it('is read by version or alias, of a function by its name or ARN', async () => {
    const { functions, unserved } = await withConfigs(
      {
        latest: {
          function_name: '${aws_lambda_function.store.function_name}',
          maximum_retry_attempts: 0,
          maximum_event_age_in_seconds: 60,
          destination_config: {
            on_success: { destination: 'arn:aws:lambda:eu-west-1:000000000000:function:next' },
            on_failure: { destination: 'arn:aws:sqs:eu-west-1:000000000000:failed' },
          },
        },
        live: { function_name: '${aws_lambda_function.store.arn}', qualifier: 'live' },
      },
      { dead_letter_config: { target_arn: 'arn:aws:sqs:eu-west-1:000000000000:dead' } },
    );

    expect(functions[0]).toMatchObject({
      asynchronous: {
        $LATEST: {
          maximumRetryAttempts: 0,
          maximumEventAgeSeconds: 60,
          onSuccess: 'arn:aws:lambda:eu-west-1:000000000000:function:next',
          onFailure: 'arn:aws:sqs:eu-west-1:000000000000:failed',
        },
        live: { maximumRetryAttempts: 2, maximumEventAgeSeconds: 21_600 },
      },
      deadLetterTarget: 'arn:aws:sqs:eu-west-1:000000000000:dead',
    });
    expect(unserved).toEqual([]);
  });

  it('is named when Lambda would refuse it', async () => {
    const { functions, unserved } = await withConfigs({
      latest: { function_name: 'store', maximum_retry_attempts: 3 },
    });

    expect(functions[0]?.asynchronous).toEqual({});
    expect(unserved).toMatchObject([
      {
        reason:
          'test: aws_lambda_function_event_invoke_config.latest.maximum_retry_attempts: Lambda takes 0 to 2, received 3',
      },
    ]);
  });
});
