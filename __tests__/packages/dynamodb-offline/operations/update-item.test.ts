import { ConditionalCheckFailedException, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { useDatabase } from '../database';

const database = useDatabase();
const { ok, refusal } = database;

const announced = 'ValidationException: 1 validation error detected: ';
const plain = 'ValidationException: ';

beforeAll(async () => {
  await database.table('things', 'id:S');
  await database.table('pairs', 'id:S at:N', {
    byColor: { key: 'color:S size:N' },
    atLength: { key: 'id:S length:N', local: true },
  });
});

let count = 0;

/** Puts an item with these attributes under a key of its own. */
async function stored(attributes: object) {
  const Key = { id: { S: `stored ${count++}` } };
  await ok('PutItem', { TableName: 'things', Item: { ...Key, ...attributes } });
  return Key;
}

const update = (Key: object, request: object) => ok('UpdateItem', { TableName: 'things', Key, ...request });
const refused = (request: object, Key: object = { id: { S: 'a' } }, TableName = 'things') =>
  refusal('UpdateItem', { TableName, Key, ...request });
const read = async (Key: object) => (await ok('GetItem', { TableName: 'things', Key })).Item;

describe('an update', () => {
  it('makes the item that is not there, with nothing but its key too', async () => {
    const key = { id: { S: 'made' } };
    expect(await update(key, {})).toEqual({});
    expect(await read(key)).toEqual(key);
    const other = { id: { S: 'made with a value' } };
    await update(other, {
      UpdateExpression: 'SET a = :a',
      ExpressionAttributeValues: { ':a': { N: '1' } },
    });
    expect(await read(other)).toEqual({ ...other, a: { N: '1' } });
  });

  // https://github.com/scylladb/scylladb/issues/5862, seen on DynamoDB
  it('that only takes away makes no item', async () => {
    const key = { id: { S: 'not made' } };
    await update(key, { UpdateExpression: 'REMOVE a' });
    await update(key, { UpdateExpression: 'REMOVE a.b' });
    await update(key, { AttributeUpdates: { a: { Action: 'DELETE' } } });
    await update(key, {
      UpdateExpression: 'DELETE a :a',
      ExpressionAttributeValues: { ':a': { SS: ['x'] } },
    });
    expect(await read(key)).toBeUndefined();
    await update(key, {
      UpdateExpression: 'REMOVE a SET b = :b',
      ExpressionAttributeValues: { ':b': { S: 'x' } },
    });
    expect(await read(key)).toEqual({ ...key, b: { S: 'x' } });
  });

  // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/WorkingWithItems.html#WorkingWithItems.AtomicCounters
  it('counts atomically', async () => {
    const key = await stored({ count: { N: '0' } });
    await Promise.all(
      Array.from({ length: 50 }, () =>
        update(key, {
          UpdateExpression: 'SET #c = #c + :one ADD tally :two',
          ExpressionAttributeNames: { '#c': 'count' },
          ExpressionAttributeValues: { ':one': { N: '1' }, ':two': { N: '0.1' } },
        }),
      ),
    );
    expect(await read(key)).toEqual({ ...key, count: { N: '50' }, tally: { N: '5' } });
  });

  it('reads every attribute as it was before', async () => {
    const key = await stored({ n: { N: '5' }, s: { M: { a: { N: '1' }, b: { N: '2' } } } });
    await update(key, {
      UpdateExpression: 'SET prev = n, saved = s ADD n :one REMOVE s.a',
      ExpressionAttributeValues: { ':one': { N: '1' } },
    });
    expect(await read(key)).toEqual({
      ...key,
      n: { N: '6' },
      prev: { N: '5' },
      s: { M: { b: { N: '2' } } },
      saved: { M: { a: { N: '1' }, b: { N: '2' } } },
    });
  });
});

describe('ReturnValues', () => {
  const item = {
    a: { N: '1' },
    m: { M: { x: { S: 'x' }, y: { S: 'y' } } },
    l: { L: [{ S: 'a' }, { S: 'b' }, { S: 'c' }] },
  };
  const change = {
    UpdateExpression: 'SET a = a + :one, m.x = :new, l[1] = :new, added = :new REMOVE m.y',
    ExpressionAttributeValues: { ':one': { N: '1' }, ':new': { S: 'new' } },
  };
  const after = {
    a: { N: '2' },
    added: { S: 'new' },
    m: { M: { x: { S: 'new' } } },
    l: { L: [{ S: 'a' }, { S: 'new' }, { S: 'c' }] },
  };

  it.each([
    ['NONE', undefined],
    ['ALL_OLD', item],
    ['ALL_NEW', after],
    // Of documents, only what the paths of the update name.
    ['UPDATED_OLD', { a: item.a, m: item.m, l: { L: [{ S: 'b' }] } }],
    [
      'UPDATED_NEW',
      { a: after.a, added: after.added, m: { M: { x: { S: 'new' } } }, l: { L: [{ S: 'new' }] } },
    ],
  ])('%s', async (ReturnValues, attributes) => {
    const key = await stored(item);
    const { Attributes } = await update(key, { ...change, ReturnValues });
    const isWhole = ReturnValues.startsWith('ALL');
    expect(Attributes).toEqual(attributes && (isWhole ? { ...key, ...attributes } : attributes));
  });

  it.each(['NONE', 'ALL_OLD', 'UPDATED_OLD'])('%s of an item that was not there', async (ReturnValues) => {
    const key = { id: { S: `not there, ${ReturnValues}` } };
    expect(await update(key, { UpdateExpression: 'SET a = id', ReturnValues })).toEqual({});
  });

  it('ALL_NEW and UPDATED_NEW of an item that was not there', async () => {
    const [one, two] = [{ id: { S: 'new one' } }, { id: { S: 'new two' } }];
    const set = { UpdateExpression: 'SET a = id' };
    expect(await update(one, { ...set, ReturnValues: 'ALL_NEW' })).toEqual({
      Attributes: { ...one, a: one.id },
    });
    expect(await update(two, { ...set, ReturnValues: 'UPDATED_NEW' })).toEqual({ Attributes: { a: two.id } });
  });

  it('are left out when they would be empty', async () => {
    const key = await stored({ parent: { M: { child: { N: '1' } } }, y: { N: '1' } });
    const remove = (path: string, ReturnValues: string) =>
      update(key, { UpdateExpression: `REMOVE ${path}`, ReturnValues });
    expect(await remove('y', 'UPDATED_NEW')).toEqual({});
    expect(await remove('y', 'UPDATED_NEW')).toEqual({});
    expect(await remove('y', 'UPDATED_OLD')).toEqual({});
    expect(await remove('parent.child', 'UPDATED_NEW')).toEqual({});
    expect(await update(key, { ReturnValues: 'UPDATED_NEW' })).toEqual({});
    expect(
      await update(key, { AttributeUpdates: { z: { Action: 'DELETE' } }, ReturnValues: 'UPDATED_NEW' }),
    ).toEqual({});
  });
});

describe('a condition of an update', () => {
  const condition = {
    ConditionExpression: 'a = :two',
    UpdateExpression: 'SET a = :two',
    ExpressionAttributeValues: { ':two': { N: '2' } },
  };

  it('that does not hold refuses it, with the item where it is asked for', async () => {
    const key = await stored({ a: { N: '1' } });
    const { status, body } = await database.call('UpdateItem', {
      TableName: 'things',
      Key: key,
      ...condition,
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    });
    expect(status).toBe(400);
    expect(body).toEqual({
      __type: 'com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException',
      message: 'The conditional request failed',
      Item: { ...key, a: { N: '1' } },
    });
    expect(await read(key)).toEqual({ ...key, a: { N: '1' } });
    await expect(
      database.client.send(
        new UpdateItemCommand({
          TableName: 'things',
          Key: key,
          ...condition,
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        }),
      ),
    ).rejects.toMatchObject({
      constructor: ConditionalCheckFailedException,
      Item: { ...key, a: { N: '1' } },
    });
  });

  it('on an item that is not there fails without one', async () => {
    const { body } = await database.call('UpdateItem', {
      TableName: 'things',
      Key: { id: { S: 'no such' } },
      UpdateExpression: 'SET b = :b',
      ConditionExpression: 'attribute_exists(id)',
      ExpressionAttributeValues: { ':b': { N: '1' } },
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    });
    expect(body).toEqual({
      __type: 'com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException',
      message: 'The conditional request failed',
    });
    expect(await read({ id: { S: 'no such' } })).toBeUndefined();
  });
});

describe('UpdateItem refuses', () => {
  it.each([
    [
      'an update beside attribute updates',
      {
        UpdateExpression: 'REMOVE b',
        ConditionExpression: 'attribute_exists(id)',
        AttributeUpdates: {},
        Expected: {},
        ConditionalOperator: 'AND',
      },
      `${announced}Can not use both expression and non-expression parameters in the same request: Non-expression parameters: {AttributeUpdates, Expected, ConditionalOperator} Expression parameters: {UpdateExpression, ConditionExpression}`,
    ],
    [
      'names without an expression',
      { ExpressionAttributeNames: { '#a': 'a' } },
      `${announced}ExpressionAttributeNames can only be specified when using expressions`,
    ],
    [
      'values without an expression',
      { ExpressionAttributeValues: { ':a': { S: 'a' } } },
      `${announced}ExpressionAttributeValues can only be specified when using expressions: UpdateExpression and ConditionExpression are null`,
    ],
    [
      'an empty expression',
      { UpdateExpression: '' },
      `${announced}Invalid UpdateExpression: The expression can not be empty;`,
    ],
    [
      'a wrong expression',
      { UpdateExpression: 'SET a' },
      `${announced}Invalid UpdateExpression: Syntax error; token: "<EOF>", near: "a"`,
    ],
    [
      'unused values',
      {
        UpdateExpression: 'SET a = :a',
        ExpressionAttributeValues: { ':a': { S: 'a' }, ':b': { S: 'b' } },
      },
      `${announced}Value provided in ExpressionAttributeValues unused in expressions: keys: {:b}`,
    ],
    [
      'a wrong condition, before a wrong update',
      { UpdateExpression: 'SET', ConditionExpression: 'a = :a' },
      `${announced}Invalid ConditionExpression: An expression attribute value used in expression is not defined; attribute value: :a`,
    ],
    [
      'a set without members among its values',
      { UpdateExpression: 'SET a = :a', ExpressionAttributeValues: { ':a': { SS: [] } } },
      `${announced}ExpressionAttributeValues contains invalid value: One or more parameter values were invalid: An string set  may not be empty for key :a`,
    ],
    [
      'numbers that are none among its values',
      { UpdateExpression: 'SET a = :a', ExpressionAttributeValues: { ':a': { N: 'x' } } },
      `${announced}The parameter cannot be converted to a numeric value: x`,
    ],
    [
      'a value for ReturnValues that there is not',
      { ReturnValues: 'ALL', ReturnConsumedCapacity: 'x' },
      `${announced}Value 'ALL' at 'returnValues' failed to satisfy constraint: Member must satisfy enum value set: [ALL_NEW, UPDATED_OLD, ALL_OLD, NONE, UPDATED_NEW]`,
    ],
    [
      'to change the key',
      { UpdateExpression: 'SET id = :a', ExpressionAttributeValues: { ':a': { S: 'a' } } },
      `${plain}One or more parameter values were invalid: Cannot update attribute id. This attribute is part of the key`,
    ],
    [
      'to read what is not there',
      { UpdateExpression: 'SET b = nothing' },
      `${plain}The provided expression refers to an attribute that does not exist in the item`,
    ],
    [
      'a path into what is not there',
      { UpdateExpression: 'SET b.c = :a', ExpressionAttributeValues: { ':a': { S: 'a' } } },
      `${plain}The document path provided in the update expression is invalid for update`,
    ],
  ])('%s', async (_name, request, message) => {
    expect(await refused(request)).toBe(message);
  });

  it('a key that is none', async () => {
    const schema = `${plain}The provided key element does not match the schema`;
    expect(await refused({}, {})).toBe(schema);
    expect(await refused({}, { id: { N: '1' } })).toBe(schema);
    expect(await refused({}, { id: { S: 'a' }, more: { S: 'a' } })).toBe(schema);
    expect(await refused({}, { id: { S: '' } })).toBe(
      `${plain}One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: id`,
    );
    expect(await refused({}, { id: {} })).toBe(
      `${plain}Supplied AttributeValue is empty, must contain exactly one of the supported datatypes`,
    );
  });

  it('values that an index cannot have as its keys', async () => {
    const key = { id: { S: 'a' }, at: { N: '1' } };
    const set = (name: string, value: object) =>
      refused(
        { UpdateExpression: `SET ${name} = :v`, ExpressionAttributeValues: { ':v': value } },
        key,
        'pairs',
      );
    expect(await set('color', { N: '1' })).toBe(
      `${plain}One or more parameter values were invalid: Type mismatch for Index Key color Expected: S Actual: N IndexName: byColor`,
    );
    expect(await set('color', { S: '' })).toBe(
      `${plain}One or more parameter values are not valid. The update expression attempted to update a secondary index key to a value that is not supported. The AttributeValue for a key attribute cannot contain an empty string value.`,
    );
    expect(await set('color.x', { S: 'x' })).toBe(
      `${plain}Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: IndexKey: color`,
    );
  });

  it('an item that would be larger than 400 KB, and keeps it as it was', async () => {
    const key = await stored({ a: { S: 'x'.repeat(200_000) } });
    const grow = {
      UpdateExpression: 'SET b = :b',
      ExpressionAttributeValues: { ':b': { S: 'x'.repeat(210_000) } },
    };
    expect(await refused(grow, key)).toBe(
      `${plain}Item size to update has exceeded the maximum allowed size`,
    );
    expect(await read(key)).toEqual({ ...key, a: { S: 'x'.repeat(200_000) } });
  });

  it('a table that is not there', async () => {
    expect(await refused({}, { id: { S: 'a' } }, 'absent')).toBe(
      'ResourceNotFoundException: Requested resource not found',
    );
  });
});
