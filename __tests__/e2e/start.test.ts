import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { descendantsOf, isRunning } from '../support/processes';
import { resourcesOf, synthesized } from '../support/synth';

const folder = mkdtempSync(path.join(tmpdir(), 'npm-start-'));
const dataDirectory = path.join(folder, 'data');
const outputsFile = path.join(folder, 'outputs.json');
const launched: Launched[] = [];

const stacks = readdirSync('cdktf.out/stacks').map(synthesized);
const resources = (type: string) => stacks.flatMap((stack) => Object.values(resourcesOf(stack, type)));
/** The names of all tables, as DynamoDB lists them here. */
const tableNames = resources('aws_dynamodb_table')
  .map(({ name }) => name as string)
  .sort();

afterAll(() => {
  for (const { child } of launched) child.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

/** What `npm start` runs. */
const PROGRAM = [process.execPath, 'tools/ts.mjs', 'local/cli.ts'];

interface LaunchOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly command?: readonly string[];
}

/** `npm start` as a process, and what it printed so far. */
class Launched {
  readonly child: ChildProcess;
  readonly exited: Promise<number | null>;
  stdout = '';
  stderr = '';

  constructor(args: readonly string[], { env = process.env, command = PROGRAM }: LaunchOptions = {}) {
    const [program = '', ...rest] = [...command, '--no-build', '--no-watch', ...args];
    this.child = spawn(program, rest, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    this.child.stdout?.on('data', (chunk: Buffer) => (this.stdout += chunk.toString()));
    this.child.stderr?.on('data', (chunk: Buffer) => (this.stderr += chunk.toString()));
    this.exited = once(this.child, 'close').then(([code]) => code as number | null);
    launched.push(this);
  }

  /** The server's URL, once its last line says that it is ready. */
  async ready(): Promise<string> {
    for (;;) {
      const [, url] = /^ready .* (http:\S+)\n$/m.exec(this.stdout) ?? [];
      if (url !== undefined) return url;
      const ended = await Promise.race([this.exited, once(this.child.stdout!, 'data')]);
      if (!Array.isArray(ended)) throw new Error(`it ended with ${ended}: ${this.stderr}`);
    }
  }
}

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

    const found = await fetch(new URL(location, url));
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
    expect(children.filter(isRunning)).toEqual([]);

    const again = new Launched(args);
    const answer = await fetch(new URL(location, await again.ready()));
    expect(await answer.json()).toMatchObject({ data: { kept: true } });
    again.child.kill('SIGINT');
    again.child.kill('SIGINT');
    expect(await again.exited).toBe(0);
  });

  it('prints a command for every route, each of which works in its turn', async () => {
    const server = new Launched(['--port', '0', '--in-memory']);
    await server.ready();
    const commands = [...server.stdout.matchAll(/^ {4}(curl .*)$/gm)].map(([, command = '']) => command);

    const statuses = commands.map((command) =>
      execFileSync('sh', ['-c', `${command} -s -o /dev/null -w '%{http_code}'`], { encoding: 'utf8' }),
    );

    const routes = [...resources('aws_api_gateway_method'), ...resources('aws_apigatewayv2_route')];
    expect(routes.length).toBeGreaterThanOrEqual(9);
    expect(commands).toHaveLength(routes.length);
    expect(statuses.filter((status) => !/^2\d\d$/.test(status))).toEqual([]);
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

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('stops while it starts, as a program does that %s ends: %i', async (signal, code) => {
    const silent = createServer(() => undefined).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as AddressInfo;
    const server = new Launched(['--port', '0', '--dynamodb-endpoint', `http://127.0.0.1:${port}`]);
    await once(silent, 'connection');

    server.child.kill(signal);

    expect(await server.exited).toBe(code);
    expect(server.stdout).not.toContain('ready');
    silent.close();
  });

  it('answers no request with its own end', async () => {
    const server = new Launched(['--port', '0', '--in-memory']);
    const url = await server.ready();
    const statuses: number[] = [];
    const client = async () => {
      for (;;) {
        const answer = await fetch(`${url}/data-api/prod/data`, json('any')).catch(() => undefined);
        if (!answer) return;
        statuses.push(answer.status);
      }
    };
    const clients = Promise.all(Array.from({ length: 32 }, client));
    while (statuses.length < 500) await sleep(10);

    server.child.kill('SIGINT');
    await clients;

    expect(await server.exited).toBe(0);
    expect(statuses.filter((status) => status !== 201)).toEqual([]);
    expect(server.stdout).not.toMatch(/^POST \S+ 5/m);
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

  it('ends when nobody reads its log any more', async () => {
    const server = new Launched(['--port', '0', '--in-memory']);
    const url = await server.ready();
    server.child.stdout?.destroy();

    await fetch(`${url}/data-api/prod/nothing`).catch(() => undefined);
    await server.exited;

    expect(server.stderr).not.toContain('EPIPE');
  });

  it('ends with npm, whose shell passes no signal on', async () => {
    const npm = new Launched(['--port', '0', '--in-memory', '--quiet'], {
      command: ['npm', 'start', '--silent', '--'],
    });
    await npm.ready();
    const descendants = descendantsOf(npm.child.pid ?? 0);
    npm.child.kill('SIGTERM');

    await npm.exited;
    // npm is gone before the server notices, and the server takes its time to close.
    const deadline = performance.now() + 2000;
    while (descendants.some(isRunning) && performance.now() < deadline) await sleep(20);

    expect(descendants.filter(isRunning)).toEqual([]);
  });

  it('does not take any server for a DynamoDB', async () => {
    const other = createServer((_, response) => response.end('hello')).listen(0, '127.0.0.1');
    await once(other, 'listening');
    const url = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;

    const server = new Launched(['--port', '0', '--dynamodb-endpoint', url]);

    expect([await server.exited, server.stderr]).toEqual([1, `there is no DynamoDB at ${url}\n`]);
    other.close();
  });

  it('names the option of a file that cannot be written', async () => {
    const server = new Launched(['--port', '0', '--in-memory', '--quiet', '--outputs-file', folder]);

    expect(await server.exited).toBe(1);
    expect(server.stderr).toMatch(`--outputs-file: cannot write "${folder}": EISDIR`);
  });

  it('makes the folders of the outputs file', async () => {
    const file = path.join(folder, 'new', 'folders', 'outputs.json');
    const server = new Launched(['--port', '0', '--in-memory', '--quiet', '--outputs-file', file]);
    const url = await server.ready();

    expect(readFileSync(file, 'utf8')).toContain(url);
    server.child.kill('SIGTERM');
    await server.exited;
  });

  it.each([
    [['--prot'], {}, "Unknown option '--prot': see npm start -- --help\n"],
    [
      ['--port', '0', '--in-memory'],
      { CDKTF_OUTDIR: 'build/nothing' },
      `there is no synthesized stack in ${path.resolve('build/nothing/stacks')}: run "npm run synth"\n`,
    ],
    [
      ['--port', '0', '--dynamodb-endpoint', 'http://127.0.0.1:1'],
      {},
      'there is no DynamoDB at http://127.0.0.1:1\n',
    ],
  ])('ends with one line and exit code 1 for %j %j', async (options, env, line) => {
    const server = new Launched(options, { env: { ...process.env, ...env } });

    expect([await server.exited, server.stderr, server.stdout]).toEqual([1, line, '']);
  });

  it('says that its port is in use', async () => {
    const server = new Launched(['--port', '0', '--in-memory', '--quiet']);
    const { port } = new URL(await server.ready());

    const second = new Launched(['--port', port, '--in-memory']);

    expect([await second.exited, second.stderr]).toEqual([
      1,
      `port ${port} is in use: choose another with --port\n`,
    ]);
    server.child.kill('SIGTERM');
    await server.exited;
  });

  it('explains itself', async () => {
    const help = new Launched(['--help']);

    expect(await help.exited).toBe(0);
    expect(help.stdout).toMatch(/^Usage: npm start -- \[options\]\n/);
    expect(existsSync('.local/in-use')).toBe(false);
  });
});
