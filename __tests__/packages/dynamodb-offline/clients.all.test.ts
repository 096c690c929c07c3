import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { projectRoot } from '../../../tools/project-root';
import { useDatabase } from './database';

const run = promisify(execFile);
const db = useDatabase();

const env = {
  ...process.env,
  AWS_ACCESS_KEY_ID: 'a',
  AWS_SECRET_ACCESS_KEY: 'b',
  AWS_DEFAULT_REGION: 'us-east-1',
  AWS_PAGER: '',
};

/** What `aws dynamodb` prints, as JSON. */
async function aws(command: string, ...args: readonly string[]): Promise<unknown> {
  const words = ['--endpoint-url', db.endpoint, '--output', 'json', 'dynamodb', ...command.split(' ')];
  const { stdout } = await run('aws', [...words, ...args], { env });
  return stdout === '' ? undefined : JSON.parse(stdout);
}

test('the AWS CLI makes a table, waits for it, writes, reads in pages, and deletes it', async () => {
  const attributes = '--attribute-definitions AttributeName=id,AttributeType=S';
  const keys = '--key-schema AttributeName=id,KeyType=HASH';
  await aws(`create-table --table-name Cli ${attributes} ${keys} --billing-mode PAY_PER_REQUEST`);
  await aws('wait table-exists --table-name Cli');
  await aws('put-item --table-name Cli', '--item', '{"id":{"S":"1"},"n":{"N":"5"}}');
  await aws('put-item --table-name Cli', '--item', '{"id":{"S":"2"}}');
  const update = ['--key', '{"id":{"S":"1"}}', '--update-expression', 'SET n = n + :one'];
  const values = ['--expression-attribute-values', '{":one":{"N":"1"}}'];
  expect(await aws('update-item --table-name Cli --return-values ALL_NEW', ...update, ...values)).toEqual({
    Attributes: { id: { S: '1' }, n: { N: '6' } },
  });
  expect(await aws('scan --table-name Cli --page-size 1')).toMatchObject({ Count: 2, ScannedCount: 2 });
  expect(await aws('describe-table --table-name Cli')).toMatchObject({ Table: { TableStatus: 'ACTIVE' } });
  await aws('delete-table --table-name Cli');
  await aws('wait table-not-exists --table-name Cli');
  await expect(aws('describe-table --table-name Cli')).rejects.toThrow(
    'An error occurred (ResourceNotFoundException) when calling the DescribeTable operation: Requested resource not found: Table: Cli not found',
  );
}, 300_000);

test('boto3 works on it: resources, waiters, paginators, batches, transactions, PartiQL and streams', async () => {
  const program = path.join(projectRoot, '__tests__/fixtures/dynamodb-clients/boto3-client.py');
  const { stdout } = await run('python3', [program, db.endpoint], { env });
  expect(stdout).toBe('done\n');
}, 300_000);
