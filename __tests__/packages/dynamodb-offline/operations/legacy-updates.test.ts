import { useDatabase } from '../database';

const database = useDatabase();
const { ok, refusal } = database;

const announced = 'ValidationException: 1 validation error detected: ';
const plain = 'ValidationException: ';

beforeAll(() => database.table('things', 'id:S'));

let count = 0;

/** Puts an item with these attributes under a key of its own. */
async function stored(attributes: object) {
  const Key = { id: { S: `stored ${count++}` } };
  await ok('PutItem', { TableName: 'things', Item: { ...Key, ...attributes } });
  return Key;
}

const update = (Key: object, request: object) => ok('UpdateItem', { TableName: 'things', Key, ...request });
const refused = (request: object, Key: object = { id: { S: 'a' } }) =>
  refusal('UpdateItem', { TableName: 'things', Key, ...request });

// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/LegacyConditionalParameters.AttributeUpdates.html
describe('AttributeUpdates', () => {
  it('put, add and delete', async () => {
    const key = await stored({
      put: { S: 'old' },
      count: { N: '1.5' },
      strings: { SS: ['a', 'b'] },
      numbers: { NS: ['1', '2'] },
      list: { L: [{ S: 'a' }] },
      gone: { S: 'x' },
      emptied: { BS: ['AA=='] },
    });
    const { Attributes } = await update(key, {
      AttributeUpdates: {
        put: { Value: { S: 'new' } },
        also: { Action: 'PUT', Value: { M: {} } },
        count: { Action: 'ADD', Value: { N: '-2' } },
        counted: { Action: 'ADD', Value: { N: '7' } },
        strings: { Action: 'ADD', Value: { SS: ['b', 'c'] } },
        numbers: { Action: 'DELETE', Value: { NS: ['2.0', '3'] } },
        list: { Action: 'ADD', Value: { L: [{ S: 'b' }] } },
        listed: { Action: 'ADD', Value: { L: [{ S: 'c' }] } },
        gone: { Action: 'DELETE' },
        emptied: { Action: 'DELETE', Value: { BS: ['AA=='] } },
        absent: { Action: 'DELETE', Value: { SS: ['x'] } },
      },
      ReturnValues: 'ALL_NEW',
    });
    expect(Attributes).toEqual({
      ...key,
      put: { S: 'new' },
      also: { M: {} },
      count: { N: '-0.5' },
      counted: { N: '7' },
      strings: { SS: ['a', 'b', 'c'] },
      numbers: { NS: ['1'] },
      list: { L: [{ S: 'a' }, { S: 'b' }] },
      listed: { L: [{ S: 'c' }] },
    });
  });

  it.each([
    [
      'no value to put',
      { a: { Action: 'PUT' } },
      `${announced}One or more parameter values were invalid: Only DELETE action is allowed when no attribute value is specified`,
    ],
    [
      'no value at all',
      { a: {} },
      `${announced}One or more parameter values were invalid: Only DELETE action is allowed when no attribute value is specified`,
    ],
    [
      'a string to delete',
      { a: { Action: 'DELETE', Value: { S: 'x' } } },
      `${announced}One or more parameter values were invalid: DELETE action with value is not supported for the type S`,
    ],
    [
      'a string to add',
      { a: { Action: 'ADD', Value: { S: 'x' } } },
      `${announced}One or more parameter values were invalid: ADD action is not supported for the type S`,
    ],
    [
      'an action that there is not',
      { a: { Action: 'SET', Value: { S: 'x' } } },
      `${announced}Value 'SET' at 'attributeUpdates.a.member.action' failed to satisfy constraint: Member must satisfy enum value set: [ADD, PUT, DELETE]`,
    ],
    [
      'a key attribute',
      { id: { Value: { S: 'x' } } },
      `${plain}One or more parameter values were invalid: Cannot update attribute id. This attribute is part of the key`,
    ],
    [
      'an empty value',
      { a: { Value: {} } },
      `${plain}Supplied AttributeValue is empty, must contain exactly one of the supported datatypes`,
    ],
  ])('refuse %s', async (_name, AttributeUpdates, message) => {
    expect(await refused({ AttributeUpdates })).toBe(message);
  });

  it.each([
    ['ADD', { N: '1' }],
    ['ADD', { SS: ['x'] }],
    ['ADD', { L: [{ S: 'x' }] }],
    ['DELETE', { NS: ['1'] }],
  ])('refuse to %s %j to a value of another type', async (Action, Value) => {
    const key = await stored({ a: { M: {} } });
    expect(await refused({ AttributeUpdates: { a: { Action, Value } } }, key)).toBe(
      `${plain}Type mismatch for attribute to update`,
    );
  });
});
