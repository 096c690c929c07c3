import { BatchWriteItemCommand, DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { OPERATOR } from '../../../../../packages/terraform-offline/iam/credentials';
import { type ServedProject, serveProject } from '../../../../support/served-project';

let project: ServedProject;
let client: DynamoDBClient;
afterEach(async () => {
  client.destroy();
  await project.close();
});

/** Without a window for batches to become full. */
const atOnce = (text: string) => text.replace(/.*maximum_batching_window_in_seconds.*\n/, '');

async function start(change = atOnce, options = {}) {
  project = await serveProject('order-stream', { change, ...options });
  client = new DynamoDBClient({
    endpoint: project.databaseEndpoint,
    region: 'eu-west-1',
    credentials: OPERATOR,
  });
}

const order = (id: string, state = 'paid') => ({
  id: { S: id },
  state: { S: state },
  ...(id.startsWith('bad') ? {} : { address: { S: 'somewhere' } }),
});

const put = (id: string, state?: string) =>
  client.send(new PutItemCommand({ TableName: 'orders', Item: order(id, state) }));

const putAll = (...ids: string[]) =>
  client.send(
    new BatchWriteItemCommand({
      RequestItems: { orders: ids.map((id) => ({ PutRequest: { Item: order(id) } })) },
    }),
  );

interface EventRecord {
  readonly eventSourceARN: string;
  readonly dynamodb: { readonly NewImage: { readonly id: { readonly S: string } } };
}

/** The records that the function has shipped, invocation by invocation. */
const shipped = () =>
  project
    .lines('ship')
    .filter((line) => line.startsWith('{"shipped"'))
    .map((line) => (JSON.parse(line) as { shipped: EventRecord[] }).shipped);

const ids = (records: readonly EventRecord[]) => records.map(({ dynamodb }) => dynamodb.NewImage.id.S);
const shippedIds = () => shipped().flatMap(ids);

const ARN = 'arn:aws:dynamodb:eu-west-1:000000000000:table/orders/stream/2026-01-01T00:00:00.000';

describe('a mapping of a stream to a function', () => {
  // https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html
  it('hands over the records that its filter wants, in the documented form', async () => {
    await start();

    await put('a', 'open');
    await put('b');
    await project.until(() => shipped().length > 0);

    expect(shipped()).toEqual([
      [
        {
          eventID: expect.any(String) as string,
          eventName: 'INSERT',
          eventVersion: '1.1',
          eventSource: 'aws:dynamodb',
          awsRegion: 'eu-west-1',
          dynamodb: {
            ApproximateCreationDateTime: expect.any(Number) as number,
            Keys: { id: { S: 'b' } },
            NewImage: { id: { S: 'b' }, state: { S: 'paid' }, address: { S: 'somewhere' } },
            SequenceNumber: expect.stringMatching(/^\d{21,40}$/) as string,
            SizeBytes: 31,
            StreamViewType: 'NEW_AND_OLD_IMAGES',
          },
          eventSourceARN: ARN,
        },
      ],
    ]);
  });

  it('halves a batch that fails until the record is found, retries it as configured, and gives it up', async () => {
    // All of them are in one batch, which is full.
    await start((text) => text.replace('= 10', '= 4'));

    await putAll('a', 'b', 'bad', 'c');
    await project.until(() => project.notices().some((notice) => notice.includes('given up')));
    await putAll('d', 'e', 'f', 'g');
    await project.until(() => shippedIds().includes('d'));

    expect(shippedIds().sort()).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g']);
    expect(project.lines('ship').filter((line) => line === 'asked to ship bad')).toHaveLength(2);
    expect(project.notices()).toContainEqual(
      expect.stringMatching(
        /aws_lambda_event_source_mapping\.orders: 1 record given up after 2 attempts \(RetryAttemptsExhausted\), .*; arn:aws:sqs:eu-west-1:000000000000:failed-orders, which is not served locally, would be told$/,
      ),
    );
  });

  it('goes on where it was when its settings, or the code of its function, change', async () => {
    await start();
    await put('a');
    await project.until(() => shippedIds().includes('a'));

    await project.edit('main.tf', (text) => text.replace('= 10', '= 1'));
    await Promise.all([put('b'), project.edit('src/index.mjs', (text) => `${text}\n`), put('c')]);
    await project.until(() => shippedIds().includes('b') && shippedIds().includes('c'));

    expect(shippedIds().sort()).toEqual(['a', 'b', 'c']);
    expect(shipped().map(({ length }) => length)).toEqual([1, 1, 1]);
  });

  it('serves no role that may not read the stream, and says what AWS says', async () => {
    await start((text) => text.replace('"dynamodb:GetRecords", ', ''));

    await put('a');

    expect(project.notices()).toContainEqual(
      expect.stringContaining(
        `aws_lambda_event_source_mapping.orders: Cannot access stream ${ARN}. Please ensure the role can perform the GetRecords, GetShardIterator, ListStreams, and DescribeStream Actions on your stream in IAM. ship may not dynamodb:GetRecords; its function gets no events of that source`,
      ),
    );
    expect(project.model().stacks[0]?.eventSourceMappings).toEqual([]);
    expect(project.lines('ship')).toEqual([]);
  });

  it('serves every role with --no-iam', async () => {
    await start((text) => atOnce(text).replace('"dynamodb:GetRecords", ', ''), { iam: false });

    await put('a');
    await project.until(() => shippedIds().includes('a'));
  });

  it('that is not enabled hands nothing over, and says nothing', async () => {
    await start((text) => atOnce(text).replace('batch_size ', 'enabled = false\n  batch_size '));

    await put('a');
    await project.edit('main.tf', (text) => text.replace('enabled = false', 'enabled = true'));
    await put('b');
    await project.until(() => shippedIds().includes('b'));

    expect(shippedIds()).toEqual(['b']);
  });
});
