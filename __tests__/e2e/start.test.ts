import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { statusOfCurl } from '../support/curl';
import { descendantsOf, leftOf } from '../support/processes';
import { resourcesOf, synthesized } from '../support/synth';
import { killLaunched, Launched } from './support/launched';
import { outputFolder } from '../../tools/project-root';

const folder = mkdtempSync(path.join(tmpdir(), 'npm-start-'));
const dataDirectory = path.join(folder, 'data');
const outputsFile = path.join(folder, 'outputs.json');

const stacks = readdirSync(path.join(outputFolder(), 'stacks')).map(synthesized);
const resources = (type: string) => stacks.flatMap((stack) => Object.values(resourcesOf(stack, type)));
/** The names of all tables, as DynamoDB lists them here. */
const tableNames = resources('aws_dynamodb_table')
  .map(({ name }) => name as string)
  .sort();

afterAll(() => {
  killLaunched();
  rmSync(folder, { recursive: true });
});

const json = (data: unknown) => ({
  method: 'POST',
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify({ data }),
});

describe('npm start', () => {
  const args = ['--port', '0', '--data-dir', dataDirectory];

  it('stores and retrieves over HTTP, and has the data again after a restart', async () => {
    const first = new Launched([...args, '--outputs-file', outputsFile]);
    const url = await first.ready();
    const created = await fetch(`${url}/data-api/prod/data`, json({ kept: true }));
    expect(created.status).toBe(201);
    const location = created.headers.get('location') ?? '';

    const found = await fetch(new URL(location, created.url));
    expect(await found.json()).toEqual(await created.json());

    const outputs = JSON.parse(readFileSync(outputsFile, 'utf8')) as Record<string, unknown>;
    expect(outputs['data-api']).toEqual({
      api_gateway_url: `${url}/data-api/prod`,
      dynamodb_table_name: 'MyDataTable',
      lambda_function_names: ['StoreDataFunction', 'RetrieveDataFunction'],
    });

    const second = new Launched(args);
    expect([await second.exited, second.stderr]).toEqual([
      1,
      `the data folder ${dataDirectory} is in use by another process: stop it, or choose another folder with --data-dir\n`,
    ]);

    const children = descendantsOf(first.child.pid ?? 0);
    expect(children.length).toBeGreaterThan(0);
    const stoppedAt = performance.now();
    first.child.kill('SIGTERM');
    expect(await first.exited).toBe(0);
    expect(performance.now() - stoppedAt).toBeLessThan(1000);
    expect(await leftOf(children)).toEqual([]);

    const again = new Launched(args);
    const answer = await fetch(new URL(location, `${await again.ready()}/data-api/prod/data`));
    expect(await answer.json()).toMatchObject({ data: { kept: true } });
    again.child.kill('SIGINT');
    again.child.kill('SIGINT');
    expect(await again.exited).toBe(0);
  });

  it('prints a command for every route, each of which works in its turn', async () => {
    const server = new Launched(['--port', '0', '--in-memory']);
    await server.ready();
    const commands = [...server.stdout.matchAll(/^ {4}(curl .*)$/gm)].map(([, command = '']) => command);

    const statuses = commands.map(statusOfCurl);

    const routes = [...resources('aws_api_gateway_method'), ...resources('aws_apigatewayv2_route')];
    expect(routes.length).toBeGreaterThanOrEqual(9);
    expect(commands).toHaveLength(routes.length);
    expect(statuses.filter((status) => Math.floor(status / 100) !== 2)).toEqual([]);
    server.child.kill('SIGTERM');
    await server.exited;
  });

  it('runs functions whatever a package.json around the temporary folder says', async () => {
    const temporary = path.join(folder, 'temporary');
    mkdirSync(temporary);
    writeFileSync(path.join(temporary, 'package.json'), '{"type": "module"}');
    const env = { ...process.env, TMPDIR: temporary };
    const server = new Launched(['--port', '0', '--in-memory'], { env });
    const url = await server.ready();

    expect((await fetch(`${url}/data-api/prod/data`, json('x'))).status).toBe(201);

    server.child.kill('SIGTERM');
    await server.exited;
    expect(readdirSync(temporary)).toEqual(['package.json']);
  });

  it('says what --reset deleted', async () => {
    const kept = path.join(folder, 'kept');
    const first = new Launched(['--port', '0', '--data-dir', kept]);
    await first.ready();
    first.child.kill('SIGTERM');
    await first.exited;
    expect(first.stdout).not.toContain('--reset');

    const second = new Launched(['--port', '0', '--data-dir', kept, '--reset']);
    await second.ready();
    second.child.kill('SIGTERM');
    await second.exited;

    expect(second.stdout.split('\n')).toContain(`--reset deleted the tables ${tableNames.join(', ')}`);
  });

  it('starts empty with --reset', async () => {
    const server = new Launched([...args, '--reset', '--quiet']);
    const url = await server.ready();

    const answer = await fetch(`${url}/items-api/items`);

    expect(await answer.json()).toEqual({ items: [] });
    server.child.kill('SIGTERM');
    await server.exited;
    expect(server.stdout).toMatch(/^ready [^\n]*\n$/);
  });

  it('tells the address of DynamoDB, and with whose credentials it answers', async () => {
    const server = new Launched(['--port', '0', '--in-memory']);
    await server.ready();
    const printed = (pattern: RegExp) => pattern.exec(server.stdout)?.[1] ?? '';
    const client = new DynamoDBClient({
      endpoint: printed(/^DynamoDB is at (\S+)$/m),
      region: printed(/ --region (\S+)$/m),
      credentials: {
        accessKeyId: printed(/ AWS_ACCESS_KEY_ID=(\S+)/),
        secretAccessKey: printed(/ AWS_SECRET_ACCESS_KEY=(\S+)/),
      },
    });

    const { TableNames } = await client.send(new ListTablesCommand({}));

    expect(TableNames).toEqual(tableNames);
    expect(TableNames).toEqual(
      expect.arrayContaining(['MyDataTable', 'items', 'lambda-apigateway', 'order-microservice-db']),
    );
    client.destroy();
    server.child.kill('SIGTERM');
    await server.exited;
  });

  it('makes the folders of the outputs file', async () => {
    const file = path.join(folder, 'new', 'folders', 'outputs.json');
    const server = new Launched(['--port', '0', '--in-memory', '--quiet', '--outputs-file', file]);
    const url = await server.ready();

    expect(readFileSync(file, 'utf8')).toContain(url);
    server.child.kill('SIGTERM');
    await server.exited;
  });

  it('explains itself', async () => {
    const help = new Launched(['--help']);

    expect(await help.exited).toBe(0);
    expect(help.stdout).toMatch(/^Usage: npm start -- \[options\]\n/);
    expect(existsSync('.local/in-use')).toBe(false);
  });

  it.each(['--version', '-v'])('tells its version with %s, and starts nothing', async (option) => {
    const asked = new Launched([option]);

    expect(await asked.exited).toBe(0);
    expect(asked.stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});
