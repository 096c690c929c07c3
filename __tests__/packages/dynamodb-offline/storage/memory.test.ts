import { openInMemory } from '../../../../packages/dynamodb-offline/storage/memory';
import type { Change, Entry, KeyRange, Store } from '../../../../packages/dynamodb-offline/storage/store';
import { Random } from '../evaluation/random';

const random = new Random(4);
const BYTES = [0, 1, 97, 98, 127, 128, 254, 255];
const key = () => Buffer.from([random.of(BYTES), ...random.list(2, () => random.of(BYTES))]);

async function all<T>(walk: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const entry of walk) found.push(entry);
  return found;
}

/** Keys in hexadecimal, which are ordered as their bytes, and values. */
type Model = Map<string, string>;

function expected(model: Model, { gt, gte, lt, lte }: KeyRange): [string, string][] {
  const hex = (bound: Buffer) => bound.toString('hex');
  return [...model]
    .filter(([at]) => !gt || at > hex(gt))
    .filter(([at]) => !gte || at >= hex(gte))
    .filter(([at]) => !lt || at < hex(lt))
    .filter(([at]) => !lte || at <= hex(lte))
    .sort(([one], [other]) => (one < other ? -1 : 1));
}

const readable = (entries: readonly Entry[]) =>
  entries.map(([at, value]) => [at.toString('hex'), value.toString()]);

/** Writes or deletes, some of them in one batch. */
async function change(store: Store, model: Model, deletes: number) {
  const changes = random.list(3, (): Change => {
    if (random.below(10) < deletes) return { type: 'del', key: key() };
    return { type: 'put', key: key(), value: Buffer.from(String(random.below(1000))) };
  });
  await store.write(changes);
  for (const one of changes) {
    if (one.type === 'put') model.set(one.key.toString('hex'), one.value.toString());
    else model.delete(one.key.toString('hex'));
  }
}

function randomRange(): KeyRange {
  const lower = random.of([{}, { gt: key() }, { gte: key() }]);
  const upper = random.of([{}, { lt: key() }, { lte: key() }]);
  return { ...lower, ...upper };
}

it.each([2, 5, 8])(
  'has what was written, in order of the bytes, when %s of ten changes delete',
  async (deletes) => {
    const store = openInMemory();
    const model: Model = new Map();
    for (let i = 0; i < 600; i++) {
      await change(store, model, deletes);
      const probe = key();
      expect(store.get(probe)?.toString()).toBe(model.get(probe.toString('hex')));
      if (i % 10 !== 0) continue;
      const range = randomRange();
      const wanted = expected(model, range);
      expect(readable(await all(store.entries(range)))).toEqual(wanted);
      expect(readable(await all(store.entries(range, { reverse: true, limit: 5 })))).toEqual(
        wanted.reverse().slice(0, 5),
      );
      expect((await all(store.values(range))).map(String).sort()).toEqual(
        wanted.map(([, value]) => value).sort(),
      );
    }
  },
);

it('walks over what was there when the walk began', async () => {
  const store = openInMemory();
  const model: Model = new Map();
  for (let i = 0; i < 300; i++) await change(store, model, 1);
  const wanted = expected(model, {});
  const walk = store.entries({})[Symbol.asyncIterator]();
  const found: Entry[] = [];
  for (let next = await walk.next(); next.done !== true; next = await walk.next()) {
    found.push(next.value);
    await change(store, model, 6);
  }
  expect(readable(found)).toEqual(wanted);
});

it('clears a range, and nothing beside it', async () => {
  const store = openInMemory();
  const model: Model = new Map();
  for (let i = 0; i < 300; i++) await change(store, model, 1);
  const range = { gte: Buffer.from([97]), lt: Buffer.from([128]) };
  const kept = expected(model, {}).filter(([at]) => at < '61' || at >= '80');
  expect(expected(model, range).length).toBeGreaterThan(5);
  await store.clear(range);
  expect(readable(await all(store.entries({})))).toEqual(kept);
});
