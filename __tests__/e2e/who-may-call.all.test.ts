import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { type Cloud, serve } from '../../packages/terraform-offline/cloud';
import { Checkout } from '../support/checkout';

const README = readFileSync(path.resolve(__dirname, '../../README.md'), 'utf8');
const [, section = ''] = /\n## Who may call\n(.*?)\n## /s.exec(README) ?? [];
const [, settings = ''] = /```ts\n(.*?)```/s.exec(section) ?? [];
const commands = [...section.matchAll(/```sh\n(.*?)```/gs)].map(([, command = '']) => command);

const checkout = new Checkout();
let cloud: Cloud;

beforeAll(async () => {
  const source = readFileSync(path.join(checkout.root, 'stacks/environment.ts'), 'utf8');
  checkout.write('stacks/environment.ts', source.replace('staging: {', `staging: {\n${settings}`));
  process.env.ENVIRONMENT = 'staging';
  expect(await checkout.run('tools/synth.ts')).toMatchObject({ code: 0 });
  cloud = await serve({
    folder: path.join(checkout.root, 'cdktf.out'),
    dataDirectory: path.join(checkout.root, '.local'),
  });
});
afterAll(async () => {
  await cloud.close();
  checkout.remove();
});

/** The key that the commands take from what `npm start` prints. */
function apiKey(): string {
  const apis = cloud.model().stacks.flatMap((stack) => stack.apis);
  const [plan] = apis.flatMap((api) => (api.kind === 'rest' ? (api.usagePlans ?? []) : []));
  return plan!.keys[0]!.value;
}

/** Typed into a shell in the checkout, where `npm start` is the program that it runs. */
async function statusOf(command: string): Promise<number> {
  const npm = `npm() { shift 3; "${process.execPath}" tools/ts.mjs tools/start.ts "$@"; }`;
  const status = 'curl() { command curl --silent --output /dev/null --write-out \'%{http_code}\' "$@"; }';
  const line = command.replaceAll('http://localhost:3000', cloud.url.replace('127.0.0.1', 'localhost'));
  const env = { ...process.env, API_KEY: apiKey() };
  const options = { cwd: checkout.root, env, encoding: 'utf8' } as const;
  const { stdout } = await promisify(execFile)('bash', ['-c', `${npm}\n${status}\n${line}`], options);
  return Number(stdout);
}

it.each([
  ['items-api/items', 200, 401],
  ['data-api/prod/data', 201, 401],
  ['order-api/prod/order', 200, 403],
  ['dynamodb-manager/prod/DynamoDBManager', 200, 403],
])(
  'what the README sends to %s is answered %d, and %d without what it brings',
  async (place, status, refused) => {
    const command = commands.find((one) => one.includes(`localhost:3000/${place}`))!;
    expect(await statusOf(command)).toBe(status);
    const without = command.replace(/-H "[^"]*"/, '').replace(/--aws-sigv4 \S+ --user \S+/, '');
    expect(without).not.toBe(command);
    expect(await statusOf(without)).toBe(refused);
  },
);

it('a token that was altered is taken by neither kind of API', async () => {
  const [items] = commands;
  expect(await statusOf(items!.replace('Bearer $TOKEN', 'Bearer ${TOKEN%?????}AAAAA'))).toBe(401);
  expect(await statusOf(commands[1]!.replace('Bearer $TOKEN', 'Bearer ${TOKEN%?????}AAAAA'))).toBe(401);
});
