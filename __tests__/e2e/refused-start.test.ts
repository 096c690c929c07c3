import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { killLaunched, Launched } from './support/launched';

afterAll(killLaunched);

describe('npm start', () => {
  it('does not take any server for a DynamoDB', async () => {
    const other = createServer((_, response) => response.end('hello')).listen(0, '127.0.0.1');
    await once(other, 'listening');
    const url = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;

    const server = new Launched(['--port', '0', '--dynamodb-endpoint', url]);

    expect([await server.exited, server.stderr]).toEqual([1, `there is no DynamoDB at ${url}\n`]);
    other.close();
  });

  it('names the option of a file that cannot be written', async () => {
    const folder = tmpdir();
    const server = new Launched(['--port', '0', '--in-memory', '--quiet', '--outputs-file', folder]);

    expect(await server.exited).toBe(1);
    expect(server.stderr).toMatch(`--outputs-file: cannot write "${folder}": EISDIR`);
  });

  it.each([
    [['--prot'], {}, "Unknown option '--prot': see npm start -- --help\n"],
    [
      ['--port', '0', '--in-memory'],
      { CDKTF_OUTDIR: 'build/nothing' },
      `there is no Terraform in ${path.resolve('build/nothing')}: neither .tf files nor stacks of CDKTF, which "cdktf synth" writes\n`,
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
});
