import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { loadModel } from '../../../../packages/terraform-offline/terraform/load';
import type { RestApi } from '../../../../packages/terraform-offline/terraform/model/rest-api';
import { outputFolder } from '../../../../tools/project-root';
import { load } from './support';

const CDKTF_OUT = outputFolder();

async function stack(id: string, endpointOf?: (stackId: string) => string) {
  return (await loadModel(CDKTF_OUT, { endpointOf })).stacks.find((stack) => stack.id === id)!;
}

it('asks for a synth when there is nothing to read', async () => {
  const empty = mkdtempSync(path.join(os.tmpdir(), 'empty '));
  for (const folder of [empty, path.join(empty, 'missing')]) {
    await expect(loadModel(folder)).rejects.toThrow(
      `there is no Terraform in ${folder}: neither .tf files nor stacks of CDKTF, which "cdktf synth" writes`,
    );
  }
  rmSync(empty, { recursive: true });
});

it('serves one of two stacks with functions of one name, as AWS would', async () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'twice-'));
  for (const id of ['data-api', 'notes-api']) {
    cpSync(path.join(CDKTF_OUT, 'stacks/data-api'), path.join(folder, 'stacks', id), { recursive: true });
  }

  const [data, notes] = (await loadModel(folder)).stacks;
  expect(data).toMatchObject({ unserved: [], functions: [{}, {}], tables: [{}] });
  expect(notes).toMatchObject({ functions: [], tables: [] });
  const taken = (kind: string, name: string, arn: string) => ({
    address: `notes-api: ${kind} ${name}`,
    reason: `data-api and notes-api each have a ${kind} named ${name}: AWS takes a name once for an account and region`,
    effect: 'what refers to it in notes-api answers 501',
    arn,
  });
  expect(notes!.unserved).toEqual([
    ...data!.functions.map(({ name, arn }) => taken('function', name, arn)),
    ...data!.tables.map(({ name, arn }) => taken('table', name, arn)),
  ]);
  rmSync(folder, { recursive: true });
});

it('reads data-api: two functions, a table and the routes between', async () => {
  const { functions, tables, apis, region } = await stack('data-api');
  expect(region).toBe('us-east-1');
  expect(tables.map(({ name, keySchema }) => [name, keySchema])).toEqual([
    ['MyDataTable', [{ AttributeName: 'id', KeyType: 'HASH' }]],
  ]);
  const routes = (apis[0] as RestApi).methods.map(({ httpMethod, path, integration }) => [
    `${httpMethod} ${path}`,
    integration?.type === 'AWS_PROXY' && integration.functionArn,
  ]);
  expect(Object.fromEntries(routes)).toEqual({
    'POST /data': 'arn:aws:lambda:us-east-1:000000000000:function:StoreDataFunction:live',
    'GET /data/{id}': 'arn:aws:lambda:us-east-1:000000000000:function:RetrieveDataFunction:live',
  });
  const store = functions.find(({ name }) => name === 'StoreDataFunction')!;
  expect(path.relative(CDKTF_OUT, store.codeDirectory)).toMatch(/^stacks\/data-api\/assets\//);
  expect(store.variables).toMatchObject({ TABLE_NAME: 'MyDataTable' });
  expect(store.permissions).toEqual([
    {
      action: 'lambda:InvokeFunction',
      principal: 'apigateway.amazonaws.com',
      qualifier: 'live',
      sourceArn: `${(apis[0] as RestApi).executionArn}/prod/POST/data`,
    },
  ]);
});

it('lets outputs name AWS, or where the local server answers', async () => {
  expect((await stack('data-api')).outputs).toEqual({
    dynamodb_table_name: 'MyDataTable',
    lambda_function_names: ['StoreDataFunction', 'RetrieveDataFunction'],
    api_gateway_url: expect.stringMatching(
      /^https:\/\/[a-z0-9]{10}\.execute-api\.us-east-1\.amazonaws\.com\/prod$/,
    ) as string,
  });
  const local = await stack('data-api', (stackId) => `http://127.0.0.1:3000/${stackId}`);
  expect(local.outputs.api_gateway_url).toBe('http://127.0.0.1:3000/data-api/prod');
});

it('gives the same ids at every start', async () => {
  expect(await stack('data-api')).toEqual(await stack('data-api'));
});

test('outputs that are sensitive are kept apart', async () => {
  const { outputs, sensitiveOutputs } = await load({
    output: { url: { value: 'here' }, password: { value: 'secret', sensitive: true } },
  });

  expect(outputs).toEqual({ url: 'here' });
  expect(sensitiveOutputs).toEqual({ password: 'secret' });
});

it('tells where APIs, routes, functions and tables are declared', async () => {
  const { declarations } = await load({
    resource: {
      aws_apigatewayv2_route: { get: { api_id: 'a', route_key: 'GET /books' } },
      aws_dynamodb_table: { books: { name: 'Books' }, lost: { name: '${var.none}' } },
    },
  });
  expect(declarations).toEqual([
    { kind: 'Route', name: 'GET /books', address: 'test: aws_apigatewayv2_route.get' },
    { kind: 'Table', name: 'Books', address: 'test: aws_dynamodb_table.books' },
    { kind: 'Table', name: 'lost', address: 'test: aws_dynamodb_table.lost' },
  ]);
});
