import { useDatabase } from '../database';

const database = useDatabase();
const { ok, refusal, call } = database;
const plain = 'ValidationException: ';

const request = (texts: readonly string[], rest: object = {}) => ({
  TransactStatements: texts.map((Statement) => ({ Statement })),
  ...rest,
});
const run = (...texts: readonly string[]) => ok('ExecuteTransaction', request(texts));
const refused = (...texts: readonly string[]) => refusal('ExecuteTransaction', request(texts));
const get = async (id: string) => (await ok('GetItem', { TableName: 'things', Key: { id: { S: id } } })).Item;

beforeAll(async () => {
  await database.table('things', 'id:S', { byName: { key: 'name:S' } });
});

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ql-reference.multiplestatements.transactions.html */
describe('a transaction', () => {
  it('writes everything', async () => {
    await run(`INSERT INTO things VALUE {'id': 'a', 'n': 1}`, `INSERT INTO things VALUE {'id': 'b'}`);
    expect(
      await run(
        `EXISTS(SELECT * FROM things WHERE id = 'a' AND n = 1)`,
        `DELETE FROM things WHERE id = 'b'`,
        `INSERT INTO things VALUE {'id': 'c'}`,
      ),
    ).toEqual({ Responses: [{}, {}, {}] });
    expect(await get('b')).toBeUndefined();
    expect(await get('c')).toEqual({ id: { S: 'c' } });
  });

  it('or nothing, and tells why', async () => {
    await run(`INSERT INTO things VALUE {'id': 'there', 'n': 1}`);
    const { body } = await call('ExecuteTransaction', {
      TransactStatements: [
        { Statement: `INSERT INTO things VALUE {'id': 'half'}` },
        { Statement: `INSERT INTO things VALUE {'id': 'there'}` },
        {
          Statement: `UPDATE things SET n = 2 WHERE id = 'absent'`,
        },
        { Statement: `EXISTS(SELECT * FROM things WHERE id = 'x' AND n = 2)` },
      ],
    });
    expect(body.CancellationReasons).toEqual([
      { Code: 'None' },
      { Code: 'DuplicateItem', Message: 'Duplicate primary key exists in table' },
      { Code: 'ConditionalCheckFailed', Message: 'The conditional request failed' },
      { Code: 'ConditionalCheckFailed', Message: 'The conditional request failed' },
    ]);
    expect(await get('half')).toBeUndefined();
  });

  it('shows the item of a failed condition when it is asked for', async () => {
    await run(`INSERT INTO things VALUE {'id': 'shown', 'n': 1}`);
    const { body } = await call('ExecuteTransaction', {
      TransactStatements: [
        {
          Statement: `DELETE FROM things WHERE id = 'shown' AND n = 2`,
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        },
      ],
    });
    expect(body.CancellationReasons).toEqual([
      {
        Code: 'ConditionalCheckFailed',
        Message: 'The conditional request failed',
        Item: { id: { S: 'shown' }, n: { N: '1' } },
      },
    ]);
  });

  it('is canceled for tables and keys that there are not', async () => {
    const { body } = await call(
      'ExecuteTransaction',
      request([`DELETE FROM things WHERE id = 'a'`, `DELETE FROM nothing WHERE id = 'a'`]),
    );
    expect(body.__type).toMatch(/#TransactionCanceledException$/);
    expect(body.CancellationReasons).toEqual([
      { Code: 'None' },
      { Code: 'ResourceNotFound', Message: 'Requested resource not found' },
    ]);
    const mismatch = await call('ExecuteTransaction', request([`SELECT * FROM things WHERE id = 1`]));
    expect(mismatch.body.CancellationReasons).toEqual([
      { Code: 'ValidationError', Message: 'The provided key element does not match the schema' },
    ]);
  });

  it('is canceled for writes that do not mean one item', async () => {
    const { body } = await call(
      'ExecuteTransaction',
      request([
        `UPDATE things SET n = 1 WHERE n = 1`,
        `UPDATE things SET n = 1 WHERE id IN ['a']`,
        `DELETE FROM things WHERE id = 'a' AND id = 'b'`,
        `INSERT INTO things VALUE {'n': 1}`,
        `DELETE FROM things WHERE id = 'a'`,
      ]),
    );
    const mismatch = {
      Code: 'ValidationError',
      Message: 'The provided key element does not match the schema',
    };
    expect(body.CancellationReasons).toEqual([
      mismatch,
      mismatch,
      mismatch,
      {
        Code: 'ValidationError',
        Message: 'One or more parameter values were invalid: Missing the key id in the item',
      },
      { Code: 'None' },
    ]);
  });

  it('tells of tables that there are not before it looks at what is asked of them', async () => {
    const statement = `UPDATE nothing SET n = 1 WHERE id = 'a' RETURNING ALL NEW *`;
    const { body } = await call('ExecuteTransaction', request([statement]));
    expect(body.CancellationReasons).toMatchObject([{ Code: 'ResourceNotFound' }]);
    expect(await refused(statement, `DELETE FROM things WHERE id = 'a' RETURNING ALL OLD *`)).toBe(
      `${plain}Validation failed in TransactStatements[1]: RETURNING clause is not supported in ExecuteTransaction.`,
    );
  });

  it('refuses parameters before statements', async () => {
    expect(
      await refusal('ExecuteTransaction', {
        TransactStatements: [
          { Statement: 'NOTHING' },
          { Statement: `INSERT INTO things VALUE {'id': ?}`, Parameters: [{ SS: ['a', 'a'] }] },
        ],
      }),
    ).toBe(`${plain}One or more parameter values were invalid: Input collection [a, a] contains duplicates.`);
  });

  it('checks the first of two keys', async () => {
    await run(`INSERT INTO things VALUE {'id': 'first', 'n': 1}`);
    const { body } = await call(
      'ExecuteTransaction',
      request([
        `EXISTS(SELECT * FROM things WHERE id = 'first' AND id = 'second' AND n = 1)`,
        `DELETE FROM things WHERE id = 'second'`,
      ]),
    );
    expect(body.CancellationReasons).toMatchObject([{ Code: 'ConditionalCheckFailed' }, { Code: 'None' }]);
  });

  it('reads items', async () => {
    await run(`INSERT INTO things VALUE {'id': 'r', 'n': 1}`);
    expect(
      await ok(
        'ExecuteTransaction',
        request(
          [
            `SELECT n FROM things WHERE id = 'r'`,
            `SELECT n FROM things WHERE id = 'absent'`,
            `SELECT m FROM things WHERE id IN ['c'] AND id = 'c'`,
          ],
          { ReturnConsumedCapacity: 'TOTAL' },
        ),
      ),
    ).toEqual({
      Responses: [{ Item: { n: { N: '1' } } }, {}, { Item: {} }],
      ConsumedCapacity: [{ TableName: 'things', CapacityUnits: 6, ReadCapacityUnits: 6 }],
    });
  });

  it('is done once for one token', async () => {
    await run(`INSERT INTO things VALUE {'id': 'counter', 'n': 0}`);
    const add = `UPDATE things SET n = n + 1 WHERE id = 'counter'`;
    const token = { ClientRequestToken: 'token' };
    const once = { ...request([add]), ...token, ReturnConsumedCapacity: 'TOTAL' };
    expect(await ok('ExecuteTransaction', once)).toEqual({
      Responses: [{}],
      ConsumedCapacity: [{ TableName: 'things', CapacityUnits: 2, WriteCapacityUnits: 2 }],
    });
    expect(await ok('ExecuteTransaction', once)).toEqual({
      Responses: [{}],
      ConsumedCapacity: [{ TableName: 'things', CapacityUnits: 2, ReadCapacityUnits: 2 }],
    });
    expect(await get('counter')).toEqual({ id: { S: 'counter' }, n: { N: '1' } });
    expect(
      await refusal('ExecuteTransaction', request([`DELETE FROM things WHERE id = 'counter'`], token)),
    ).toMatch(/^IdempotentParameterMismatchException/);
  });

  it.each([
    [
      [`SELECT * FROM things WHERE id = 'a'`, `DELETE FROM things WHERE id = 'b'`],
      'ExecuteTransaction API does not support both read and write operations in the same request.',
    ],
    [
      [`SELECT * FROM things WHERE id = 'a'`, `SELECT * FROM things`],
      'Validation failed in TransactStatements[1]: Select statements within ExecuteTransaction must specify the primary key in the where clause.',
    ],
    [
      [`SELECT * FROM things WHERE id = 'a' AND n = 1`],
      'Validation failed in TransactStatements[0]: Select statements within ExecuteTransaction must specify the primary key in the where clause.',
    ],
    [
      [`SELECT * FROM things WHERE id IN ['a', 'a']`],
      'Validation failed in TransactStatements[0]: Overlapping conditions with range keys are not supported in where clause',
    ],
    [
      [`SELECT * FROM things.byName WHERE name = 'a'`],
      'Validation failed in TransactStatements[0]: Reads on indices are not supported within transactions.',
    ],
    [
      [`DELETE FROM things WHERE id = 'a' RETURNING ALL OLD *`],
      'Validation failed in TransactStatements[0]: RETURNING clause is not supported in ExecuteTransaction.',
    ],
    [
      [`EXISTS(SELECT * FROM things WHERE id = 'a')`],
      'Validation failed in TransactStatements[0]: EXISTS() must contain a single item read with additional condition',
    ],
    [
      [`NOTHING`],
      "Validation failed in TransactStatements[0]: Statement wasn't well formed, can't be processed: Expected data manipulation",
    ],
    [
      [`DELETE FROM things WHERE id = 'a'`, `UPDATE things SET n = 1 WHERE id = 'a'`],
      'Transaction request cannot include multiple operations on one item',
    ],
  ])('is refused: %j', async (texts, message) => {
    expect(await refused(...texts)).toBe(plain + message);
  });
});
