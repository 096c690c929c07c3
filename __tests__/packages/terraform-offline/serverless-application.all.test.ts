import path from 'node:path';
import { type Cloud, serve } from '../../../packages/terraform-offline/cloud';
import type { LogEntry } from '../../../packages/terraform-offline/log/log';

let cloud: Cloud;
afterEach(() => cloud.close());

// The functions are Python with boto3, which must be installed for the machine's python3.
it('serves the Python functions of zips beside their code, over a table, at the stage of a deployment', async () => {
  const entries: LogEntry[] = [];
  const folder = path.resolve('__tests__/fixtures/projects/serverless-application');
  cloud = await serve({ folder, log: (entry) => entries.push(entry) });
  const [stack] = cloud.model().stacks;
  expect(stack!.unserved).toEqual([]);
  const { api_gateway_url: url, ...outputs } = stack!.outputs as Record<string, string>;
  expect(url).toBe(`${cloud.url}/serverless-application/prod`);
  expect(outputs).toEqual({
    dynamodb_table_name: 'MyDataTable',
    lambda_function_names: ['StoreDataFunction', 'RetrieveDataFunction'],
  });

  const stored = await fetch(`${url}/data`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: '{"data":"Your data payload here"}',
  });
  expect(stored.status).toBe(200);
  const { id } = (await stored.json()) as { id: string };
  const found = await fetch(`${url}/data/${id}`);
  expect([found.status, await found.json()]).toEqual([200, { id, data: 'Your data payload here' }]);
  const missing = await fetch(`${url}/data/none`);
  expect([missing.status, await missing.json()]).toEqual([404, { message: 'Data not found' }]);
  expect(entries).toContainEqual({
    type: 'function',
    functionName: 'StoreDataFunction',
    requestId: expect.any(String) as string,
    line: expect.stringContaining(`Stored ${id}`) as string,
  });
}, 60_000);
