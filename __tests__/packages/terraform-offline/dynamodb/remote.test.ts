import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ListTablesCommand, PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { credentialsFor } from '../../../../packages/terraform-offline/iam/credentials';
import type { DatabaseCall } from '../../../../packages/terraform-offline/dynamodb/database-call';
import { startRemote } from '../../../../packages/terraform-offline/dynamodb/remote';
import type { Database } from '../../../../packages/terraform-offline/dynamodb/database';
import { clientOf, roleOf, startedDatabase, tableOf } from './support';

/** Stands for DynamoDB Local. */
let other: Database;
const { keySchema, attributeDefinitions } = tableOf('Books');
const tableDescription = {
  TableStatus: 'ACTIVE',
  KeySchema: keySchema,
  AttributeDefinitions: attributeDefinitions,
};
const writer = roleOf('writer', { actions: ['dynamodb:PutItem'], resources: [tableOf('Books').arn] });

beforeAll(async () => {
  other = await startedDatabase({ tables: [] });
});
afterAll(() => other.close());

it('creates the tables in the other DynamoDB, and enforces the policies before it', async () => {
  const storage = { kind: 'endpoint', url: other.endpoint } as const;
  const calls: DatabaseCall[] = [];
  const database = await startedDatabase({ roles: [writer], storage, called: (call) => calls.push(call) });
  const client = clientOf(database.endpoint, credentialsFor(writer));
  await client.send(new PutItemCommand({ TableName: 'Books', Item: { id: { S: 'ü' } } }));
  await expect(client.send(new ScanCommand({ TableName: 'Books' }))).rejects.toMatchObject({
    name: 'AccessDeniedException',
  });
  const scan = await clientOf(other.endpoint).send(new ScanCommand({ TableName: 'Books' }));
  expect(scan.Items).toEqual([{ id: { S: 'ü' } }]);
  expect(calls).toMatchObject([
    { operation: 'PutItem', tables: ['Books'], status: 200, error: undefined },
    { operation: 'Scan', tables: ['Books'], status: 400 },
  ]);
  expect(calls[1]?.error).toMatch(
    /^AccessDeniedException: User: .* is not authorized to perform: dynamodb:Scan/,
  );
  await database.close();
});

it('says so when nothing answers there', async () => {
  const storage = { kind: 'endpoint', url: 'http://127.0.0.1:1' } as const;
  await expect(startedDatabase({ storage })).rejects.toThrow('there is no DynamoDB at http://127.0.0.1:1');
});

it('breaks its answer off when the other one does', async () => {
  let half: (response: ServerResponse) => void = () => undefined;
  const dying = createServer((request, response) => {
    request.resume();
    // What creates the tables; the scan comes after.
    if (String(request.headers['x-amz-target']).endsWith('.Scan')) half(response);
    else response.end(JSON.stringify({ Table: tableDescription }));
  });
  dying.listen(0, '127.0.0.1');
  await once(dying, 'listening');
  const url = `http://127.0.0.1:${(dying.address() as AddressInfo).port}`;
  const database = await startedDatabase({ iam: false, storage: { kind: 'endpoint', url } });
  half = (response) => {
    response.writeHead(200, { 'Content-Length': 1000 });
    response.write('{"Items":', () => response.destroy());
  };

  const answer = await fetch(database.endpoint, {
    method: 'POST',
    headers: { 'x-amz-target': 'DynamoDB_20120810.Scan' },
    body: '{}',
  });
  await expect(answer.text()).rejects.toThrow('terminated');
  await database.close();
  dying.close();
});

it('loses the request that meets a defect, and answers the next', async () => {
  const lines: string[] = [];
  const defects = [new Error('a defect')];
  const remote = await startRemote({
    url: other.endpoint,
    port: 0,
    decide: () => {
      const defect = defects.pop();
      if (defect) throw defect;
      return undefined;
    },
    tables: () => [],
    log: (line) => lines.push(line),
    onTableDeleted: () => undefined,
  });

  await expect(fetch(remote.endpoint, { method: 'POST', body: '{}' })).rejects.toThrow('fetch failed');
  await expect(clientOf(remote.endpoint).send(new ListTablesCommand())).resolves.toBeDefined();
  expect(lines).toEqual([expect.stringMatching(/^Error: a defect\n {4}at /)]);
  await remote.stop();
});
