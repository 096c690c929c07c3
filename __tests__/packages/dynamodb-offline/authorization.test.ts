import {
  DynamoDBError,
  start,
  type Caller,
  type ConditionKeys,
  type DynamoDBOffline,
} from '../../../packages/dynamodb-offline/index';

const TABLE = 'arn:aws:dynamodb:eu-west-1:123456789012:table/Orders';
const TABLE_2 = 'arn:aws:dynamodb:eu-west-1:123456789012:table/Other';

interface Asked {
  readonly caller: Caller;
  readonly operation: string;
  readonly accesses: readonly {
    readonly action: string;
    readonly resource: string;
    readonly keys: ConditionKeys;
  }[];
}

let db: DynamoDBOffline;
let asked: Asked | undefined;
let refusal: DynamoDBError | undefined;
beforeAll(async () => {
  db = await start({
    region: 'eu-west-1',
    accountId: '123456789012',
    authorize: (caller, accesses, operation) => {
      const told = accesses.map(({ action, resource, conditionKeys }) => ({
        action,
        resource,
        keys: conditionKeys(),
      }));
      asked = { caller, operation, accesses: told };
      return refusal;
    },
  });
  const key = (...names: string[]) =>
    names.map((AttributeName, index) => ({ AttributeName, KeyType: index === 0 ? 'HASH' : 'RANGE' }));
  await db.call('CreateTable', {
    TableName: 'Orders',
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [
      { AttributeName: 'user', AttributeType: 'S' },
      { AttributeName: 'number', AttributeType: 'N' },
      { AttributeName: 'state', AttributeType: 'B' },
    ],
    KeySchema: key('user', 'number'),
    GlobalSecondaryIndexes: [
      { IndexName: 'byState', KeySchema: key('state'), Projection: { ProjectionType: 'ALL' } },
    ],
  });
});
afterAll(() => db.stop());
beforeEach(() => {
  asked = undefined;
  refusal = undefined;
});

async function ask(operation: string, request: object) {
  const service = /Stream|Shard|Records/.test(operation) ? 'DynamoDBStreams' : 'DynamoDB';
  const answer = await fetch(db.endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-date': '20261129T000000Z',
      'x-amz-target': `${service}_20120810.${operation}`,
      authorization:
        'AWS4-HMAC-SHA256 Credential=ASIAROLE/20261129/eu-west-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
    },
    body: JSON.stringify(request),
  });
  return { status: answer.status, body: (await answer.json()) as object };
}

const Key = { user: { S: 'me' }, number: { N: '7' } };

// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html
it.each<[string, object, readonly [string, string, ConditionKeys][]]>([
  [
    'GetItem',
    { TableName: 'Orders', Key },
    [
      [
        'GetItem',
        TABLE,
        {
          'dynamodb:LeadingKeys': ['me'],
          'dynamodb:Attributes': ['user', 'number'],
          'dynamodb:Select': 'ALL_ATTRIBUTES',
        },
      ],
    ],
  ],
  [
    'GetItem',
    {
      TableName: TABLE,
      Key,
      ProjectionExpression: 'amount.net, #t[0]',
      ExpressionAttributeNames: { '#t': 'tags' },
      ReturnConsumedCapacity: 'TOTAL',
    },
    [
      [
        'GetItem',
        TABLE,
        {
          'dynamodb:LeadingKeys': ['me'],
          'dynamodb:Attributes': ['user', 'number', 'amount', 'tags'],
          'dynamodb:Select': 'SPECIFIC_ATTRIBUTES',
          'dynamodb:ReturnConsumedCapacity': 'TOTAL',
        },
      ],
    ],
  ],
  [
    'UpdateItem',
    {
      TableName: 'Orders',
      Key,
      UpdateExpression: 'SET a.b = if_not_exists(c, :v), d = list_append(e, :l) REMOVE f ADD g :v',
      ConditionExpression: 'size(h) > :v AND (NOT contains(i, j) OR k BETWEEN l AND :v)',
      ExpressionAttributeValues: { ':v': { N: '1' }, ':l': { L: [{ M: { path: { S: 'no attribute' } } }] } },
      ReturnValues: 'UPDATED_NEW',
    },
    [
      [
        'UpdateItem',
        TABLE,
        {
          'dynamodb:LeadingKeys': ['me'],
          'dynamodb:Attributes': ['user', 'number', ...'acdefghijkl'],
          'dynamodb:ReturnValues': 'UPDATED_NEW',
        },
      ],
    ],
  ],
  [
    'PutItem',
    { TableName: 'Orders', Item: { ...Key, amount: { M: { net: { N: '1' } } } } },
    [
      [
        'PutItem',
        TABLE,
        { 'dynamodb:LeadingKeys': ['me'], 'dynamodb:Attributes': ['user', 'number', 'amount'] },
      ],
    ],
  ],
  [
    'Query',
    {
      TableName: 'Orders',
      KeyConditionExpression: '#u = :u AND #n > :n',
      FilterExpression: 'amount > :n',
      ExpressionAttributeNames: { '#u': 'user', '#n': 'number' },
      ExpressionAttributeValues: { ':u': { S: 'me' }, ':n': { N: '1' } },
      Select: 'COUNT',
    },
    [
      [
        'Query',
        TABLE,
        {
          'dynamodb:LeadingKeys': ['me'],
          'dynamodb:Attributes': ['amount', 'user', 'number'],
          'dynamodb:Select': 'COUNT',
        },
      ],
    ],
  ],
  [
    'Query',
    {
      TableName: 'Orders',
      IndexName: 'byState',
      KeyConditions: { state: { ComparisonOperator: 'EQ', AttributeValueList: [{ B: 'AAE=' }] } },
    },
    [
      [
        'Query',
        `${TABLE}/index/byState`,
        {
          'dynamodb:LeadingKeys': ['AAE='],
          'dynamodb:Attributes': ['state'],
          'dynamodb:Select': 'ALL_PROJECTED_ATTRIBUTES',
        },
      ],
    ],
  ],
  ['Scan', { TableName: 'Orders' }, [['Scan', TABLE, { 'dynamodb:Select': 'ALL_ATTRIBUTES' }]]],
  [
    'BatchGetItem',
    {
      RequestItems: {
        Orders: { Keys: [Key, { ...Key, user: { S: 'you' } }], AttributesToGet: ['amount'] },
        Other: { Keys: [] },
      },
    },
    [
      [
        'BatchGetItem',
        TABLE,
        {
          'dynamodb:LeadingKeys': ['me', 'you'],
          'dynamodb:Attributes': ['user', 'number', 'amount'],
          'dynamodb:Select': 'SPECIFIC_ATTRIBUTES',
        },
      ],
      ['BatchGetItem', TABLE_2, { 'dynamodb:Select': 'ALL_ATTRIBUTES' }],
    ],
  ],
  [
    'BatchWriteItem',
    {
      RequestItems: {
        Orders: [
          { PutRequest: { Item: { ...Key, amount: { N: '1' } } } },
          { DeleteRequest: { Key: { ...Key, user: { S: 'you' } } } },
        ],
      },
    },
    [
      [
        'BatchWriteItem',
        TABLE,
        { 'dynamodb:LeadingKeys': ['me', 'you'], 'dynamodb:Attributes': ['user', 'number', 'amount'] },
      ],
    ],
  ],
  [
    'TransactWriteItems',
    {
      TransactItems: [
        { Put: { TableName: 'Orders', Item: Key } },
        { ConditionCheck: { TableName: 'Other', Key, ConditionExpression: 'attribute_exists(z)' } },
      ],
    },
    [
      [
        'PutItem',
        TABLE,
        {
          'dynamodb:LeadingKeys': ['me'],
          'dynamodb:Attributes': ['user', 'number'],
          'dynamodb:EnclosingOperation': 'TransactWriteItems',
        },
      ],
      [
        'ConditionCheckItem',
        TABLE_2,
        {
          'dynamodb:Attributes': ['user', 'number', 'z'],
          'dynamodb:EnclosingOperation': 'TransactWriteItems',
        },
      ],
    ],
  ],
  [
    'ExecuteStatement',
    {
      Statement: 'SELECT amount FROM "Orders"."byState" WHERE state = ? AND amount > 1',
      Parameters: [{ B: 'AAE=' }],
    },
    [
      [
        'PartiQLSelect',
        `${TABLE}/index/byState`,
        {
          'dynamodb:LeadingKeys': ['AAE='],
          'dynamodb:Attributes': ['state', 'amount'],
          'dynamodb:Select': 'SPECIFIC_ATTRIBUTES',
        },
      ],
    ],
  ],
  [
    'ExecuteStatement',
    { Statement: `SELECT * FROM "Orders" WHERE "user" = 'me' OR "user" IN ['you', 'me'] AND "number" = 1` },
    [
      [
        'PartiQLSelect',
        TABLE,
        {
          'dynamodb:LeadingKeys': ['me', 'you'],
          'dynamodb:Attributes': ['user', 'number'],
          'dynamodb:Select': 'ALL_ATTRIBUTES',
        },
      ],
    ],
  ],
  [
    'ExecuteStatement',
    { Statement: `SELECT * FROM "Orders" WHERE "user" = 'me' OR "number" = 1` },
    [
      [
        'PartiQLSelect',
        TABLE,
        { 'dynamodb:Attributes': ['user', 'number'], 'dynamodb:Select': 'ALL_ATTRIBUTES' },
      ],
    ],
  ],
  [
    'BatchExecuteStatement',
    {
      Statements: [
        { Statement: `INSERT INTO "Orders" VALUE {'user': 'me', 'number': 1}` },
        { Statement: `DELETE FROM "Other" WHERE id = 'x'` },
      ],
    },
    [
      ['PartiQLInsert', TABLE, { 'dynamodb:LeadingKeys': ['me'], 'dynamodb:Attributes': ['user', 'number'] }],
      ['PartiQLDelete', TABLE_2, { 'dynamodb:Attributes': ['id'] }],
    ],
  ],
  [
    'ExecuteTransaction',
    {
      TransactStatements: [
        { Statement: `UPDATE "Orders" SET amount = 1 WHERE "user" = 'me' AND "number" = 1` },
      ],
    },
    [
      [
        'PartiQLUpdate',
        TABLE,
        {
          'dynamodb:LeadingKeys': ['me'],
          'dynamodb:Attributes': ['user', 'number', 'amount'],
          'dynamodb:EnclosingOperation': 'ExecuteTransaction',
        },
      ],
    ],
  ],
  ['ListTables', {}, [['ListTables', '*', {}]]],
  ['DescribeTable', { TableName: 'Orders' }, [['DescribeTable', TABLE, {}]]],
  [
    'CreateTable',
    { TableName: 'Other', Tags: [] },
    [
      ['CreateTable', TABLE_2, {}],
      ['TagResource', TABLE_2, {}],
    ],
  ],
  ['ListTagsOfResource', { ResourceArn: TABLE }, [['ListTagsOfResource', TABLE, {}]]],
  ['DescribeStream', { StreamArn: `${TABLE}/stream/x` }, [['DescribeStream', `${TABLE}/stream/x`, {}]]],
  ['GetRecords', { ShardIterator: `${TABLE}/stream/x|1|abc` }, [['GetRecords', `${TABLE}/stream/x`, {}]]],
])('%s %j asks for what AWS asks for', async (operation, request, expected) => {
  await ask(operation, request);
  expect(asked).toEqual({
    caller: { accessKeyId: 'ASIAROLE', region: 'eu-west-1' },
    operation,
    accesses: expected.map(([action, resource, keys]) => ({ action: `dynamodb:${action}`, resource, keys })),
  });
});

it('answers what the decision says, and does nothing', async () => {
  refusal = new DynamoDBError('com.amazon.coral.service#AccessDeniedException', '', {
    Message: 'You may not',
  });
  expect(await ask('PutItem', { TableName: 'Orders', Item: { ...Key, user: { S: 'refused' } } })).toEqual({
    status: 400,
    body: { __type: 'com.amazon.coral.service#AccessDeniedException', Message: 'You may not' },
  });
  const { Item } = (await db.call('GetItem', {
    TableName: 'Orders',
    Key: { ...Key, user: { S: 'refused' } },
  })) as {
    Item?: object;
  };
  expect(Item).toBeUndefined();
});

it('asks before it tells what is wrong with a request', async () => {
  refusal = new DynamoDBError('com.amazon.coral.service#AccessDeniedException', '', {
    Message: 'You may not',
  });
  expect(await ask('Query', { TableName: 'Orders', KeyConditionExpression: '((' })).toMatchObject({
    body: { Message: 'You may not' },
  });
});

it('does not ask about calls within the process', async () => {
  await db.call('GetItem', { TableName: 'Orders', Key });
  expect(asked).toBeUndefined();
});

it('does not ask about unknown operations', async () => {
  expect(await ask('Unknown', {})).toMatchObject({ status: 400 });
  expect(asked).toBeUndefined();
});
