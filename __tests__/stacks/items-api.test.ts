import { gzipSync } from 'node:zlib';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { routes } from '../../functions/items-api/contract';
import { resource, resourcesOf, statements, synthesized } from '../support/synth';
import { buildFolder } from '../../tools/project-root';

const stack = synthesized('items-api');

/** What clients have, whatever is added: function, what it may do on the table, and the route that may call it. */
const PROMISED = [
  ['CreateItemFunction', ['PutItem', 'GetItem'], 'POST /items'],
  ['ListItemsFunction', ['Scan'], 'GET /items'],
  ['GetItemFunction', ['GetItem'], 'GET /items/{id}'],
  ['UpdateItemFunction', ['UpdateItem', 'GetItem'], 'PUT /items/{id}'],
  ['DeleteItemFunction', ['DeleteItem', 'GetItem'], 'DELETE /items/{id}'],
] as const;
/** The same of every route there is. */
const functions = routes.map(
  ({ method, path: route, functionName, actions, indexActions = {} }) =>
    [functionName, actions, `${method} ${route}`, indexActions] as const,
);
const names = functions.map(([name]) => name);

/** A function's logical id: what the rest of the configuration refers to it by. */
const logicalId = (name: string) =>
  Object.entries(resourcesOf(stack, 'aws_lambda_function')).find(([, fn]) => fn.function_name === name)![0];
const only = (type: string) => {
  const ids = Object.keys(resourcesOf(stack, type));
  expect(ids).toHaveLength(1);
  return ids[0];
};

test('the synthesized stack is as reviewed', () => {
  expect(stack).toMatchSnapshot();
});

test('the contract has what clients have', () => {
  expect(functions.map(([name, actions, route]) => [name, actions, route])).toEqual(
    expect.arrayContaining([...PROMISED]),
  );
});

test('there are exactly the three outputs, and the URL is the endpoint of the API', () => {
  expect(stack.output).toEqual({
    api_gateway_url: { value: `\${aws_apigatewayv2_api.${only('aws_apigatewayv2_api')}.api_endpoint}` },
    dynamodb_table_name: { value: `\${aws_dynamodb_table.${only('aws_dynamodb_table')}.name}` },
    lambda_function_names: {
      value: names.map((name) => `\${aws_lambda_function.${logicalId(name)}.function_name}`),
    },
  });
});

test('there are the functions of the contract, the table items and nothing besides', () => {
  const deployed = Object.values(resourcesOf(stack, 'aws_lambda_function'));
  expect(deployed.map((fn) => fn.function_name).sort()).toEqual([...names].sort());
  const called = Object.values(resourcesOf(stack, 'aws_apigatewayv2_route')).map(
    ({ route_key }) => route_key,
  );
  expect(called.sort()).toEqual(functions.map(([, , route]) => route).sort());
  expect(resource(stack, 'aws_dynamodb_table')).toMatchObject({ name: 'items', hash_key: 'id' });
  expect(resource(stack, 'aws_apigatewayv2_stage')).toMatchObject({ name: '$default', auto_deploy: true });
});

test('the function that lists may query the items of a name, in the index, and no other may', () => {
  expect(functions.map(([name, , , indexActions]) => [name, indexActions])).toEqual(
    expect.arrayContaining([
      ['ListItemsFunction', { 'by-name': ['Query'] }],
      ['GetItemFunction', {}],
      ['CreateItemFunction', {}],
    ]),
  );
  expect(resource(stack, 'aws_dynamodb_table')).toMatchObject({
    global_secondary_index: [
      { name: 'by-name', hash_key: 'name', range_key: 'createdAt', projection_type: 'ALL' },
    ],
  });
});

test('every function has a role of its own', () => {
  const roles = Object.values(resourcesOf(stack, 'aws_lambda_function')).map((fn) => fn.role);
  expect(new Set(roles).size).toBe(routes.length);
});

describe.each(functions)('%s', (name, actions, route, indexActions) => {
  const { policy } = resource(stack, 'aws_iam_role_policy', { name });
  const granted = statements(policy);

  test(`may do ${actions.join(' and ')} on the table, and nothing else`, () => {
    const onTable = granted.filter(({ Action }) => Action.some((action) => action.startsWith('dynamodb:')));
    expect(onTable).toEqual([
      {
        Effect: 'Allow',
        Action: actions.map((action) => `dynamodb:${action}`),
        Resource: `\${aws_dynamodb_table.${only('aws_dynamodb_table')}.arn}`,
      },
      ...Object.entries(indexActions).map(([index, allowed]) => ({
        Effect: 'Allow',
        Action: allowed.map((action) => `dynamodb:${action}`),
        Resource: `\${aws_dynamodb_table.${only('aws_dynamodb_table')}.arn}/index/${index}`,
      })),
    ]);
  });

  test('is allowed nothing on *, X-Ray apart', () => {
    const anywhere = granted.filter(({ Resource }) => Resource === '*').flatMap(({ Action }) => Action);
    expect(anywhere).toEqual(['xray:PutTraceSegments', 'xray:PutTelemetryRecords']);
  });

  test(`is called by ${route} only`, () => {
    const [method, routePath] = route.split(' ');
    const { source_arn } = resource(stack, 'aws_lambda_permission', {
      function_name: `\${aws_lambda_function.${logicalId(name)}.function_name}`,
    });
    const executionArn = `\${aws_apigatewayv2_api.${only('aws_apigatewayv2_api')}.execution_arn}`;
    expect(source_arn).toBe(`${executionArn}/$default/${method}${routePath}`);
  });

  test('runs on the ORM layer', () => {
    expect(resource(stack, 'aws_lambda_function', { function_name: name }).layers).toEqual([
      `\${aws_lambda_layer_version.${only('aws_lambda_layer_version')}.arn}`,
    ]);
  });
});

test('the functions are under 25 KB each, because the weight is in the layer', () => {
  const bundles = path.join(buildFolder(), 'functions/items-api');
  for (const handler of readdirSync(bundles)) {
    const code = readFileSync(path.join(bundles, handler, 'index.mjs'));
    expect(gzipSync(code).length).toBeLessThan(25_000);
    expect(code.toString()).not.toContain('DynamoDBToolboxError');
  }
});

test('the layer is one package, where Lambda looks for it', () => {
  const layer = path.join(buildFolder(), 'layers/items-orm');
  const files = readdirSync(layer, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => path.relative(layer, path.join(parentPath, name)));
  expect(files.sort()).toEqual([
    'nodejs/node_modules/items-orm/index.js',
    'nodejs/node_modules/items-orm/package.json',
  ]);
});
