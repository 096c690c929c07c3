import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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

  it('stores and retrieves over HTTP, has the data again after a restart, and starts empty with --reset', async () => {
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
    first.child.kill('SIGTERM');
    expect(await first.exited).toBe(0);
    expect(await leftOf(children)).toEqual([]);

    const again = new Launched(args);
    const answer = await fetch(new URL(location, `${await again.ready()}/data-api/prod/data`));
    expect(await answer.json()).toMatchObject({ data: { kept: true } });
    again.child.kill('SIGINT');
    again.child.kill('SIGINT');
    expect(await again.exited).toBe(0);

    const reset = new Launched([...args, '--reset']);
    const empty = await fetch(new URL(location, `${await reset.ready()}/data-api/prod/data`));
    expect(empty.status).toBe(404);
    reset.child.kill('SIGTERM');
    await reset.exited;
    expect(again.stdout).not.toContain('--reset');
    expect(reset.stdout.split('\n')).toContain(`--reset deleted the tables ${tableNames.join(', ')}`);
  });

  it('says no more than that it is ready with --quiet', async () => {
    const server = new Launched(['--port', '0', '--in-memory', '--quiet']);
    const url = await server.ready();

    expect((await fetch(`${url}/items-api/items`)).status).toBe(200);
    server.child.kill('SIGTERM');
    await server.exited;
    expect(server.stdout).toMatch(/^ready [^\n]*\n$/);
  });

  describe('with a package.json around the temporary folder', () => {
    const temporary = path.join(folder, 'temporary');
    /** In folders that are not there. */
    const outputs = path.join(folder, 'new', 'folders', 'outputs.json');
    let server: Launched;
    let url: string;
    beforeAll(async () => {
      mkdirSync(temporary);
      writeFileSync(path.join(temporary, 'package.json'), '{"type": "module"}');
      const env = { ...process.env, TMPDIR: temporary };
      server = new Launched(['--port', '0', '--in-memory', '--outputs-file', outputs], { env });
      url = await server.ready();
    });

    it('prints a command for every route, each of which works in its turn', () => {
      const commands = [...server.stdout.matchAll(/^ {4}(curl .*)$/gm)].map(([, command = '']) => command);

      const statuses = commands.map(statusOfCurl);

      const routes = [...resources('aws_api_gateway_method'), ...resources('aws_apigatewayv2_route')];
      expect(routes.length).toBeGreaterThanOrEqual(9);
      expect(commands).toHaveLength(routes.length);
      expect(statuses.filter((status) => Math.floor(status / 100) !== 2)).toEqual([]);
    });

    it('tells the address of DynamoDB, and with whose credentials it answers', async () => {
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
    });

    it('makes the folders of the outputs file', () => {
      expect(readFileSync(outputs, 'utf8')).toContain(url);
    });

    it('leaves nothing in the temporary folder', async () => {
      server.child.kill('SIGTERM');
      await server.exited;

      expect(readdirSync(temporary)).toEqual(['package.json']);
    });
  });

  it('explains itself', async () => {
    const help = new Launched(['--help']);

    expect(await help.exited).toBe(0);
    expect(help.stdout).toMatch(/^Usage: npm start -- \[options\]\n/);
  });

  it.each(['--version', '-v'])('tells its version with %s, and starts nothing', async (option) => {
    const asked = new Launched([option]);

    expect(await asked.exited).toBe(0);
    expect(asked.stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});
