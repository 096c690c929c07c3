import { cpSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { answering, HANDLER, startWatching, type Watched } from './support/watched';

let watched: Watched;
let outputsFile: string;
let url: string;

beforeAll(async () => {
  watched = await startWatching(['data-api', 'order-api'], (root) => {
    outputsFile = path.join(root, 'outputs.json');
    return ['--outputs-file', outputsFile];
  });
  url = `${watched.server.urlOf('data-api')}/data/any`;
});
afterAll(() => watched.stop());

describe('while npm start watches stacks', () => {
  it('serves changed ones, and keeps the data', async () => {
    const { checkout, server, until } = watched;
    const order = (operation: string, payload: object) =>
      fetch(`${server.urlOf('order-api')}/order`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ operation, payload }),
      });
    const Item = { id: '1', product: 'Keyboard', price: 49.9, order_date: '2024-11-04T10:30:00Z' };
    expect((await order('create', { Item })).status).toBe(200);

    checkout.write(HANDLER, answering('served'));
    const stack = readFileSync('stacks/data-api.ts', 'utf8');
    checkout.write('stacks/data-api.ts', stack.replace("stageName: 'prod'", "stageName: 'live'"));

    await until(url.replace('/prod/', '/live/'), ({ status }) => status === 200);
    expect((await fetch(url)).status).toBe(404);
    expect(await (await order('list', {})).json()).toMatchObject({ Items: [Item] });
    const outputs = JSON.parse(readFileSync(outputsFile, 'utf8')) as Record<string, unknown>;
    expect(outputs['data-api']).toMatchObject({
      api_gateway_url: server.urlOf('data-api').replace(/prod$/, 'live'),
    });
  });

  it('names the file that changed, and the URLs of a new stack', async () => {
    const { checkout, server } = watched;
    const known = server.notices.length;
    const folder = path.join(checkout.root, 'functions/second-api');
    cpSync(path.join(checkout.root, 'functions/order-api'), folder, { recursive: true });
    const main = readFileSync(path.join(checkout.root, 'main.ts'), 'utf8');
    checkout.write(
      'main.ts',
      main.replace(
        "  new OrderApi(app, 'order-api', settings);",
        "$&\n  new OrderApi(app, 'second-api', settings);",
      ),
    );

    await server.noticed(/^serving the change of .*\bmain\.ts.* after \d+ ms$/m, known);
    const notice = await server.noticed(/^serving the change of [^]*^second-api$/m, known);
    const second = server.urlOf('order-api').replace('order-api', 'second-api');
    expect(notice).toContain(`curl -X POST ${second}/order `);
    expect(notice).not.toContain('/data-api/');
    checkout.write('main.ts', main);
    rmSync(folder, { recursive: true });
  });

  it('serves what it began with when edits are undone of which one failed', async () => {
    const { checkout, server, until } = watched;
    const dataApi = readFileSync('stacks/data-api.ts', 'utf8');
    const orderApi = readFileSync('stacks/order-api.ts', 'utf8');
    checkout.write('stacks/data-api.ts', dataApi.replace("stageName: 'prod'", "stageName: 'undone'"));
    // Told only when the stacks before it are written.
    const invalid = "$&\n    this.node.addValidation({ validate: () => ['not today'] });";
    checkout.write('stacks/order-api.ts', orderApi.replace(/super\(.*\);/, invalid));
    await server.noticed(/not today/);

    checkout.write('stacks/data-api.ts', dataApi);
    checkout.write('stacks/order-api.ts', orderApi);
    checkout.write(HANDLER, answering('undone'));

    await until(url, ({ body }) => body === 'undone');
  });

  it('serves one that was changed while a function was broken, once that is repaired', async () => {
    const { checkout, server, until } = watched;
    checkout.write(HANDLER, 'export const handler = () => {\n');
    const stack = readFileSync('stacks/data-api.ts', 'utf8');
    checkout.write('stacks/data-api.ts', stack.replace("stageName: 'prod'", "stageName: 'late'"));
    await server.noticed(/retrieve-data\.ts:2:0[^]*serving what was there before/);

    checkout.write(HANDLER, answering('repaired'));

    await until(url.replace('/prod/', '/late/'), ({ body }) => body === 'repaired');
  });
});
