import { useDatabase } from '../database';

const database = useDatabase();
const { ok, refusal } = database;
const plain = 'ValidationException: ';

const run = (Statement: string, request: object = {}) => ok('ExecuteStatement', { Statement, ...request });
const refused = (Statement: string, request: object = {}) =>
  refusal('ExecuteStatement', { Statement, ...request });
const put = (TableName: string, Item: object) => ok('PutItem', { TableName, Item });

interface Selected {
  readonly Items: readonly Readonly<Record<string, Readonly<Record<string, unknown>>>>[];
  readonly NextToken?: string;
}

const select = async (statement: string, request: object = {}) =>
  (await run(statement, request)) as unknown as Selected;

/** The sort keys of what a SELECT finds, in its order. */
const sorts = async (statement: string) => (await select(statement)).Items.map(({ at }) => at?.N);

beforeAll(async () => {
  await database.table('things', 'id:S');
  await database.table('orders', 'customer:S at:N', {
    byState: { key: 'state:S at:N', projection: ['total'] },
    byTotal: { key: 'customer:S total:N', local: true, projection: 'KEYS_ONLY' },
  });
  for (const [customer, at, state, total] of [
    ['a', 1, 'open', 30],
    ['a', 2, 'sent', 20],
    ['a', 3, 'open', 10],
    ['b', 1, 'open', 40],
    ['b', 2, 'sent', 50],
  ] as const) {
    await put('orders', {
      customer: { S: customer },
      at: { N: String(at) },
      state: { S: state },
      total: { N: String(total) },
      note: { S: `${customer}${at}` },
    });
  }
});

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ql-reference.select.html */
describe('SELECT', () => {
  it('reads partitions in the order of their sort keys', async () => {
    expect(await sorts(`SELECT * FROM orders WHERE customer = 'a'`)).toEqual(['1', '2', '3']);
    expect(await sorts(`SELECT * FROM orders WHERE customer = 'a' ORDER BY "at" DESC`)).toEqual([
      '3',
      '2',
      '1',
    ]);
    expect(await sorts(`SELECT * FROM orders WHERE customer = 'a' AND "at" > 1`)).toEqual(['2', '3']);
    expect(await sorts(`SELECT * FROM orders WHERE customer = 'a' AND 1 < "at"`)).toEqual(['2', '3']);
    expect(await sorts(`SELECT * FROM orders WHERE customer = 'a' AND "at" BETWEEN 2 AND 9`)).toEqual([
      '2',
      '3',
    ]);
    expect(await sorts(`SELECT * FROM orders WHERE customer = 'a' AND "at" IN [3, 1]`)).toEqual(['1', '3']);
    expect(await sorts(`SELECT * FROM orders WHERE customer = 'a' AND "at" <> 2`)).toEqual(['1', '3']);
    expect(await sorts(`SELECT * FROM orders WHERE customer = 'a' AND "at" > 3`)).toEqual([]);
    expect(await sorts(`SELECT * FROM orders WHERE customer = 'a' AND "at" > 1 AND "at" < 3`)).toEqual(['2']);
    expect(await sorts(`SELECT * FROM orders WHERE customer = 'a' AND "at" > 2 AND "at" < 2`)).toEqual([]);
  });

  it('reads several partitions', async () => {
    const notes = async (where: string) =>
      (await select(`SELECT note FROM orders WHERE ${where}`)).Items.map(({ note }) => note?.S);
    expect(await notes(`customer IN ['b', 'a', 'c'] AND "at" = 1`)).toEqual(['a1', 'b1']);
    expect(await notes(`customer = 'b' OR customer = 'a' AND "at" >= 2`)).toEqual(['a2', 'a3', 'b1', 'b2']);
    expect(await notes(`customer IN ['a', 'b'] ORDER BY customer DESC, "at" DESC`)).toEqual([
      'b2',
      'b1',
      'a3',
      'a2',
      'a1',
    ]);
    expect(await notes(`customer = 'a' AND (state = 'sent' OR total = 10)`)).toEqual(['a2', 'a3']);
  });

  it('turns the order within partitions when it names that of partitions only', async () => {
    expect(await sorts(`SELECT * FROM orders WHERE customer = 'a' ORDER BY customer ASC`)).toEqual([
      '3',
      '2',
      '1',
    ]);
  });

  it('reads everything when it names no partition', async () => {
    const notes = async (where: string) =>
      (await select(`SELECT note FROM orders${where}`)).Items.map(({ note }) => note?.S).sort();
    expect(await notes('')).toEqual(['a1', 'a2', 'a3', 'b1', 'b2']);
    expect(await notes(` WHERE state = 'sent'`)).toEqual(['a2', 'b2']);
    expect(await notes(` WHERE customer = 'a' OR total > 40`)).toEqual(['a1', 'a2', 'a3', 'b2']);
    expect(await notes(` WHERE NOT customer = 'a'`)).toEqual(['b1', 'b2']);
    expect(await notes(` WHERE begins_with(note, 'b') AND note IS NOT MISSING`)).toEqual(['b1', 'b2']);
  });

  it('reads indexes', async () => {
    expect(await sorts(`SELECT * FROM orders.byState WHERE state = 'sent' ORDER BY "at" DESC`)).toEqual([
      '2',
      '2',
    ]);
    expect(
      (await select(`SELECT * FROM "orders"."byState" WHERE state = 'sent' AND total = 20`)).Items,
    ).toEqual([{ customer: { S: 'a' }, at: { N: '2' }, state: { S: 'sent' }, total: { N: '20' } }]);
    expect(
      (await select(`SELECT note FROM orders.byTotal WHERE customer = 'a' AND total > 10`)).Items,
    ).toEqual([{ note: { S: 'a2' } }, { note: { S: 'a1' } }]);
    expect(
      (await select(`SELECT total FROM orders.byTotal WHERE customer = 'a' AND state = 'sent'`)).Items,
    ).toEqual([{ total: { N: '20' } }]);
  });

  it('sees what is in an index only, when it reads all of it', async () => {
    expect(await sorts(`SELECT "at" FROM orders.byState WHERE note = 'a1'`)).toEqual([]);
    expect(await sorts(`SELECT "at" FROM orders.byTotal WHERE note = 'a1'`)).toEqual([]);
    expect(await sorts(`SELECT "at" FROM orders.byTotal WHERE customer = 'a' AND note = 'a1'`)).toEqual([
      '1',
    ]);
    expect(
      await sorts(`SELECT "at" FROM orders.byState WHERE state = 'sent' AND note = 'a1' OR state = 'open'`),
    ).toEqual(['1', '1', '3']);
    expect(
      await sorts(`SELECT "at" FROM orders.byState WHERE state = 'open' AND (state = 'sent' OR note = 'a1')`),
    ).toEqual([]);
  });

  it('names columns by the end of their paths', async () => {
    await put('things', {
      id: { S: 'columns' },
      m: { M: { k: { L: [{ S: 'c' }] } } },
      l: { L: [{ N: '1' }] },
    });
    const { Items: items } = await select(
      `SELECT m.k[0], m.k, l[0], absent FROM things WHERE id = 'columns'`,
    );
    expect(items).toEqual([{ 'k[0]': { S: 'c' }, k: { L: [{ S: 'c' }] }, 'l[0]': { N: '1' } }]);
  });

  it('takes parameters', async () => {
    const { Items: items } = await select('SELECT note FROM orders WHERE customer = ? AND "at" = ?', {
      Parameters: [{ S: 'b' }, { N: '2.0' }],
    });
    expect(items).toEqual([{ note: { S: 'b2' } }]);
  });

  it('answers page after page', async () => {
    const statement = `SELECT note FROM orders WHERE customer IN ['a', 'b'] AND state = 'open' ORDER BY customer, "at" DESC`;
    const pages: (string | undefined)[][] = [];
    let token: string | undefined;
    do {
      const page = await select(statement, { Limit: 2, ...(token && { NextToken: token }) });
      pages.push(page.Items.map(({ note }) => note?.S as string));
      token = page.NextToken;
    } while (token);
    expect(pages).toEqual([['a3'], ['a1'], ['b1']]);
  });

  it('refuses the tokens of other statements', async () => {
    const { NextToken } = await select('SELECT * FROM orders', { Limit: 1 });
    expect(await refused('SELECT note FROM orders', { NextToken })).toBe(
      `${plain}NextToken does not match request`,
    );
    expect(await refused('SELECT note FROM orders', { NextToken: 'abc' })).toBe(`${plain}Invalid NextToken`);
  });

  it('tells what it consumed', async () => {
    expect(
      await run(`SELECT note FROM orders WHERE customer = 'a' AND "at" = 1`, {
        ReturnConsumedCapacity: 'TOTAL',
      }),
    ).toEqual({
      Items: [{ note: { S: 'a1' } }],
      ConsumedCapacity: { TableName: 'orders', CapacityUnits: 0.5 },
    });
  });

  it.each([
    [`customer IN ['a', 'a']`, 'Overlapping conditions with range keys are not supported in where clause'],
    [
      `customer = 'a' AND ("at" > 0 OR "at" < 5)`,
      'Overlapping conditions with range keys are not supported in where clause',
    ],
    [
      `customer = 'a' AND ("at" = 1 OR note = 'a1')`,
      'Overlapping conditions with range keys are not supported in where clause',
    ],
    [
      `customer IN [${Array.from({ length: 51 }, (_, index) => `'${index}'`).join()}]`,
      'Too many decomposed read operations for a given query.',
    ],
    [
      `customer = 1 OR customer = 'a'`,
      "Key attribute's data type should match its data type in table's schema: Key customer",
    ],
    [
      `customer = 'a' AND "at" = 'b'`,
      "Key attribute's data type should match its data type in table's schema: Key at",
    ],
    [`customer = 'a' ORDER BY total`, 'Attribute total in ORDER BY clause must be part of the primary key'],
    [
      `total = 1 ORDER BY "at"`,
      'Must have at least one non-optional hash key condition in WHERE clause when using ORDER BY clause.',
    ],
    [
      `customer IN ['a', 'b'] ORDER BY "at"`,
      'Must have hash key in ORDER BY clause when more than one hash key condition specified in WHERE clause.',
    ],
  ])('refuses WHERE %s', async (where, message) => {
    expect(await refused(`SELECT * FROM orders WHERE ${where}`)).toBe(plain + message);
  });

  it('reads disjoint parts of a partition', async () => {
    expect(
      await sorts(`SELECT * FROM orders WHERE customer = 'a' AND ("at" < 2 OR "at" > 2 OR "at" = 2)`),
    ).toEqual(['1', '2', '3']);
  });

  it('refuses what the table or the index does not have', async () => {
    expect(await refused('SELECT * FROM nothing')).toBe(
      'ResourceNotFoundException: Requested resource not found',
    );
    expect(await refused('SELECT * FROM orders.nothing')).toBe(
      `${plain}The table does not have the specified index: nothing`,
    );
    expect(await refused('SELECT * FROM orders.byState', { ConsistentRead: true })).toBe(
      `${plain}Consistent reads are not supported on global secondary indexes`,
    );
    expect(await refused(`SELECT * FROM orders.byState WHERE state = 'open' AND note = 'a1'`)).toBe(
      `${plain}One or more parameter values were invalid: Secondary index byState does not project one or more filter attributes: [note]`,
    );
    expect(await refused('SELECT * FROM orders ORDER BY customer')).toBe(
      `${plain}Must have WHERE clause in the statement when using ORDER BY clause.`,
    );
  });
});
