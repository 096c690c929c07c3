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

const put = (request: object) =>
  refusal('PutItem', { TableName: 'things', Item: { id: { S: 'a' } }, ...request });
const putItem = (item: object, tableName = 'things') =>
  refusal('PutItem', { TableName: tableName, Item: { id: { S: 'a' }, ...item } });

describe('an item that is put', () => {
  it('is stored with the values of every type, numbers in their normal form', async () => {
    const item = {
      id: { S: 'every type' },
      empty: { S: '' },
      bytes: { B: 'AQID' },
      noBytes: { B: '' },
      yes: { BOOL: true },
      no: { BOOL: false },
      nothing: { NULL: true },
      strings: { SS: ['b', 'a', ''] },
      binaries: { BS: ['AQID', 'AA=='] },
      list: { L: [{ S: 'x' }, { L: [] }, { M: {} }] },
      map: { M: { 'a.b': { M: { c: { NULL: true } } } } },
    };
    const numbers = {
      n: { N: '0123.4500' },
      e: { N: '1.5E3' },
      z: { N: '-0.0' },
      ns: { NS: ['1.0', '02', '3e1'] },
    };
    await ok('PutItem', { TableName: 'things', Item: { ...item, ...numbers } });
    const { Item: stored } = await ok('GetItem', { TableName: 'things', Key: { id: item.id } });
    const { n, e, z, ns, ...rest } = stored as typeof item & typeof numbers;
    expect([n, e, z]).toEqual([{ N: '123.45' }, { N: '1500' }, { N: '0' }]);
    expect([...ns.NS].sort()).toEqual(['1', '2', '30']);
    expect({
      ...rest,
      strings: { SS: [...rest.strings.SS].sort() },
      binaries: { BS: [...rest.binaries.BS].sort() },
    }).toEqual({
      ...item,
      strings: { SS: ['', 'a', 'b'] },
      binaries: { BS: ['AA==', 'AQID'] },
    });
  });

  it('keeps attributes with the names of members of objects', async () => {
    const text =
      '{"id": {"S": "proto"}, "__proto__": {"S": "p"}, "constructor": {"M": {"__proto__": {"N": "1"}}}}';
    await database.ok('PutItem', { TableName: 'things', Item: JSON.parse(text) as unknown });
    const { Item: stored } = await ok('GetItem', { TableName: 'things', Key: { id: { S: 'proto' } } });
    expect(JSON.stringify(Object.entries(stored as object).sort())).toBe(
      JSON.stringify(Object.entries(JSON.parse(text) as object).sort()),
    );
  });

  it('replaces the one that was there, which ALL_OLD answers', async () => {
    const first = { id: { S: 'twice' }, a: { N: '1' } };
    expect(await ok('PutItem', { TableName: 'things', Item: first, ReturnValues: 'ALL_OLD' })).toEqual({});
    const second = { id: { S: 'twice' }, b: { N: '2' } };
    expect(await ok('PutItem', { TableName: 'things', Item: second, ReturnValues: 'ALL_OLD' })).toEqual({
      Attributes: first,
    });
    expect(await ok('PutItem', { TableName: 'things', Item: second, ReturnValues: 'NONE' })).toEqual({});
    expect(await ok('GetItem', { TableName: 'things', Key: { id: { S: 'twice' } } })).toEqual({
      Item: second,
    });
  });

  it('is stored by the ARN of its table', async () => {
    const arn = 'arn:aws:dynamodb:us-east-1:000000000000:table/things';
    await ok('PutItem', { TableName: arn, Item: { id: { S: 'by arn' } } });
    expect(await ok('GetItem', { TableName: 'things', Key: { id: { S: 'by arn' } } })).toEqual({
      Item: { id: { S: 'by arn' } },
    });
  });
});

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.ConditionExpressions.html */
describe('a condition', () => {
  const unlessThere = { ConditionExpression: 'attribute_not_exists(id)' };

  it('keeps an item from being replaced', async () => {
    const item = { id: { S: 'once' }, n: { N: '1' } };
    await ok('PutItem', { TableName: 'things', Item: item, ...unlessThere });
    const again = { TableName: 'things', Item: { id: { S: 'once' }, n: { N: '2' } }, ...unlessThere };
    expect(await refusal('PutItem', again)).toBe(
      'ConditionalCheckFailedException: The conditional request failed',
    );
    expect(await ok('GetItem', { TableName: 'things', Key: { id: { S: 'once' } } })).toEqual({ Item: item });
  });

  it('shows the item that failed it only if it is asked to', async () => {
    const item = { id: { S: 'shown' }, n: { N: '1' } };
    await ok('PutItem', { TableName: 'things', Item: item });
    const failing = { TableName: 'things', Item: item, ...unlessThere };
    const all = await database.call('PutItem', {
      ...failing,
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    });
    expect(all.body.Item).toEqual(item);
    const none = await database.call('PutItem', { ...failing, ReturnValuesOnConditionCheckFailure: 'NONE' });
    expect(none.status).toBe(400);
    expect(none.body).not.toHaveProperty('Item');
  });

  it('that fails for want of an item shows none', async () => {
    const { body } = await database.call('PutItem', {
      TableName: 'things',
      Item: { id: { S: 'nowhere' } },
      ConditionExpression: 'attribute_exists(id)',
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    });
    expect(body.__type).toMatch(/#ConditionalCheckFailedException$/);
    expect(body).not.toHaveProperty('Item');
  });
});

describe('PutItem refuses', () => {
  it('a request without a table or an item, the table first', async () => {
    const tableName = "Value null at 'tableName' failed to satisfy constraint: Member must not be null";
    expect(await refusal('PutItem', { ReturnValues: 'x' })).toBe(announced + tableName);
    expect(await refusal('PutItem', { TableName: '' })).toBe(
      `${announced}Value '' at 'tableName' failed to satisfy constraint: Member must have length greater than or equal to 1`,
    );
    expect(
      await refusal('PutItem', { TableName: 'abc', ReturnConsumedCapacity: 'x', ReturnValues: 'y' }),
    ).toBe(
      "ValidationException: 3 validation errors detected: Value 'x' at 'returnConsumedCapacity' failed to satisfy constraint: Member must satisfy enum value set: [INDEXES, TOTAL, NONE]; " +
        "Value null at 'item' failed to satisfy constraint: Member must not be null; " +
        "Value 'y' at 'returnValues' failed to satisfy constraint: Member must satisfy enum value set: [ALL_NEW, UPDATED_OLD, ALL_OLD, NONE, UPDATED_NEW]",
    );
  });

  it('a table that is not there', async () => {
    expect(await refusal('PutItem', { TableName: 'nothing', Item: { id: { S: 'a' } } })).toBe(
      'ResourceNotFoundException: Requested resource not found',
    );
  });

  it.each([
    [
      { Expected: {}, ConditionExpression: '' },
      'Can not use both expression and non-expression parameters in the same request: Non-expression parameters: {Expected} Expression parameters: {ConditionExpression}',
    ],
    [
      { ExpressionAttributeNames: {} },
      'ExpressionAttributeNames can only be specified when using expressions',
    ],
    [
      { ExpressionAttributeValues: {} },
      'ExpressionAttributeValues can only be specified when using expressions: ConditionExpression is null',
    ],
    [{ ConditionalOperator: 'AND' }, 'ConditionalOperator cannot be used without Filter or Expected'],
    [
      { ConditionalOperator: 'OR', Expected: { a: { Exists: false } } },
      'ConditionalOperator can only be used when Filter or Expected has two or more elements',
    ],
    [{ ReturnValues: 'ALL_NEW' }, 'ReturnValues can only be ALL_OLD or NONE'],
    [{ ReturnValues: 'UPDATED_OLD' }, 'ReturnValues can only be ALL_OLD or NONE'],
    [{ ConditionExpression: '' }, 'Invalid ConditionExpression: The expression can not be empty;'],
    [
      { ConditionExpression: 'a = :a', ExpressionAttributeValues: {} },
      'ExpressionAttributeValues must not be empty',
    ],
    [
      { ConditionExpression: 'a = :a', ExpressionAttributeValues: { a: { S: 'x' } } },
      'ExpressionAttributeValues contains invalid key: Syntax error; key: "a"',
    ],
    [
      { ConditionExpression: 'a = :a' },
      'Invalid ConditionExpression: An expression attribute value used in expression is not defined; attribute value: :a',
    ],
    [
      { ConditionExpression: 'attribute_exists(a)', ExpressionAttributeNames: { '#a': 'a' } },
      'Value provided in ExpressionAttributeNames unused in expressions: keys: {#a}',
    ],
    [
      { ConditionExpression: 'a = :a', ExpressionAttributeValues: { ':a': { S: '' }, ':b': { S: '' } } },
      'Value provided in ExpressionAttributeValues unused in expressions: keys: {:b}',
    ],
    [
      { ConditionExpression: 'a = :a', ExpressionAttributeValues: { ':a': { SS: [] } } },
      'ExpressionAttributeValues contains invalid value: One or more parameter values were invalid: An string set  may not be empty for key :a',
    ],
  ])('%j before it looks at the table', async (request, message) => {
    expect(await put({ TableName: 'nothing', ...request })).toBe(announced + message);
  });

  const invalid = 'One or more parameter values were invalid: ';

  it.each([
    [{ SS: [] }, `${invalid}An string set  may not be empty`],
    [{ NS: [] }, `${invalid}An number set  may not be empty`],
    [{ BS: [] }, `${invalid}Binary sets should not be empty`],
    [{ SS: ['a', null] }, `${invalid}An string set may not have a null string as a member`],
    [{ SS: ['a', 'b', 'a'] }, `${invalid}Input collection [a, b, a] contains duplicates.`],
    [{ NS: ['1', '1.0'] }, 'Input collection contains duplicates'],
    [{ BS: ['AA==', 'AA=='] }, `${invalid}Input collection [AA==, AA==]of type BS contains duplicates.`],
    [{ NULL: false }, `${invalid}Null attribute value types must have the value of true`],
    [{ L: [{ M: { a: { SS: [] } } }] }, `${invalid}An string set  may not be empty`],
    [{ N: 'x' }, 'The parameter cannot be converted to a numeric value: x'],
    [{ N: '' }, 'The parameter cannot be converted to a numeric value: '],
    [
      { N: '1e126' },
      'Number overflow. Attempting to store a number with magnitude larger than supported range',
    ],
    [
      { N: '1e-131' },
      'Number underflow. Attempting to store a number with magnitude smaller than supported range',
    ],
    [{ N: `1${'0'.repeat(37)}1` }, 'Attempting to store more than 38 significant digits in a Number'],
    [
      nested(32),
      'Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond supported limit',
    ],
  ])('the value %j', async (value, message) => {
    expect(await putItem({ value }, 'nothing')).toBe(announced + message);
  });

  it.each([
    [{}, 'Supplied AttributeValue is empty, must contain exactly one of the supported datatypes'],
    [null, 'Supplied AttributeValue is empty, must contain exactly one of the supported datatypes'],
    [{ L: [{}] }, 'Supplied AttributeValue is empty, must contain exactly one of the supported datatypes'],
    [
      { S: 'a', N: '1' },
      'Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes',
    ],
  ])('the value %j, without announcing it', async (value, message) => {
    expect(await putItem({ value }, 'nothing')).toBe(plain + message);
  });

  it('values more than 32 levels deep only', async () => {
    await ok('PutItem', { TableName: 'things', Item: { id: { S: 'deep' }, value: nested(31) } });
  });

  it('names without a letter, or with more than 65,535 bytes', async () => {
    expect(await putItem({ '': { S: 'x' } })).toBe(`${plain}Empty attribute name`);
    expect(await putItem({ a: { M: { ['a'.repeat(65_536)]: { S: 'x' } } } })).toMatch(
      /must be less than 65536 bytes$/,
    );
    await ok('PutItem', {
      TableName: 'things',
      Item: { id: { S: 'long name' }, ['a'.repeat(65_535)]: { S: 'x' } },
    });
  });

  it('an item larger than 400 KB, its names counted', async () => {
    const room = 400 * 1024 - 'id'.length - 'a'.length - 'b'.length;
    await ok('PutItem', { TableName: 'things', Item: { id: { S: 'a' }, b: { S: 'x'.repeat(room) } } });
    expect(await putItem({ b: { S: 'x'.repeat(room + 1) } })).toBe(
      `${plain}Item size has exceeded the maximum allowed size`,
    );
  });

  it('a key that is missing, of another type, empty or too long', async () => {
    const pair = (item: object) => refusal('PutItem', { TableName: 'pairs', Item: item });
    const hash = { id: { S: 'a' } };
    expect(await pair({})).toBe(`${plain}${invalid}Missing the key id in the item`);
    expect(await pair(hash)).toBe(`${plain}${invalid}Missing the key at in the item`);
    expect(await pair({ ...hash, at: { S: '1' } })).toBe(
      `${plain}${invalid}Type mismatch for key at expected: N actual: S`,
    );
    expect(await pair({ id: { L: [] }, at: { N: '1' } })).toBe(
      `${plain}${invalid}Type mismatch for key id expected: S actual: L`,
    );
    expect(await pair({ id: { S: '' }, at: { N: '1' } })).toBe(
      `${plain}One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: id`,
    );
    expect(await pair({ id: { S: 'é'.repeat(1024) + 'a' }, at: { N: '1' } })).toBe(
      `${plain}${invalid}Size of hashkey has exceeded the maximum size limit of2048 bytes`,
    );
    await ok('PutItem', { TableName: 'pairs', Item: { id: { S: 'é'.repeat(1024) }, at: { N: '1' } } });
  });

  it('attributes that cannot be in the index whose key they are', async () => {
    const item = { id: { S: 'a' }, at: { N: '1' } };
    const pair = (more: object) => refusal('PutItem', { TableName: 'pairs', Item: { ...item, ...more } });
    expect(await pair({ color: { N: '1' } })).toBe(
      `${plain}${invalid}Type mismatch for Index Key color Expected: S Actual: N IndexName: byColor`,
    );
    expect(await pair({ length: { M: {} }, size: { S: 'x' } })).toBe(
      `${plain}${invalid}Type mismatch for Index Key length Expected: N Actual: M IndexName: atLength`,
    );
    expect(await pair({ color: { S: '' } })).toBe(
      `${plain}One or more parameter values are not valid. A value specified for a secondary index key is not supported. ` +
        'The AttributeValue for a key attribute cannot contain an empty string value. IndexName: byColor, IndexKey: color',
    );
    expect(await ok('GetItem', { TableName: 'pairs', Key: item })).toEqual({});
  });
});

function nested(levels: number): unknown {
  return levels === 0 ? { S: 'leaf' } : { M: { a: nested(levels - 1) } };
}
