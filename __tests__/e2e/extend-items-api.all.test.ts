import { readFileSync } from 'node:fs';
import path from 'node:path';
import { buildAndSynthesize } from '../../tools/build/build';
import { Checkout } from '../support/checkout';
import { type ServedBuild, serveBuild } from '../support/served-build';
import { resource, resourcesOf, statements, type Configuration } from '../support/synth';

const CONTRACT = 'functions/items-api/contract.ts';
const EXAMPLES = 'functions/items-api/examples.ts';
const guide = readFileSync('CONTRIBUTING.md', 'utf8');

/** The code that CONTRIBUTING.md shows after a marker. */
function recipe(marker: string): string {
  const [, code] = new RegExp(`<!-- ${marker} -->\\s+\`\`\`ts\\n([^]*?)\`\`\``).exec(guide) ?? [];
  if (code === undefined) throw new Error(`CONTRIBUTING.md has no code after <!-- ${marker} -->`);
  return code;
}

const FIELDS_END = /(?<=itemFields = z\.strictObject\(\{[^]*?)\}\);/;

/** A file of this checkout with the code of a recipe in it, which it may have already. */
function extended(text: string, marker: string, into: RegExp): string {
  const code = recipe(marker);
  const words = (source: string) => source.replace(/\s+/g, ' ').trim();
  if (words(text).includes(words(code))) return text;
  if (!into.test(text)) throw new Error(`there is no place for the ${marker}: ${into} is not in the file`);
  return text.replace(into, (end) => `${code}${end}`);
}

const json = async (answer: Promise<Response>) => {
  const { status, body } = { status: (await answer).status, body: await (await answer).json() };
  return { status, body };
};
const post = (url: string, body: unknown) =>
  fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });

describe('after the recipes of CONTRIBUTING.md, in a checkout of its own,', () => {
  const checkout = new Checkout();
  let stack: Configuration;
  let cloud: ServedBuild;
  let api: string;

  beforeAll(async () => {
    const withField = extended(readFileSync(CONTRACT, 'utf8'), 'field', FIELDS_END);
    checkout.write(CONTRACT, extended(withField, 'route', /\];\s*$/));
    checkout.write(EXAMPLES, extended(readFileSync(EXAMPLES, 'utf8'), 'example', /\},\s*\};\s*$/));
    checkout.write('functions/items-api/get-item-price.ts', recipe('handler'));
    await buildAndSynthesize(checkout.project);
    cloud = await serveBuild({ folder: checkout.project.outputFolder });
    api = cloud.urlOf('items-api');
    const synthesized = path.join(checkout.root, 'cdktf.out/stacks/items-api/cdk.tf.json');
    stack = JSON.parse(readFileSync(synthesized, 'utf8')) as Configuration;
  });
  afterAll(async () => {
    await cloud.close();
    checkout.remove();
  });

  test('the new field is taken, stored and answered', async () => {
    const created = await json(post(`${api}/items`, { name: 'Keyboard', price: 49.9, colour: 'red' }));
    expect(created).toMatchObject({ status: 201, body: { colour: 'red' } });
    const { id } = created.body as { id: string };
    expect(await json(fetch(`${api}/items/${id}`))).toEqual({ status: 200, body: created.body });
  });

  test('the new field is held to what the contract says, and others are still refused', async () => {
    const answer = await json(
      post(`${api}/items`, { name: 'Keyboard', price: 49.9, colour: 'pink', size: 1 }),
    );
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ path: 'colour' }, { path: 'size' }] } });
  });

  test('the local server answers the new route', async () => {
    const { body } = await json(post(`${api}/items`, { name: 'Keyboard', price: 49.9 }));
    const { id } = body as { id: string };
    expect(await json(fetch(`${api}/items/${id}/price`))).toEqual({ status: 200, body: { price: 49.9 } });
    expect((await fetch(`${api}/items/unknown/price`)).status).toBe(404);
  });

  test('the page describes the new route', async () => {
    const page = await (await fetch(new URL('/', api))).text();
    const [, ofItems = ''] = page.split('<section class="system" id="items-api"');
    const [document = ''] = /\/_explorer\/openapi\/[^"]+\.json/.exec(ofItems) ?? [];
    const { body } = await json(fetch(new URL(document, api)));
    expect(body).toMatchObject({
      paths: { '/items/{id}/price': { get: { summary: 'Get the price of an item' } } },
    });
  });

  test('the synthesized JSON has the new route, with its function on the layer', () => {
    expect(resource(stack, 'aws_apigatewayv2_route', { route_key: 'GET /items/{id}/price' })).toBeDefined();
    const fn = resource(stack, 'aws_lambda_function', { function_name: 'GetItemPriceFunction' });
    expect(fn.layers).toHaveLength(1);
  });

  test('the permissions have it: who may call the function, and what it may do', () => {
    const sources = Object.values(resourcesOf(stack, 'aws_lambda_permission')).map(
      ({ source_arn }) => source_arn,
    );
    expect(sources).toContainEqual(expect.stringMatching(/\/\$default\/GET\/items\/\{id\}\/price$/));
    const { policy } = resource(stack, 'aws_iam_role_policy', { name: 'GetItemPriceFunction' });
    const onTable = statements(policy).filter(({ Resource }) => Resource?.includes('aws_dynamodb_table'));
    expect(onTable.map(({ Action }) => Action)).toEqual([['dynamodb:GetItem']]);
  });
});
