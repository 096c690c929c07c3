import { functionJson, load } from './support';

const STREAM = 'arn:aws:dynamodb:eu-west-1:000000000000:table/orders/stream/2026-01-01T00:00:00.000';

function withMapping(mapping: Record<string, unknown>, output: Record<string, { value: unknown }> = {}) {
  const { data, resource } = functionJson();
  const orders = {
    name: 'orders',
    hash_key: 'id',
    attribute: [{ name: 'id', type: 'S' }],
    stream_enabled: true,
    stream_view_type: 'NEW_IMAGE',
  };
  return load({
    data,
    output,
    resource: {
      ...resource,
      aws_dynamodb_table: { orders },
      aws_lambda_event_source_mapping: {
        m: {
          event_source_arn: '${aws_dynamodb_table.orders.stream_arn}',
          function_name: '${aws_lambda_function.store.arn}',
          starting_position: 'LATEST',
          ...mapping,
        },
      },
    },
  });
}

// https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-params.html
it("is read with Lambda's defaults", async () => {
  const { eventSourceMappings } = await withMapping({});
  expect(eventSourceMappings).toEqual([
    {
      address: 'test: aws_lambda_event_source_mapping.m',
      functionArn: 'arn:aws:lambda:eu-west-1:000000000000:function:store',
      streamArn: STREAM,
      startingPosition: 'LATEST',
      enabled: true,
      batchSize: 100,
      batchingWindowSeconds: 0,
      parallelizationFactor: 1,
      filters: [],
      maximumRetryAttempts: Infinity,
      maximumRecordAgeSeconds: Infinity,
      bisectBatchOnFunctionError: false,
      reportsBatchItemFailures: false,
    },
  ]);
});

it('has an id, a UUID, which outputs may show', async () => {
  const { outputs } = await withMapping({}, { id: { value: '${aws_lambda_event_source_mapping.m.uuid}' } });
  expect(outputs).toEqual({
    id: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/) as string,
  });
});

it.each([
  ['store', 'arn:aws:lambda:eu-west-1:000000000000:function:store'],
  ['store:live', 'arn:aws:lambda:eu-west-1:000000000000:function:store:live'],
  ['000000000000:function:store', 'arn:aws:lambda:eu-west-1:000000000000:function:store'],
  [
    'arn:aws:lambda:eu-west-1:000000000000:function:store:7',
    'arn:aws:lambda:eu-west-1:000000000000:function:store:7',
  ],
])('knows its function by %s', async (function_name, functionArn) => {
  expect((await withMapping({ function_name })).eventSourceMappings).toMatchObject([{ functionArn }]);
});

it.each([
  [
    { event_source_arn: 'arn:aws:sqs:eu-west-1:000000000000:jobs' },
    'event_source_arn: arn:aws:sqs:eu-west-1:000000000000:jobs is not served locally: streams of DynamoDB tables are',
  ],
  [{ event_source_arn: '${aws_dynamodb_table.orders.arn}' }, "is no stream: name the table's stream_arn"],
  [
    { starting_position: 'AT_TIMESTAMP' },
    'starting_position: a DynamoDB stream is read from LATEST or TRIM_HORIZON, received AT_TIMESTAMP',
  ],
  [{ batch_size: 10_001 }, 'batch_size: Lambda takes 1 to 10000, received 10001'],
  [
    { maximum_record_age_in_seconds: 59 },
    'maximum_record_age_in_seconds: Lambda takes -1, for no limit, or 60 to 604800, received 59',
  ],
  [
    { tumbling_window_in_seconds: 60 },
    'tumbling_window_in_seconds: tumbling windows are not served; leave it out',
  ],
  [{ filter_criteria: { filter: [{ pattern: '{"a":1}' }] } }, 'pattern.a: Invalid filter pattern definition'],
])('names what is not served: %j', async (mapping, reason) => {
  const { eventSourceMappings, unserved } = await withMapping(mapping);
  expect(eventSourceMappings).toEqual([]);
  expect(unserved).toMatchObject([
    {
      address: 'test: aws_lambda_event_source_mapping.m',
      reason: expect.stringContaining(reason) as string,
      effect: 'its function gets no events of that source',
    },
  ]);
});
