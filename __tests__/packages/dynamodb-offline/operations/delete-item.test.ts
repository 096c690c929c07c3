import { DeleteItemCommand } from '@aws-sdk/client-dynamodb';
import { useDatabase } from '../database';

const database = useDatabase();
const { ok, refusal } = database;

const plain = 'ValidationException: ';
const item = { id: { S: 'a' }, price: { N: '5' } };
const Key = { id: item.id };

beforeAll(async () => {
  await database.table('things', 'id:S');
});
beforeEach(async () => {
  await ok('PutItem', { TableName: 'things', Item: item });
});

const remove = (request: object) => ok('DeleteItem', { TableName: 'things', Key, ...request });
const refused = (request: object) => refusal('DeleteItem', { TableName: 'things', Key, ...request });
const read = async () => (await ok('GetItem', { TableName: 'things', Key })).Item;

describe('an item that is deleted', () => {
  it('is gone, and may be deleted again', async () => {
    expect(await remove({})).toEqual({});
    expect(await read()).toBeUndefined();
    expect(await remove({ ReturnValues: 'ALL_OLD' })).toEqual({});
  });

  it('is answered by ALL_OLD', async () => {
    expect(await remove({ ReturnValues: 'ALL_OLD' })).toEqual({ Attributes: item });
  });

  it('answers the SDK', async () => {
    const command = new DeleteItemCommand({ TableName: 'things', Key, ReturnValues: 'ALL_OLD' });
    expect((await database.client.send(command)).Attributes).toEqual(item);
  });

  // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.ConditionExpressions.html
  it('stays when the condition does not hold', async () => {
    const condition = {
      ConditionExpression: 'price > :most',
      ExpressionAttributeValues: { ':most': { N: '5' } },
    };
    expect(await refused(condition)).toBe('ConditionalCheckFailedException: The conditional request failed');
    expect(await read()).toEqual(item);
    const { body } = await database.call('DeleteItem', {
      TableName: 'things',
      Key,
      ...condition,
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    });
    expect(body.Item).toEqual(item);
    await remove({ ...condition, ExpressionAttributeValues: { ':most': { N: '4' } } });
    expect(await read()).toBeUndefined();
  });
});

describe('DeleteItem refuses', () => {
  it.each([
    [
      'a condition beside what it replaces',
      { ConditionExpression: 'attribute_exists(id)', Expected: {} },
      'Can not use both expression and non-expression parameters in the same request: Non-expression parameters: {Expected} Expression parameters: {ConditionExpression}',
    ],
    [
      'names without a condition',
      { ExpressionAttributeNames: { '#a': 'a' } },
      'ExpressionAttributeNames can only be specified when using expressions',
    ],
    [
      'values without a condition',
      { ExpressionAttributeValues: { ':a': { S: 'a' } } },
      'ExpressionAttributeValues can only be specified when using expressions: ConditionExpression is null',
    ],
    [
      'a wrong condition',
      { ConditionExpression: 'price >' },
      'Invalid ConditionExpression: Syntax error; token: "<EOF>", near: ">"',
    ],
    ['to return what it does not', { ReturnValues: 'ALL_NEW' }, 'ReturnValues can only be ALL_OLD or NONE'],
    [
      'a key that is none',
      { Key: { id: { S: 'a' }, price: { N: '5' } } },
      'The provided key element does not match the schema',
    ],
    [
      'an empty key',
      { Key: { id: { S: '' } } },
      'One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: id',
    ],
    [
      'a key without a value',
      { Key: { id: {} } },
      'Supplied AttributeValue is empty, must contain exactly one of the supported datatypes',
    ],
  ])('%s', async (_name, request, message) => {
    expect(await refused(request)).toBe(plain + message);
  });

  it('what lacks members, or has unknown words, all at once', async () => {
    expect(
      await refusal('DeleteItem', {
        ReturnConsumedCapacity: 'a',
        ReturnItemCollectionMetrics: 'b',
        ReturnValues: 'c',
      }),
    ).toBe(
      `${plain}5 validation errors detected: ` +
        "Value 'a' at 'returnConsumedCapacity' failed to satisfy constraint: Member must satisfy enum value set: [INDEXES, TOTAL, NONE]; " +
        "Value null at 'tableName' failed to satisfy constraint: Member must not be null; " +
        "Value 'c' at 'returnValues' failed to satisfy constraint: Member must satisfy enum value set: [ALL_NEW, UPDATED_OLD, ALL_OLD, NONE, UPDATED_NEW]; " +
        "Value 'b' at 'returnItemCollectionMetrics' failed to satisfy constraint: Member must satisfy enum value set: [SIZE, NONE]; " +
        "Value null at 'key' failed to satisfy constraint: Member must not be null",
    );
  });
});
