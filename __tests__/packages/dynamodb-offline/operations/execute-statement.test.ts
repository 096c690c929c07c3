import { useDatabase } from '../database';

const database = useDatabase();
const { ok, refusal } = database;
const plain = 'ValidationException: ';

const run = (Statement: string, request: object = {}) => ok('ExecuteStatement', { Statement, ...request });
const refused = (Statement: string, request: object = {}) =>
  refusal('ExecuteStatement', { Statement, ...request });
const put = (TableName: string, Item: object) => ok('PutItem', { TableName, Item });
const get = async (TableName: string, Key: object) => (await ok('GetItem', { TableName, Key })).Item;

beforeAll(async () => {
  await database.table('things', 'id:S');
  await database.table('orders', 'customer:S at:N');
});

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ql-reference.insert.html */
describe('INSERT', () => {
  it('makes an item, once', async () => {
    const statement = `INSERT INTO things VALUE {'id': 'new', 'n': 1, 'tags': <<'x'>>}`;
    expect(await run(statement)).toEqual({ Items: [] });
    expect(await get('things', { id: { S: 'new' } })).toEqual({
      id: { S: 'new' },
      n: { N: '1' },
      tags: { SS: ['x'] },
    });
    expect(await refused(statement)).toBe('DuplicateItemException: Duplicate primary key exists in table');
  });

  it('refuses what is no item of the table', async () => {
    expect(await refused(`INSERT INTO things VALUE {'n': 1}`)).toBe(
      `${plain}One or more parameter values were invalid: Missing the key id in the item`,
    );
    expect(await refused(`INSERT INTO things VALUE {'id': 1}`)).toBe(
      `${plain}One or more parameter values were invalid: Type mismatch for key id expected: S actual: N`,
    );
    expect(
      await refused(`INSERT INTO things VALUE {'id': 'big', 'a': ?}`, {
        Parameters: [{ S: 'x'.repeat(409_600) }],
      }),
    ).toBe(`${plain}Item size has exceeded the maximum allowed size`);
    expect(
      await refused(`INSERT INTO things VALUE {'id': 'set', 'a': ?}`, { Parameters: [{ SS: [] }] }),
    ).toBe(`${plain}One or more parameter values were invalid: An string set  may not be empty`);
    expect(await get('things', { id: { S: 'set' } })).toBeUndefined();
  });
});

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ql-reference.update.html */
describe('UPDATE', () => {
  const before = {
    id: { S: 'up' },
    n: { N: '1' },
    l: { L: [{ S: 'a' }, { S: 'b' }] },
    s: { NS: ['1', '2'] },
    gone: { S: 'x' },
  };

  beforeEach(() => put('things', before));

  it('changes an item', async () => {
    expect(
      await run(
        `UPDATE things SET n = n + 2, l = list_append(l, ['c']) SET s = set_add(s, <<3>>)
         SET absent = if_not_exists(absent, 'y') REMOVE gone WHERE id = 'up'`,
      ),
    ).toEqual({ Items: [] });
    expect(await get('things', { id: { S: 'up' } })).toEqual({
      id: { S: 'up' },
      n: { N: '3' },
      l: { L: [{ S: 'a' }, { S: 'b' }, { S: 'c' }] },
      s: { NS: ['1', '2', '3'] },
      absent: { S: 'y' },
    });
    await run(`UPDATE things SET s = set_delete(s, <<1, 2, 3>>) WHERE id = 'up'`);
    expect(await get('things', { id: { S: 'up' } })).not.toHaveProperty('s');
  });

  it('answers what it is asked for', async () => {
    const returning = (what: string) =>
      run(`UPDATE things SET n = n + 1 WHERE id = 'up' RETURNING ${what} *`);
    expect(await returning('MODIFIED OLD')).toEqual({ Items: [{ n: { N: '1' } }] });
    expect(await returning('MODIFIED NEW')).toEqual({ Items: [{ n: { N: '3' } }] });
    expect(await returning('ALL OLD')).toEqual({ Items: [{ ...before, n: { N: '3' } }] });
    expect(await returning('ALL NEW')).toEqual({ Items: [{ ...before, n: { N: '5' } }] });
  });

  it('makes no item', async () => {
    const failed = 'ConditionalCheckFailedException: The conditional request failed';
    expect(await refused(`UPDATE things SET n = 1 WHERE id = 'absent'`)).toBe(failed);
    expect(await get('things', { id: { S: 'absent' } })).toBeUndefined();
  });

  it('checks what is not the key', async () => {
    expect(await refused(`UPDATE things SET n = 9 WHERE id = 'up' AND n = 2`)).toBe(
      'ConditionalCheckFailedException: The conditional request failed',
    );
    const { body } = await database.call('ExecuteStatement', {
      Statement: `UPDATE things SET n = 9 WHERE id = 'up' AND n = 2`,
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    });
    expect(body.Item).toEqual(before);
    await run(`UPDATE things SET n = 9 WHERE n = 1 AND id = 'up'`);
    expect(await get('things', { id: { S: 'up' } })).toEqual({ ...before, n: { N: '9' } });
  });

  it.each([
    ['UPDATE things SET n = 1', 'Where clause does not contain a mandatory equality on all key attributes'],
    [
      `UPDATE things SET n = 1 WHERE n = 1`,
      'Where clause does not contain a mandatory equality on all key attributes',
    ],
    [
      `UPDATE orders SET note = 'x' WHERE customer = 'a'`,
      'Where clause does not contain a mandatory equality on all key attributes',
    ],
    [
      `UPDATE things SET n = 1 WHERE id = 'up' AND id = 'down'`,
      'Multiple conditions on same key id. Only single item Update/Insert/Delete are supported',
    ],
    [`UPDATE things SET n = 1 WHERE id = 1`, 'The provided key element does not match the schema'],
    [
      `UPDATE things SET id = 'x' WHERE id = 'up'`,
      'One or more parameter values were invalid: Cannot update attribute id. This attribute is part of the key',
    ],
    [
      `UPDATE things SET n = l + 1 WHERE id = 'up'`,
      'An operand in the update expression has an incorrect data type',
    ],
  ])('refuses %s', async (statement, message) => {
    expect(await refused(statement)).toBe(plain + message);
  });
});

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ql-reference.delete.html */
describe('DELETE', () => {
  const item = { id: { S: 'down' }, n: { N: '1' } };

  beforeEach(() => put('things', item));

  it('deletes an item', async () => {
    expect(await run(`DELETE FROM things WHERE id = 'down'`)).toEqual({ Items: [] });
    expect(await get('things', { id: { S: 'down' } })).toBeUndefined();
    expect(await run(`DELETE FROM things WHERE id = 'down'`)).toEqual({ Items: [] });
  });

  it('answers what was there', async () => {
    const statement = `DELETE FROM things WHERE id = 'down' RETURNING ALL OLD *`;
    expect(await run(statement)).toEqual({ Items: [item] });
    expect(await run(statement)).toEqual({ Items: [] });
  });

  it('checks what is not the key', async () => {
    expect(await refused(`DELETE FROM things WHERE id = 'down' AND n = 2`)).toBe(
      'ConditionalCheckFailedException: The conditional request failed',
    );
    expect(await get('things', { id: { S: 'down' } })).toEqual(item);
  });

  it('is done when nothing is there, whatever the condition', async () => {
    await run(`DELETE FROM things WHERE id = 'down'`);
    expect(await run(`DELETE FROM things WHERE id = 'down' AND n = 2`)).toEqual({ Items: [] });
  });

  it('refuses to answer anything else', async () => {
    expect(await refused(`DELETE FROM things WHERE id = 'down' RETURNING MODIFIED OLD *`)).toBe(
      `${plain}Invalid returning clause: RETURNING MODIFIED OLD *. Only RETURNING ALL OLD * is allowed in DELETE statements.`,
    );
  });
});

it('checks conditions of transactions only there', async () => {
  expect(await refused(`EXISTS(SELECT * FROM things WHERE id = 'a' AND n = 1)`)).toBe(
    `${plain}EXISTS can only be used in ExecuteTransaction write requests.`,
  );
});

it('refuses a request without a statement', async () => {
  expect(await refusal('ExecuteStatement', {})).toBe(
    `${plain}1 validation error detected: Value null at 'statement' failed to satisfy constraint: Member must not be null`,
  );
});
