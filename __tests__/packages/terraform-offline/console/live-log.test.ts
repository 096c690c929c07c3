import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { isOwnRequest } from '../../../../packages/terraform-offline/console/explorer';
import { createLiveLog } from '../../../../packages/terraform-offline/console/live-log';
import type { AccessLine } from '../../../../packages/terraform-offline/log/log';

const access = (path: string): AccessLine => ({
  type: 'access',
  method: 'GET',
  path,
  status: 200,
  milliseconds: 1,
});

interface Batch {
  readonly entries: readonly { readonly path: string; readonly at: number }[];
  readonly dropped: number;
}

/** The next server-sent event without a name, parsed. */
async function nextBatch(stream: Readable): Promise<Batch> {
  for (;;) {
    const [chunk] = (await once(stream, 'data')) as [Buffer];
    const data = /(?:^|\n\n)data: (.+)\n/.exec(chunk.toString())?.[1];
    if (data !== undefined) return JSON.parse(data) as Batch;
  }
}

describe('the live log', () => {
  const { log, changed, watch, close } = createLiveLog();
  afterAll(close);

  test('sends what is logged to every open page, in order, with the time', async () => {
    const streams = [watch(), watch()];
    const batches = Promise.all(streams.map(nextBatch));
    log(access('/a'));
    log(access('/b'));
    for (const { entries, dropped } of await batches) {
      expect(entries.map(({ path }) => path)).toEqual(['/a', '/b']);
      expect(Math.abs(Date.now() - (entries[0]?.at ?? 0))).toBeLessThan(5000);
      expect(dropped).toBe(0);
    }
    streams.forEach((stream) => stream.destroy());
  });

  test('leaves out the colours of a terminal', async () => {
    const stream = watch();
    const batch = nextBatch(stream);
    log({ type: 'notice', level: 'error', message: '\u001b[31m✘ \u001b[41;97mERROR\u001b[0m no such file' });
    log({ type: 'function', functionName: 'CreateNote', line: '\u001b[2mdim\u001b[22m' });
    expect((await batch).entries).toMatchObject([{ message: '✘ ERROR no such file' }, { line: 'dim' }]);
    stream.destroy();
  });

  test('counts what comes faster than anybody reads', async () => {
    const stream = watch();
    const batch = nextBatch(stream);
    for (let i = 0; i < 1000; i++) log(access(`/${i}`));
    const { entries, dropped } = await batch;
    expect(entries.length + dropped).toBe(1000);
    expect(entries.length).toBeLessThanOrEqual(200);
    stream.destroy();
  });

  test('keeps nothing for a page that does not read', async () => {
    const stream = watch();
    const long = 'x'.repeat(20_000);
    for (let round = 0; round < 6; round++) {
      for (let i = 0; i < 200; i++) log(access(long));
      await new Promise((resolve) => setTimeout(resolve, 120));
    }
    // The batch that crossed the limit of 1 MiB is the last one kept.
    expect(stream.readableLength).toBeLessThan(1024 * 1024 + 200 * 20_200);
    stream.destroy();
  });

  test('tells open pages that the stacks have changed', async () => {
    const stream = watch();
    const seen = new Promise<void>((resolve) => {
      stream.on('data', (chunk: Buffer) => {
        if (chunk.toString().startsWith('event: changed\n')) resolve();
      });
    });
    changed();
    await seen;
    stream.destroy();
  });

  test('lets a page that looks again see whether the stacks have changed', async () => {
    const state = async () => {
      const stream = watch();
      const [chunk] = (await once(stream, 'data')) as [Buffer];
      stream.destroy();
      return /^event: state\ndata: (\S+)$/m.exec(chunk.toString())?.[1];
    };
    const before = await state();
    expect(before).toBeDefined();
    expect(await state()).toBe(before);
    changed();
    expect(await state()).not.toBe(before);
  });

  test('ends with the server', async () => {
    const stream = watch();
    const closed = once(stream, 'close');
    close();
    await closed;
  });
});

test.each([
  ['/', true],
  ['/_explorer/page.css', true],
  ['/notes/prod/notes', false],
  ['/notes/prod/_explorer/', false],
])('%s is the page itself: %s', (path, own) => {
  expect(isOwnRequest(access(path))).toBe(own);
});
