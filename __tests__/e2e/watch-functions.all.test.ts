import { cpSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { answering, HANDLER, startWatching, type Watched } from './support/watched';

let watched: Watched;
let url: string;

beforeAll(async () => {
  watched = await startWatching(['data-api']);
  url = `${watched.server.urlOf('data-api')}/data/any`;
});
afterAll(() => watched.stop());

const answers = (body: string) => watched.until(url, (answer) => answer.body === body);

describe('while npm start watches functions', () => {
  it('serves a changed one, and fails no request meanwhile', async () => {
    watched.checkout.write(HANDLER, answering('changed'));

    for (;;) {
      const answer = await fetch(url);
      if ((await answer.text()) === 'changed') break;
      expect(answer.status).toBe(404);
      await sleep(100);
    }
  });

  it('leaves in cdktf.out what a synth would', async () => {
    const served = watched.checkout.files('cdktf.out');

    expect(await watched.checkout.run('tools/synth.ts')).toMatchObject({ code: 0 });

    expect(watched.checkout.files('cdktf.out')).toEqual(served);
  });

  it('goes on with what it has when an edit is broken, and tells open pages why', async () => {
    const log = await fetch(new URL('/_explorer/log', url));
    watched.checkout.write(HANDLER, 'export const handler = () => {\n');

    let told = '';
    for await (const chunk of log.body ?? []) {
      told += Buffer.from(chunk as Uint8Array).toString();
      if (told.includes('serving what was there before')) break;
    }

    expect(told).toContain('"level":"error"');
    expect(told).toContain(`${HANDLER}:2:0`);
    expect(await (await fetch(url)).text()).toBe('changed');
    watched.checkout.write(HANDLER, answering('repaired'));
    await answers('repaired');
  });

  it('notices a file that an editor replaces, time and again', async () => {
    const file = path.join(watched.checkout.root, HANDLER);
    for (const body of ['replaced', 'replaced again']) {
      watched.checkout.write(`${HANDLER}.swap`, answering(body));
      renameSync(`${file}.swap`, file);
      await answers(body);
    }
  });

  it('serves the last of several edits in a row', async () => {
    for (let i = 1; i <= 10; i++) {
      watched.checkout.write(HANDLER, answering(`edit ${i}`));
      await sleep(60);
    }
    await answers('edit 10');
  });

  it('goes on when a folder is replaced by another', async () => {
    const folder = path.join(watched.checkout.root, 'functions/data-api');
    for (const body of ['in a new folder', 'and again']) {
      cpSync(folder, `${folder}.new`, { recursive: true });
      renameSync(folder, `${folder}.old`);
      renameSync(`${folder}.new`, folder);
      rmSync(`${folder}.old`, { recursive: true });
      await sleep(1000);

      watched.checkout.write(HANDLER, answering(body));
      await answers(body);
    }
  });

  it('goes on when a folder was away for a while', async () => {
    const folder = path.join(watched.checkout.root, 'functions');
    renameSync(folder, `${folder}.away`);
    await sleep(1000);
    renameSync(`${folder}.away`, folder);

    watched.checkout.write(HANDLER, answering('back'));
    await answers('back');
  });

  it.each(['build', 'cdktf.out', 'cdktf.out/stacks/data-api/assets'])(
    'goes on when %s was deleted',
    async (folder) => {
      rmSync(path.join(watched.checkout.root, folder), { recursive: true });

      watched.checkout.write(HANDLER, answering(`without ${folder}`));
      await answers(`without ${folder}`);
    },
  );
});
