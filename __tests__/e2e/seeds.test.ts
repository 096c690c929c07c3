import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { answered, conversations, type Conversation } from '../fixtures/seeds/conversations';
import { type ServedBuild, serveBuild } from '../support/served-build';

type System = Conversation['system'];
type Send = (system: System, body: string) => Promise<unknown>;

const endpoints = { 'dynamodb-manager': '/DynamoDBManager', 'order-api': '/order' };
const functions = { 'dynamodb-manager': 'LambdaFunctionOverHttps', 'order-api': 'order-microservice' };

let cloud: ServedBuild;
let lambda: LambdaClient;
beforeAll(async () => {
  cloud = await serveBuild();
  lambda = new LambdaClient({
    endpoint: new URL(cloud.urlOf('order-api')).origin,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
});
afterAll(() => cloud.close());

const overHttp: Send = async (system, body) => {
  const answer = await fetch(`${cloud.urlOf(system)}${endpoints[system]}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body,
  });
  const text = await answer.text();
  if (answer.status !== 200) throw new Error(`${answer.status} ${text}`);
  return JSON.parse(text) as unknown;
};

const directly: Send = async (system, body) => {
  const { FunctionError, Payload } = await lambda.send(
    new InvokeCommand({ FunctionName: functions[system], Payload: Buffer.from(body) }),
  );
  const text = Buffer.from(Payload ?? []).toString();
  if (FunctionError) throw new Error(text);
  return JSON.parse(text) as unknown;
};

async function emptyTable(system: System): Promise<void> {
  const list = await overHttp(system, '{"operation":"list","payload":{"Limit":100}}');
  for (const { id } of (list as { Items: { id: string }[] }).Items) {
    await overHttp(system, JSON.stringify({ operation: 'delete', payload: { Key: { id } } }));
  }
}

const ways = { 'over HTTP': overHttp, 'by direct invocation': directly };
const cases = conversations.flatMap((conversation) =>
  Object.keys(ways).map((way) => ({ ...conversation, way: way as keyof typeof ways })),
);

test.each(cases)(
  'every request that seed $seed prints works on $system $way',
  async ({ system, exchanges, way }) => {
    await emptyTable(system);
    expect(exchanges.length).toBeGreaterThan(0);
    for (const { request, answer } of exchanges) {
      expect(await ways[way](system, request)).toEqual(answered(answer));
    }
  },
);

test.each(['dynamodb-manager', 'order-api'] as const)(
  'ping and echo work on %s, both ways',
  async (system) => {
    for (const send of Object.values(ways)) {
      expect(await send(system, '{"operation":"ping"}')).toBe('pong');
      expect(await send(system, '{"operation":"echo","payload":{"somekey1":[1]}}')).toEqual({
        somekey1: [1],
      });
    }
  },
);

test('a failed direct invocation says what was wrong', async () => {
  const error: unknown = await directly('dynamodb-manager', '{"operation":"drop"}').catch(
    (thrown: unknown) => thrown,
  );
  const { errorType, errorMessage } = JSON.parse((error as Error).message) as Record<string, string>;
  expect(errorType).toBe('Problem');
  expect(errorMessage).toMatch(/^\{"status":400,.*operation is \\"drop\\"/);
});
