import { useDatabase } from '../database';

const database = useDatabase();
const { ok, refusal } = database;
const plain = 'ValidationException: ';

const statements = (texts: readonly string[]) => texts.map((Statement) => ({ Statement }));
const run = async (...texts: readonly string[]) =>
  (await ok('BatchExecuteStatement', { Statements: statements(texts) })).Responses;
const refused = (...texts: readonly string[]) =>
  refusal('BatchExecuteStatement', { Statements: statements(texts) });
const get = async (id: string) => (await ok('GetItem', { TableName: 'things', Key: { id: { S: id } } })).Item;

beforeAll(async () => {
  await database.table('things', 'id:S', { byName: { key: 'name:S' } });
});

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ql-reference.multiplestatements.batching.html */
describe('a batch', () => {
  it('does what can be done', async () => {
    await run(`INSERT INTO things VALUE {'id': 'a', 'n': 1}`);
    expect(
      await run(
        `INSERT INTO things VALUE {'id': 'b'}`,
        `INSERT INTO things VALUE {'id': 'a'}`,
        `UPDATE things SET n = 2 WHERE id = 'c'`,
        `UPDATE nothing SET n = 2 WHERE id = 'c'`,
        `UPDATE things SET n = 2`,
        `NOTHING`,
        `DELETE FROM things WHERE id = 'd' RETURNING ALL OLD *`,
      ),
    ).toEqual([
      { TableName: 'things' },
      {
        TableName: 'things',
        Error: { Code: 'DuplicateItem', Message: 'Duplicate primary key exists in table' },
      },
      {
        TableName: 'things',
        Error: { Code: 'ConditionalCheckFailed', Message: 'The conditional request failed' },
      },
      { Error: { Code: 'ResourceNotFound', Message: 'Requested resource not found' } },
      {
        TableName: 'things',
        Error: {
          Code: 'ValidationError',
          Message: 'Where clause does not contain a mandatory equality on all key attributes',
        },
      },
      {
        Error: {
          Code: 'ValidationError',
          Message: "Statement wasn't well formed, can't be processed: Expected data manipulation",
        },
      },
      { TableName: 'things' },
    ]);
    expect(await get('b')).toEqual({ id: { S: 'b' } });
    expect(await get('a')).toEqual({ id: { S: 'a' }, n: { N: '1' } });
  });

  it('reads items', async () => {
    await run(`INSERT INTO things VALUE {'id': 'r', 'n': 1, 'm': {'k': 'v'}}`);
    expect(
      await run(
        `SELECT m.k FROM things WHERE id = 'r'`,
        `SELECT * FROM things WHERE id = 'absent'`,
        `SELECT n FROM things WHERE id IN ['r3']`,
        `SELECT * FROM things WHERE id = 'r2' AND n = 2`,
        `SELECT * FROM things WHERE id = 'r2' AND id = 'r4'`,
        `SELECT * FROM things WHERE n = 1`,
        `SELECT * FROM things.byName WHERE name = 'x'`,
        `SELECT * FROM things WHERE id = 1`,
      ),
    ).toEqual([
      { TableName: 'things', Item: { k: { S: 'v' } } },
      { TableName: 'things' },
      { TableName: 'things' },
      ...[0, 1, 2, 3].map(() => ({
        TableName: 'things',
        Error: {
          Code: 'ValidationError',
          Message:
            'Select statements within BatchExecuteStatement must specify the primary key in the where clause.',
        },
      })),
      {
        TableName: 'things',
        Error: { Code: 'ValidationError', Message: 'The provided key element does not match the schema' },
      },
    ]);
  });

  it('takes parameters', async () => {
    const Parameters = [{ S: 'p' }, { N: '01' }];
    const { Responses } = await ok('BatchExecuteStatement', {
      Statements: [
        { Statement: `INSERT INTO things VALUE {'id': ?, 'n': ?}`, Parameters },
        { Statement: `INSERT INTO things VALUE {'id': ?}`, Parameters: [{ SS: [] }] },
      ],
    });
    expect(Responses).toEqual([
      { TableName: 'things' },
      {
        Error: {
          Code: 'ValidationError',
          Message: 'One or more parameter values were invalid: An string set  may not be empty',
        },
      },
    ]);
    expect(await get('p')).toEqual({ id: { S: 'p' }, n: { N: '1' } });
  });

  it('tells what it consumed of each table', async () => {
    const { ConsumedCapacity } = await ok('BatchExecuteStatement', {
      Statements: statements([`DELETE FROM things WHERE id = 'x'`, `DELETE FROM things WHERE id = 'y'`]),
      ReturnConsumedCapacity: 'TOTAL',
    });
    expect(ConsumedCapacity).toEqual([{ TableName: 'things', CapacityUnits: 2 }]);
  });

  it('is refused when it reads and writes, or names an item twice', async () => {
    expect(await refused(`SELECT * FROM things WHERE id = 'a'`, `DELETE FROM things WHERE id = 'b'`)).toBe(
      `${plain}BatchExecuteStatement API does not support both read and write operations in the same request.`,
    );
    expect(await refused(`DELETE FROM things WHERE id = 'b'`, `UPDATE things SET n = 1 WHERE id = 'b'`)).toBe(
      `${plain}Provided list of item keys contains duplicates`,
    );
    expect(await get('b')).toBeDefined();
  });

  it('has 1 to 25 statements', async () => {
    expect(await refused()).toContain('Member must have length greater than or equal to 1');
    expect(
      await refused(...Array.from({ length: 26 }, (_, index) => `DELETE FROM things WHERE id = '${index}'`)),
    ).toContain('Member must have length less than or equal to 25');
  });
});
