import { useDatabase } from '../database';
import { Random } from '../evaluation/random';

const database = useDatabase();
const { ok } = database;

type Value = { readonly S: string } | { readonly N: string } | { readonly B: string };
type Item = Readonly<Record<string, Value>>;
type KeyType = 'S' | 'N' | 'B';

interface Readable {
  /** Undefined for the table itself. */
  readonly index?: string;
  readonly hash: string;
  readonly range?: string;
  /** Of an item, what is there to be read. */
  readonly projected: (item: Item) => Item;
}

const sortKeys: Readonly<Record<KeyType, readonly Value[]>> = {
  S: ['a', 'A', 'aa', 'b', 'é', 'z', '\u{ffff}', '\u{10000}', '~'].map((S) => ({ S })),
  N: ['-12.5', '-2', '-0.001', '0', '0.5', '2', '10', '11', '100000000000000000000'].map((N) => ({ N })),
  B: ['AA==', 'AAE=', 'AQ==', 'fw==', 'gA==', '/w==', '/wA=', '//8='].map((B) => ({ B })),
};

function bytes(value: Value): Buffer | number {
  if ('N' in value) return Number(value.N);
  return 'S' in value ? Buffer.from(value.S) : Buffer.from(value.B, 'base64');
}

function compare(a: Value, b: Value): number {
  const [left, right] = [bytes(a), bytes(b)];
  return typeof left === 'number' ? left - (right as number) : Buffer.compare(left, right as Buffer);
}

const pick = (item: Item, names: readonly string[]) =>
  Object.fromEntries(names.filter((name) => name in item).map((name) => [name, item[name]!]));

const readables: readonly Readable[] = [
  { hash: 'p', range: 's', projected: (item) => item },
  { index: 'global', hash: 'g', range: 'h', projected: (item) => item },
  { index: 'globalKeys', hash: 'g', projected: (item) => pick(item, ['p', 's', 'g']) },
  {
    index: 'globalSome',
    hash: 'h',
    range: 's',
    projected: (item) => pick(item, ['p', 's', 'h', 'x', 'absent']),
  },
  { index: 'local', hash: 'p', range: 'l', projected: (item) => item },
  { index: 'localKeys', hash: 'p', range: 'h', projected: (item) => pick(item, ['p', 's', 'h']) },
];

interface RangeCondition {
  readonly text: string;
  readonly values: Readonly<Record<string, Value>>;
  readonly holds: (value: Value) => boolean;
}

function randomRange(random: Random, choices: readonly Value[]): RangeCondition | undefined {
  if (random.below(4) === 0) return undefined;
  const [a, b] = [random.of(choices), random.of(choices)].sort(compare) as [Value, Value];
  const one = (operator: string, holds: (order: number) => boolean): RangeCondition => ({
    text: `#r ${operator} :a`,
    values: { ':a': a },
    holds: (value) => holds(compare(value, a)),
  });
  const prefix = 'N' in a ? undefined : a;
  return random.of<RangeCondition>([
    one('=', (order) => order === 0),
    one('<', (order) => order < 0),
    one('<=', (order) => order <= 0),
    one('>', (order) => order > 0),
    one('>=', (order) => order >= 0),
    {
      text: '#r BETWEEN :a AND :b',
      values: { ':a': a, ':b': b },
      holds: (value) => compare(a, value) <= 0 && compare(value, b) <= 0,
    },
    ...(prefix
      ? [
          {
            text: 'begins_with(#r, :a)',
            values: { ':a': prefix },
            holds: (value: Value) => {
              const start = bytes(prefix) as Buffer;
              return (bytes(value) as Buffer).subarray(0, start.length).equals(start);
            },
          },
        ]
      : []),
  ]);
}

interface Page {
  readonly Items: Item[];
  readonly Count: number;
  readonly ScannedCount: number;
  readonly LastEvaluatedKey?: Item;
}

/** Every page of a read, each started with the key that the one before ended with. */
async function pages(operation: string, request: object): Promise<Page[]> {
  const all: Page[] = [];
  let startKey: Item | undefined;
  do {
    const page = (await ok(operation, { ...request, ExclusiveStartKey: startKey })) as unknown as Page;
    expect(page.Items).toHaveLength(page.Count);
    all.push(page);
    startKey = page.LastEvaluatedKey;
  } while (startKey && all.length < 1000);
  return all;
}

const sorted = (items: readonly Item[]) =>
  items
    .map((item) => JSON.stringify(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1))))
    .sort((a, b) => (a < b ? -1 : 1));

const scanned = (read: readonly Page[]) => read.reduce((sum, page) => sum + page.ScannedCount, 0);

/** A table with items after random writes, and what must be in it. */
async function randomTable(random: Random, type: KeyType, TableName: string) {
  await database.table(TableName, `p:S s:${type}`, {
    global: { key: `g:S h:${type}` },
    globalKeys: { key: 'g:S', projection: 'KEYS_ONLY' },
    globalSome: { key: `h:${type} s:${type}`, projection: ['x', 'absent'] },
    local: { key: `p:S l:${type}`, local: true },
    localKeys: { key: `p:S h:${type}`, local: true, projection: 'KEYS_ONLY' },
  });
  const choices = sortKeys[type];
  const few = choices.slice(0, 3);
  const model = new Map<string, Item>();
  const maybe = (name: string, make: () => Value): Item => (random.below(10) < 7 ? { [name]: make() } : {});
  const randomKey = (): Item => ({ p: { S: `p${random.below(3)}` }, s: random.of(choices) });
  const randomItem = (key = randomKey()): Item => ({
    ...key,
    ...maybe('g', () => ({ S: `g${random.below(3)}` })),
    ...maybe('h', () => random.of(few)),
    ...maybe('l', () => random.of(few)),
    ...maybe('x', () => ({ N: String(random.below(5)) })),
  });
  const text = ({ p, s }: Item) => JSON.stringify([p, s]);
  const store = (item: Item) => model.set(text(item), item);

  const writes = [
    async () => {
      const item = randomItem();
      await ok('PutItem', { TableName, Item: item });
      store(item);
    },
    async () => {
      const key = randomKey();
      await ok('DeleteItem', { TableName, Key: key });
      model.delete(text(key));
    },
    async () => {
      const key = randomKey();
      const value = random.of(few);
      const name = random.of(['h', 'l']);
      await ok('UpdateItem', {
        TableName,
        Key: key,
        UpdateExpression: `SET ${name} = :value REMOVE g`,
        ExpressionAttributeValues: { ':value': value },
      });
      const kept = Object.entries(model.get(text(key)) ?? key).filter(([kind]) => kind !== 'g');
      store({ ...Object.fromEntries(kept), [name]: value });
    },
    async () => {
      const items = new Map(
        Array.from({ length: 1 + random.below(8) }, () => randomItem()).map((item) => [text(item), item]),
      );
      const requests = [...items.values()].map((item) =>
        random.below(3) > 0
          ? { PutRequest: { Item: item } }
          : { DeleteRequest: { Key: pick(item, ['p', 's']) } },
      );
      await ok('BatchWriteItem', { RequestItems: { [TableName]: requests } });
      for (const { PutRequest, DeleteRequest } of requests as {
        PutRequest?: { Item: Item };
        DeleteRequest?: { Key: Item };
      }[]) {
        if (PutRequest) store(PutRequest.Item);
        else model.delete(text(DeleteRequest!.Key));
      }
    },
    async () => {
      const [put, gone] = [randomItem(), randomKey()];
      const same = text(put) === text(gone);
      await ok('TransactWriteItems', {
        TransactItems: [
          { Put: { TableName, Item: put } },
          ...(same ? [] : [{ Delete: { TableName, Key: gone } }]),
        ],
      });
      if (!same) model.delete(text(gone));
      store(put);
    },
  ];
  for (let count = 0; count < 60; count++) await random.of(writes)();
  return { model: [...model.values()], choices };
}

describe.each(['S', 'N', 'B'] as const)('a table whose sort keys are of type %s', (type) => {
  it.each([1, 2])('reads what was written, seed %i', async (seed) => {
    const random = new Random(seed * 31 + type.charCodeAt(0));
    const TableName = `random${type}${seed}`;
    const { model, choices } = await randomTable(random, type, TableName);
    for (const { index, hash, range, projected } of readables) {
      const there = model.filter((item) => hash in item && (!range || range in item));
      for (const value of new Map(there.map((item) => [JSON.stringify(item[hash]), item[hash]!])).values()) {
        const condition = range ? randomRange(random, choices) : undefined;
        const least = random.below(6);
        const filter = random.below(2) === 1;
        const request = {
          TableName,
          IndexName: index,
          KeyConditionExpression: `#h = :h${condition ? ` AND ${condition.text}` : ''}`,
          ...(filter && { FilterExpression: 'x >= :least' }),
          ExpressionAttributeNames: { '#h': hash, ...(condition && { '#r': range }) },
          ExpressionAttributeValues: {
            ':h': value,
            ...condition?.values,
            ...(filter && { ':least': { N: String(least) } }),
          },
        };
        const selected = there.filter(
          (item) => compare(item[hash]!, value) === 0 && (!condition || condition.holds(item[range!]!)),
        );
        const kept = selected
          .map(projected)
          .filter(({ x }) => !filter || (x !== undefined && 'N' in x && Number(x.N) >= least));
        const forward = await pages('Query', request);
        const items = forward.flatMap((page) => page.Items);
        expect(sorted(items)).toEqual(sorted(kept));
        expect(scanned(forward)).toBe(selected.length);
        if (range) {
          const keys = items.map((item) => item[range]!);
          expect(keys).toEqual([...keys].sort(compare));
        }
        for (const Limit of [1, 3]) {
          const limited = await pages('Query', { ...request, Limit });
          expect(limited.flatMap((page) => page.Items)).toEqual(items);
          expect(scanned(limited)).toBe(selected.length);
          expect(limited.every((page) => page.ScannedCount <= Limit)).toBe(true);
          const backward = await pages('Query', { ...request, Limit, ScanIndexForward: false });
          expect(backward.flatMap((page) => page.Items)).toEqual([...items].reverse());
        }
      }
      for (const [TotalSegments, Limit] of [
        [1, undefined],
        [1, 3],
        [4, 2],
      ] as const) {
        const read: Page[] = [];
        for (let Segment = 0; Segment < TotalSegments; Segment++) {
          read.push(...(await pages('Scan', { TableName, IndexName: index, Segment, TotalSegments, Limit })));
        }
        expect(sorted(read.flatMap((page) => page.Items))).toEqual(sorted(there.map(projected)));
      }
    }
  });
});
