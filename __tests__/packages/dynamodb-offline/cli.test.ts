import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { version } from '../../../packages/dynamodb-offline/package.json';
import { buildProgram, runProgram, temporaryFolder } from './program';

jest.setTimeout(30_000);

const program = buildProgram();

function run(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], { encoding: 'utf8' });
  return { status, stdout, stderr };
}

it('tells its version', () => {
  expect(run('--version')).toEqual({ status: 0, stdout: `${version}\n`, stderr: '' });
});

it('tells every option it has', () => {
  const { status, stdout } = run('--help');
  expect(status).toBe(0);
  const options = [
    'port',
    'host',
    'data-dir',
    'in-memory',
    'region',
    'ttl-delay',
    'repair',
    'help',
    'version',
  ];
  for (const option of options) expect(stdout).toContain(`  --${option} `);
});

it.each([
  [['--port', 'http'], '--port takes a whole number from 0 to 65535, received "http"'],
  [['--port', '65536'], '--port takes a whole number from 0 to 65535, received "65536"'],
  [['--ttl-delay', ''], '--ttl-delay takes a whole number from 0 to 86400, received ""'],
  [['--in-memory', '--data-dir', 'x'], '--in-memory and --data-dir exclude each other: give one of them'],
  [['--prot', '1'], "Unknown option '--prot'"],
  [['folder'], "Unexpected argument 'folder'"],
])('refuses %j', (args, message) => {
  const { status, stdout, stderr } = run(...args);
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  expect(stderr).toContain(message);
  expect(stderr).not.toContain('    at ');
});

it('keeps tables in memory, or in the folder, in the region that it was given', async () => {
  const { folder, remove } = temporaryFolder();
  const request = {
    TableName: 'Abc',
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
  };
  const inMemory = await runProgram(program, ['--in-memory', '--region', 'eu-central-1']);
  const created = await inMemory.call('CreateTable', request);
  expect(created.body.TableDescription).toMatchObject({
    TableArn: 'arn:aws:dynamodb:eu-central-1:000000000000:table/Abc',
  });
  expect(await inMemory.end('SIGTERM')).toBe(0);
  expect(readdirSync(folder)).toEqual([]);

  const onDisk = await runProgram(program, ['--data-dir', `${folder}/made/for/it`]);
  expect((await onDisk.call('CreateTable', request)).status).toBe(200);
  expect(await onDisk.end('SIGINT')).toBe(0);
  const again = await runProgram(program, ['--data-dir', `${folder}/made/for/it`]);
  expect((await again.call('ListTables', {})).body).toEqual({ TableNames: ['Abc'] });
  await again.end('SIGTERM');
  remove();
});
