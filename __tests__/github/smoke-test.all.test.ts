import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { startLocalServer, stopLocalServers, type LocalServer } from '../support/local-server';
import { routes as dataApi } from '../../functions/data-api/contract';
import { routes as dynamodbManager } from '../../functions/dynamodb-manager/contract';
import { routes as itemsApi } from '../../functions/items-api/contract';
import { routes as orderApi } from '../../functions/order-api/contract';

const root = path.resolve(__dirname, '../..');
const SYSTEMS = Object.entries({
  'data-api': dataApi,
  'items-api': itemsApi,
  'dynamodb-manager': dynamodbManager,
  'order-api': orderApi,
});
const CREDENTIALS = {
  AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'secret',
  AWS_SESSION_TOKEN: 'token',
};

let server: LocalServer;
beforeAll(async () => {
  server = await startLocalServer();
});
afterAll(stopLocalServers);

interface Answer {
  readonly code: number;
  readonly stdout: string;
}

async function script(name: string, ...args: string[]): Promise<Answer> {
  const file = path.join(root, '.github/scripts', name);
  const env = { PATH: process.env.PATH, ...CREDENTIALS };
  try {
    return { code: 0, ...(await promisify(execFile)(file, args, { env })) };
  } catch (error) {
    return error as Answer;
  }
}

describe.each(SYSTEMS)('after a deployment, %s', (stack, routes) => {
  it('is asked at every route, and nothing is written', async () => {
    const { code, stdout } = await script('smoke-test.sh', stack, server.urlOf(stack));

    expect(stdout).not.toContain('::error::');
    expect(code).toBe(0);
    const asked = stdout
      .trim()
      .split('\n')
      .map((line) => line.replace(/\?.*|: \d+$/g, '').replace(/[0-9a-f-]{36}/, '{id}'));
    expect(asked.sort()).toEqual(routes.map(({ method, path }) => `${method} ${path}`).sort());
  });

  it('is told apart from one that does not answer', async () => {
    const { code, stdout } = await script('smoke-test.sh', stack, `${server.urlOf(stack)}/elsewhere`);

    expect(code).toBe(1);
    expect(stdout).toContain(`::error::${stack}: `);
  });

  it.each(['a first time', 'a second'])('answers what the README sends, in staging, %s', async () => {
    const readme = path.join(root, 'README.md');
    const { code, stdout } = await script('readme-examples.sh', readme, stack, server.urlOf(stack));

    expect(stdout).not.toContain('::error::');
    expect(code).toBe(0);
    const shown = readFileSync(readme, 'utf8').split(`http://127.0.0.1:3000/${stack}/`).length - 1;
    expect(stdout.trim().split('\n')).toHaveLength(shown);
  });
});

it('does not pass over a system that it does not know', async () => {
  expect(await script('smoke-test.sh', 'new-api', 'http://127.0.0.1:9')).toMatchObject({ code: 1 });
});
