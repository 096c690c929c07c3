import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { type Credentials, OPERATOR } from '../../../packages/terraform-offline/iam/credentials';
import { type ServedProject, serveProject } from '../../support/served-project';

const run = promisify(execFile);

let project: ServedProject;
afterEach(() => project.close());

/** As `terraform-offline credentials NAME` prints them. */
async function credentials(name: string): Promise<Credentials> {
  const program = ['tools/ts.mjs', 'packages/terraform-offline/cli.ts'];
  const { stdout } = await run(process.execPath, [...program, 'credentials', name, project.folder, '--json']);
  const { AccessKeyId, SecretAccessKey, SessionToken } = JSON.parse(stdout) as Record<string, string>;
  return { accessKeyId: AccessKeyId!, secretAccessKey: SecretAccessKey!, sessionToken: SessionToken! };
}

interface Answer {
  readonly code: number;
  /** What it printed, as JSON; nothing where it prints nothing. */
  readonly json: unknown;
  readonly stderr: string;
}

/** What the AWS CLI does, with these credentials and nothing of this machine's. */
async function aws(who: Credentials, service: string, ...args: string[]): Promise<Answer> {
  const endpoint = service === 'lambda' ? project.url : project.databaseEndpoint;
  const env = {
    PATH: process.env.PATH,
    HOME: project.folder,
    AWS_ACCESS_KEY_ID: who.accessKeyId,
    AWS_SECRET_ACCESS_KEY: who.secretAccessKey,
    ...(who !== OPERATOR && { AWS_SESSION_TOKEN: who.sessionToken }),
    AWS_REGION: 'eu-west-1',
    AWS_DEFAULT_REGION: 'eu-west-1',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_MAX_ATTEMPTS: '1',
  };
  const words = [service, ...args, '--endpoint-url', endpoint, '--output', 'json'];
  const { stdout, stderr, code } = await run('aws', words, { env }).then(
    (printed) => ({ ...printed, code: 0 }),
    (error: unknown) => error as { stdout: string; stderr: string; code: number },
  );
  return { code, json: stdout === '' ? undefined : (JSON.parse(stdout) as unknown), stderr };
}

/** `aws lambda invoke`, which prints what the function answered before what Lambda says of it. */
async function invoke(who: Credentials, name: string, payload: unknown) {
  const version = await run('aws', ['--version']);
  const isSecond = version.stdout.startsWith('aws-cli/2');
  const args = [
    ...(isSecond ? ['--cli-binary-format', 'raw-in-base64-out'] : []),
    '--function-name',
    name,
    '--payload',
    JSON.stringify(payload),
    `${project.folder}/answer.json`,
  ];
  const answer = await aws(who, 'lambda', 'invoke', ...args);
  const { stdout } = await run('cat', [`${project.folder}/answer.json`]).catch(() => ({ stdout: '' }));
  return { ...answer, answer: stdout === '' ? undefined : (JSON.parse(stdout) as unknown) };
}

const order = (id: string, more = {}) => JSON.stringify({ id: { S: id }, state: { S: 'paid' }, ...more });
const put = (who: Credentials, item: string) =>
  aws(who, 'dynamodb', 'put-item', '--table-name', 'orders', '--item', item);

describe('a table’s stream to a function', () => {
  const shipped = () =>
    project
      .lines('ship')
      .filter((line) => line.startsWith('{"shipped"'))
      .join();

  it('halves the batch with the order that fails, gives that up, and ships the others', async () => {
    project = await serveProject('order-stream');
    const items = [
      order('a', { address: { S: 'here' } }),
      order('bad'),
      order('b', { address: { S: 'there' } }),
    ];
    const requests = { orders: items.map((item) => ({ PutRequest: { Item: JSON.parse(item) as object } })) };
    const written = await aws(
      OPERATOR,
      'dynamodb',
      'batch-write-item',
      '--request-items',
      JSON.stringify(requests),
    );
    expect(written).toMatchObject({ code: 0, json: { UnprocessedItems: {} } });
    await project.until(() => project.notices().some((notice) => notice.includes('given up')));
    await project.until(() => ['"a"', '"b"'].every((id) => shipped().includes(id)));
    expect(shipped()).not.toContain('"bad"');
    expect(project.lines('ship').filter((line) => line === 'asked to ship bad')).toHaveLength(2);
    expect(project.notices()).toContainEqual(
      expect.stringMatching(
        /orders: 1 record given up after 2 attempts \(RetryAttemptsExhausted\), .*failed-orders/,
      ),
    );
  });

  it('is read by its role, which may do that and no more', async () => {
    project = await serveProject('order-stream');
    const ship = await credentials('ship');
    await put(OPERATOR, order('a', { address: { S: 'here' } }));

    const { json } = await aws(ship, 'dynamodbstreams', 'list-streams');
    const [{ StreamArn: arn }] = (json as { Streams: [{ StreamArn: string }] }).Streams;
    const described = await aws(ship, 'dynamodbstreams', 'describe-stream', '--stream-arn', arn);
    const { StreamDescription: stream } = described.json as {
      StreamDescription: { StreamStatus: string; Shards: { ShardId: string }[] };
    };
    expect(stream.StreamStatus).toBe('ENABLED');
    const at = ['--stream-arn', arn, '--shard-id', stream.Shards.at(-1)!.ShardId];
    const type = ['--shard-iterator-type', 'TRIM_HORIZON'];
    const iterator = await aws(ship, 'dynamodbstreams', 'get-shard-iterator', ...at, ...type);
    const { ShardIterator: from } = iterator.json as { ShardIterator: string };
    const records = await aws(ship, 'dynamodbstreams', 'get-records', '--shard-iterator', from);
    expect(records.json).toMatchObject({
      Records: [
        { eventName: 'INSERT', eventSource: 'aws:dynamodb', dynamodb: { NewImage: { id: { S: 'a' } } } },
      ],
    });

    const denied = await put(ship, order('b'));
    expect(denied.code).not.toBe(0);
    expect(denied.stderr).toContain(
      'An error occurred (AccessDeniedException) when calling the PutItem operation: User: arn:aws:sts::000000000000:assumed-role/ship/',
    );
    const report = project.accessReport().roles.find(({ functions }) => functions.includes('ship'))!;
    expect(report.denied).toContainEqual(expect.objectContaining({ action: 'dynamodb:PutItem', times: 1 }));
    expect(report.unused.flatMap(({ actions }) => actions)).not.toContain('dynamodb:ListStreams');
  });
});

describe('a function that sends to a queue', () => {
  const hint =
    'sqs SendMessage is not served by the local cloud; --endpoint sqs=URL points functions at another emulator or AWS';

  it('is refused with an error that says where to send it', async () => {
    project = await serveProject('queue-sender');
    expect(await invoke(OPERATOR, 'sender', { job: 1 })).toMatchObject({
      code: 0,
      json: { StatusCode: 200, FunctionError: 'Unhandled' },
      answer: { errorType: 'NotServedLocally', errorMessage: hint },
    });
  });

  it('is served with --endpoint', async () => {
    const sent: string[] = [];
    const queue = createServer((request, response) => {
      void text(request).then((body) => {
        sent.push(body);
        response.end('{"MessageId":"m-1"}');
      });
    }).listen(0, '127.0.0.1');
    await once(queue, 'listening');
    const endpoint = `http://127.0.0.1:${(queue.address() as AddressInfo).port}`;
    project = await serveProject('queue-sender', { endpoints: { sqs: endpoint } });

    const answered = await invoke(OPERATOR, 'sender', { job: 1 });
    queue.closeAllConnections();
    queue.close();

    expect(answered).toMatchObject({ json: { StatusCode: 200 }, answer: 'm-1' });
    expect(answered.json).not.toHaveProperty('FunctionError');
    expect(sent.map((body) => JSON.parse(body) as unknown)).toEqual([
      { QueueUrl: `${endpoint}/000000000000/jobs`, MessageBody: '{"job":1}' },
    ]);
  });
});

it('a schedule’s function is invoked with its event by hand, and by whoever may', async () => {
  project = await serveProject('reports');
  const fire = ['tools/ts.mjs', 'packages/terraform-offline/cli.ts', 'fire', 'nightly-report'];
  const report = () => project.lines('report');
  await run(process.execPath, [...fire, '--port', new URL(project.url).port]);
  await project.until(() => report().includes('{"kind":"nightly"}'));

  expect(await invoke(OPERATOR, 'report', { kind: 'by hand' })).toMatchObject({ json: { StatusCode: 200 } });
  expect(report()).toEqual(['{"kind":"nightly"}', '{"kind":"by hand"}']);
  const denied = await invoke(await credentials('report'), 'report', { kind: 'denied' });
  expect(denied.code).not.toBe(0);
  expect(denied.stderr).toContain('is not authorized to perform: lambda:InvokeFunction');
  expect(report()).toHaveLength(2);
});

it('the function behind a REST API for users of a pool answers its own events, and a user may not invoke it', async () => {
  project = await serveProject('rest-cognito-usage-plan');
  const { functions } = project.model().stacks[0]!;
  const event = { requestContext: { authorizer: { claims: { sub: 'ann' } }, identity: { apiKeyId: null } } };
  expect(await invoke(OPERATOR, functions[0]!.name, event)).toMatchObject({
    json: { StatusCode: 200 },
    answer: { statusCode: 200, body: '{"sub":"ann","key":null}' },
  });
});

it('a user who may sign requests to an HTTP API may invoke none of its functions', async () => {
  project = await serveProject('http-jwt-authorizers');
  const denied = await invoke(await credentials('scheduler'), 'notes', {});
  expect(denied.code).not.toBe(0);
  expect(denied.stderr).toContain(
    'User: arn:aws:iam::000000000000:user/scheduler is not authorized to perform: lambda:InvokeFunction',
  );
});
