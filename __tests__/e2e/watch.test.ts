import { cpSync, readFileSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Checkout } from '../support/checkout';
import { startLocalServer, stopLocalServers, type LocalServer } from '../support/local-server';

const HANDLER = 'functions/data-api/retrieve-data.ts';
const answering = (body: string) => `export const handler = () => ({ statusCode: 200, body: '${body}' });\n`;

const checkout = new Checkout();
const outputsFile = path.join(checkout.root, 'outputs.json');
let server: LocalServer;
let url: string;

beforeAll(async () => {
  server = await startLocalServer({
    root: checkout.root,
    args: ['--in-memory', '--watch', '--outputs-file', outputsFile],
  });
  url = `${server.urlOf('data-api')}/data/any`;
});
afterAll(async () => {
  await stopLocalServers();
  checkout.remove();
});

/** Asks until the answer is that one; every answer on the way is checked. */
async function until(
  target: string,
  isExpected: (status: number, body: string) => boolean,
  isAllowed: (status: number) => boolean = () => true,
): Promise<void> {
  for (;;) {
    const answer = await fetch(target);
    const body = await answer.text();
    if (isExpected(answer.status, body)) return;
    expect(isAllowed(answer.status)).toBe(true);
    await sleep(20);
  }
}

/** Waits until the log has told of it: a minute at most, or the loop would outlive a test that fails. */
async function noticed(pattern: RegExp): Promise<string> {
  for (let tries = 0; tries < 3000; tries += 1) {
    const notice = server.notices.find((message) => pattern.test(message));
    if (notice !== undefined) return notice;
    await sleep(20);
  }
  throw new Error(`nothing like ${pattern} was told: ${server.notices.join('\n')}`);
}

describe('while npm start watches', () => {
  it('serves a changed function, and fails no request meanwhile', async () => {
    checkout.write(HANDLER, answering('changed'));

    await until(
      url,
      (_status, body) => body === 'changed',
      (status) => status === 404,
    );
  });

  it('leaves in cdktf.out what a synth would', async () => {
    const served = checkout.files('cdktf.out');

    expect(await checkout.run('tools/synth.ts')).toMatchObject({ code: 0 });

    expect(checkout.files('cdktf.out')).toEqual(served);
  });

  it('goes on with what it has when an edit is broken', async () => {
    checkout.write(HANDLER, 'export const handler = () => {\n');
    await sleep(1500);
    expect(await (await fetch(url)).text()).toBe('changed');

    checkout.write(HANDLER, answering('repaired'));
    await until(url, (_status, body) => body === 'repaired');
  });

  it('tells open pages why an edit is not served', async () => {
    const log = await fetch(new URL('/_explorer/log', url));
    checkout.write(HANDLER, 'export const handler = () => {\n');

    let told = '';
    for await (const chunk of log.body ?? []) {
      told += Buffer.from(chunk as Uint8Array).toString();
      if (told.includes('serving what was there before')) break;
    }

    expect(told).toContain('"level":"error"');
    expect(told).toContain(`${HANDLER}:2:0`);
    checkout.write(HANDLER, answering('told'));
    await until(url, (_status, body) => body === 'told');
  });

  it('notices a file that an editor replaces, time and again', async () => {
    for (const body of ['replaced', 'replaced again']) {
      checkout.write(`${HANDLER}.swap`, answering(body));
      renameSync(path.join(checkout.root, `${HANDLER}.swap`), path.join(checkout.root, HANDLER));
      await until(url, (_status, answered) => answered === body);
    }
  });

  it('serves the last of several edits in a row', async () => {
    for (let i = 1; i <= 10; i++) {
      checkout.write(HANDLER, answering(`edit ${i}`));
      await sleep(60);
    }
    await until(url, (_status, body) => body === 'edit 10');
  });

  it('goes on when a folder is replaced by another', async () => {
    const folder = path.join(checkout.root, 'functions/data-api');
    for (const body of ['in a new folder', 'and again']) {
      cpSync(folder, `${folder}.new`, { recursive: true });
      renameSync(folder, `${folder}.old`);
      renameSync(`${folder}.new`, folder);
      rmSync(`${folder}.old`, { recursive: true });
      await sleep(1000);

      checkout.write(HANDLER, answering(body));
      await until(url, (_status, answered) => answered === body);
    }
  });

  it('goes on when a folder was away for a while', async () => {
    const folder = path.join(checkout.root, 'functions');
    renameSync(folder, `${folder}.away`);
    await sleep(1000);
    renameSync(`${folder}.away`, folder);

    checkout.write(HANDLER, answering('back'));
    await until(url, (_status, body) => body === 'back');
  });

  it.each(['build', 'cdktf.out', 'cdktf.out/stacks/data-api/assets'])(
    'goes on when %s was deleted',
    async (folder) => {
      rmSync(path.join(checkout.root, folder), { recursive: true });

      checkout.write(HANDLER, answering(`without ${folder}`));
      await until(url, (_status, body) => body === `without ${folder}`);
    },
  );

  it('serves changed stacks, and keeps the data', async () => {
    const items = `${server.urlOf('items-api')}/items`;
    const created = await fetch(items, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ name: 'Keyboard', price: 49.9 }),
    });
    expect(created.status).toBe(201);

    const stack = readFileSync('stacks/data-api.ts', 'utf8');
    checkout.write('stacks/data-api.ts', stack.replace("stageName: 'prod'", "stageName: 'live'"));

    await until(url.replace('/prod/', '/live/'), (status) => status === 200);
    expect((await fetch(url)).status).toBe(404);
    expect(await (await fetch(items)).json()).toMatchObject({ items: [{ name: 'Keyboard' }] });
    const outputs = JSON.parse(readFileSync(outputsFile, 'utf8')) as Record<string, unknown>;
    expect(outputs['data-api']).toMatchObject({
      api_gateway_url: server.urlOf('data-api').replace(/prod$/, 'live'),
    });
  });

  it('names the file that changed, and the URLs of a new stack', async () => {
    const folder = path.join(checkout.root, 'functions/second-api');
    cpSync(path.join(checkout.root, 'functions/order-api'), folder, { recursive: true });
    const main = readFileSync('main.ts', 'utf8');
    checkout.write(
      'main.ts',
      main.replace(
        "  new OrderApi(app, 'order-api', settings);",
        "$&\n  new OrderApi(app, 'second-api', settings);",
      ),
    );

    const notice = await noticed(/^serving the change of .*second-api/s);

    expect(notice).toMatch(/^serving the change of .*\bmain\.ts.* after \d+ ms$/m);
    const second = server.urlOf('order-api').replace('order-api', 'second-api');
    expect(notice).toContain(`curl -X POST ${second}/order `);
    expect(notice).not.toContain('/data-api/');
    checkout.write('main.ts', main);
    rmSync(folder, { recursive: true });
  });

  it('serves what it began with when edits are undone of which one failed', async () => {
    const dataApi = readFileSync('stacks/data-api.ts', 'utf8');
    const orderApi = readFileSync('stacks/order-api.ts', 'utf8');
    checkout.write('stacks/data-api.ts', dataApi.replace("stageName: 'prod'", "stageName: 'undone'"));
    // Told only when the stacks before it are written.
    const invalid = "$&\n    this.node.addValidation({ validate: () => ['not today'] });";
    checkout.write('stacks/order-api.ts', orderApi.replace(/super\(.*\);/, invalid));
    await noticed(/not today/);

    checkout.write('stacks/data-api.ts', dataApi);
    checkout.write('stacks/order-api.ts', orderApi);
    checkout.write(HANDLER, answering('undone'));

    await until(url, (_status, body) => body === 'undone');
  });

  it('serves a stack that was changed while a function was broken, once that is repaired', async () => {
    checkout.write(HANDLER, 'export const handler = () => {\n');
    const stack = readFileSync('stacks/data-api.ts', 'utf8');
    checkout.write('stacks/data-api.ts', stack.replace("stageName: 'prod'", "stageName: 'late'"));
    await sleep(1500);

    checkout.write(HANDLER, answering('repaired'));

    await until(url.replace('/prod/', '/late/'), (status, body) => status === 200 && body === 'repaired');
  });
});
