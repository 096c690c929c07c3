import { CloudWatchLogsClient, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { APIGatewayClient, GetRestApisCommand } from '@aws-sdk/client-api-gateway';
import { IAMClient, ListRolesCommand } from '@aws-sdk/client-iam';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { credentialsFor, OPERATOR } from '../../../../packages/terraform-offline/iam/credentials';
import { send } from '../../../support/http';
import { type ServedProject, serveProject } from '../../../support/served-project';

let project: ServedProject;
afterEach(() => project.close());

async function invoke(FunctionName: string, payload: unknown, credentials = OPERATOR) {
  const client = new LambdaClient({
    endpoint: project.url,
    region: 'eu-west-1',
    credentials,
    maxAttempts: 1,
  });
  const { Payload, FunctionError } = await client
    .send(new InvokeCommand({ FunctionName, Payload: JSON.stringify(payload) }))
    .finally(() => client.destroy());
  return { answer: JSON.parse(Buffer.from(Payload!).toString()) as unknown, FunctionError };
}

const HINT =
  'sqs SendMessage is not served by the local cloud; --endpoint sqs=URL points functions at another emulator or AWS';

describe('a function that sends to a queue', () => {
  it('gets an error at once that says where to send it, as does the log', async () => {
    project = await serveProject('queue-sender');

    expect(await invoke('sender', { job: 1 })).toMatchObject({
      FunctionError: 'Unhandled',
      answer: { errorType: 'NotServedLocally', errorMessage: HINT },
    });
    expect(project.notices()).toContain(`sender: ${HINT}`);
  });

  // https://github.com/aws/aws-sdk-js-v3/blob/main/packages/middleware-sdk-sqs/src/queue-url.ts
  it('gets it too from an SDK that sends to the host of the URL of the queue', async () => {
    project = await serveProject('queue-sender');
    const { role } = project.model().stacks[0]!.functions[0]!;
    const key = credentialsFor(role).accessKeyId;

    const { status, text: body } = await send(project.url, '/', {
      method: 'POST',
      headers: {
        authorization: `AWS4-HMAC-SHA256 Credential=${key}/20260101/eu-west-1/sqs/aws4_request`,
        'x-amz-target': 'AmazonSQS.SendMessage',
      },
      body: '{}',
    });
    expect([status, JSON.parse(body)]).toEqual([501, { __type: 'NotServedLocally', message: HINT }]);
    expect(project.notices()).toContain(`sender: ${HINT}`);
  });

  it('reaches the emulator that --endpoint names', async () => {
    const bodies: string[] = [];
    const queue = createServer((request, response) => {
      void text(request).then((body) => {
        bodies.push(body);
        response.end('{"MessageId":"m-1"}');
      });
    }).listen(0, '127.0.0.1');
    await once(queue, 'listening');
    const endpoint = `http://127.0.0.1:${(queue.address() as AddressInfo).port}`;
    project = await serveProject('queue-sender', { endpoints: { sqs: endpoint } });

    expect(await invoke('sender', { job: 1 })).toEqual({ answer: 'm-1', FunctionError: undefined });
    expect(bodies.map((body) => JSON.parse(body) as unknown)).toEqual([
      {
        QueueUrl: `${endpoint}/000000000000/jobs`,
        MessageBody: '{"job":1}',
      },
    ]);
    queue.closeAllConnections();
    queue.close();
  });
});

it("invokes no function that the caller's role may not invoke", async () => {
  project = await serveProject('queue-sender');
  const { role } = project.model().stacks[0]!.functions[0]!;

  await expect(invoke('sender', {}, credentialsFor(role))).rejects.toMatchObject({
    name: 'AccessDeniedException',
    message: expect.stringMatching(
      /^User: arn:aws:sts::000000000000:assumed-role\/sender\/.* is not authorized to perform: lambda:InvokeFunction on resource: arn:aws:lambda:eu-west-1:000000000000:function:sender because no identity-based policy allows/,
    ) as string,
  });
});

// https://smithy.io/2.0/aws/protocols/index.html
describe('a service that is not served', () => {
  const settings = () => ({
    endpoint: `${project.url}/_aws/sender`,
    region: 'eu-west-1',
    credentials: OPERATOR,
  });
  const hint = (what: string, name: string) =>
    `${what} is not served by the local cloud; --endpoint ${name}=URL points functions at another emulator or AWS`;

  it.each<[protocol: string, message: string, call: () => Promise<unknown>]>([
    [
      'JSON',
      hint('logs DescribeLogGroups', 'cloudwatch_logs'),
      () => new CloudWatchLogsClient(settings()).send(new DescribeLogGroupsCommand({})),
    ],
    ['query', hint('iam ListRoles', 'iam'), () => new IAMClient(settings()).send(new ListRolesCommand({}))],
    [
      'REST and JSON',
      hint('apigateway GET /restapis', 'apigateway'),
      () => new APIGatewayClient(settings()).send(new GetRestApisCommand({})),
    ],
  ])('answers in its form (%s), once', async (_protocol, message, call) => {
    project = await serveProject('queue-sender');

    await expect(call()).rejects.toMatchObject({ name: 'NotServedLocally', message });
    expect(project.notices().filter((notice) => notice.includes('is not served by'))).toEqual([
      `sender: ${message}`,
    ]);
  });

  it('answers XML where that is the form: S3', async () => {
    project = await serveProject('queue-sender');

    const { status, text: body } = await send(project.url, '/_aws/sender/files/a.txt', {
      headers: { authorization: 'AWS4-HMAC-SHA256 Credential=A/20260101/eu-west-1/s3/aws4_request' },
    });
    expect(status).toBe(501);
    expect(body).toContain(
      `<Error><Code>NotServedLocally</Code><Message>${hint('s3 GET /files/a.txt', 's3')}</Message>`,
    );
  });

  // https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
  it('but for who one is: the role', async () => {
    project = await serveProject('queue-sender');

    const { status, text: body } = await send(project.url, '/_aws/sender/', {
      method: 'POST',
      headers: {
        authorization: 'AWS4-HMAC-SHA256 Credential=A/20260101/eu-west-1/sts/aws4_request',
        'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
      },
      body: 'Action=GetCallerIdentity&Version=2011-06-15',
    });
    expect(status).toBe(200);
    expect(body).toContain('<Arn>arn:aws:sts::000000000000:assumed-role/sender/sender</Arn>');
  });
});
