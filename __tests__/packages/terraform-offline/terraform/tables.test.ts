import { load } from './support';

it('reads keys and indexes in the form that CreateTable takes', async () => {
  const { tables } = await load({
    resource: {
      aws_dynamodb_table: {
        books: {
          name: 'Books',
          hash_key: 'author',
          range_key: 'title',
          attribute: ['author', 'title', 'year'].map((name) => ({ name, type: 'S' })),
          global_secondary_index: [
            {
              name: 'byYear',
              hash_key: 'year',
              range_key: 'title',
              projection_type: 'INCLUDE',
              non_key_attributes: ['pages'],
            },
          ],
          local_secondary_index: { name: 'byAuthorYear', range_key: 'year', projection_type: 'ALL' },
        },
      },
    },
  });
  expect(tables).toEqual([
    {
      name: 'Books',
      arn: 'arn:aws:dynamodb:eu-west-1:000000000000:table/Books',
      keySchema: [
        { AttributeName: 'author', KeyType: 'HASH' },
        { AttributeName: 'title', KeyType: 'RANGE' },
      ],
      attributeDefinitions: [
        { AttributeName: 'author', AttributeType: 'S' },
        { AttributeName: 'title', AttributeType: 'S' },
        { AttributeName: 'year', AttributeType: 'S' },
      ],
      globalSecondaryIndexes: [
        {
          IndexName: 'byYear',
          KeySchema: [
            { AttributeName: 'year', KeyType: 'HASH' },
            { AttributeName: 'title', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['pages'] },
        },
      ],
      localSecondaryIndexes: [
        {
          IndexName: 'byAuthorYear',
          KeySchema: [
            { AttributeName: 'author', KeyType: 'HASH' },
            { AttributeName: 'year', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'ALL' },
        },
      ],
    },
  ]);
});

// As DynamoDB does: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateTable.html
describe('a table that DynamoDB would refuse', () => {
  const id = { name: 'id', type: 'S' };
  const author = { name: 'author', type: 'S' };
  const index = { name: 'byAuthor', hash_key: 'author', range_key: 'author', projection_type: 'ALL' };
  const localIndex = { name: 'byAuthor', range_key: 'author', projection_type: 'ALL' };
  it.each<[what: string, attributes: Record<string, unknown>, error: string]>([
    [
      'a name that is too short',
      { name: 'B' },
      'name: expected 3 to 255 letters, digits and _.-, received "B"',
    ],
    ['a type that is none', { attribute: { ...id, type: 'SS' } }, 'type: expected S, N or B, received "SS"'],
    [
      'a projection that is none',
      { attribute: [id, author], global_secondary_index: { ...index, projection_type: 'SOME' } },
      'projection_type: expected ALL, KEYS_ONLY or INCLUDE, received "SOME"',
    ],
    [
      'images that are none',
      { stream_enabled: true, stream_view_type: 'IMAGES' },
      'stream_view_type: expected KEYS_ONLY, NEW_IMAGE, OLD_IMAGE or NEW_AND_OLD_IMAGES, received "IMAGES"',
    ],
  ])('is not served, and others are: %s', async (_, attributes, error) => {
    const books = { name: 'Books', hash_key: 'id', attribute: id, ...attributes };
    const films = { name: 'Films', hash_key: 'id', attribute: id };
    const { tables, unserved } = await load({ resource: { aws_dynamodb_table: { books, films } } });
    expect(tables.map(({ name }) => name)).toEqual(['Films']);
    expect(unserved).toMatchObject([
      { address: 'test: aws_dynamodb_table.books', reason: expect.stringContaining(error) as string },
    ]);
  });

  it.each<[what: string, attributes: Record<string, unknown>, error: string]>([
    [
      'a key without a type',
      { hash_key: 'author', attribute: id },
      'the table Books has no attribute block for author, a key of the table: add one with its type, S, N or B',
    ],
    [
      'a key of an index without a type',
      { hash_key: 'id', attribute: id, global_secondary_index: index },
      'the table Books has no attribute block for author, a key of the index byAuthor: add one with its type, S, N or B',
    ],
    [
      'a key of a local index without a type',
      { hash_key: 'id', attribute: id, local_secondary_index: localIndex },
      'the table Books has no attribute block for author, a key of the index byAuthor: add one with its type, S, N or B',
    ],
    [
      'a type for what is no key',
      { hash_key: 'id', attribute: [id, author] },
      'the table Books has an attribute block for author, which is no key of the table or of an index: remove it',
    ],
  ])('is not served: %s', async (_, attributes, error) => {
    const films = { name: 'Films', hash_key: 'id', attribute: id };
    const { tables, unserved } = await load({
      resource: { aws_dynamodb_table: { books: { name: 'Books', ...attributes }, films } },
    });
    expect(tables.map(({ name }) => name)).toEqual(['Films']);
    expect(unserved).toEqual([
      {
        address: 'test: aws_dynamodb_table.books',
        reason: expect.stringContaining(`test: aws_dynamodb_table.books: ${error}`) as string,
        effect: 'the table answers 501',
        arn: 'arn:aws:dynamodb:eu-west-1:000000000000:table/Books',
      },
    ]);
  });
});

it('reads the items of a table, and names one that is none', async () => {
  const item = (table_name: string, text: string) => ({ table_name, hash_key: 'id', item: text });
  const { tables, unserved } = await load({
    resource: {
      aws_dynamodb_table: {
        books: { name: 'Books', hash_key: 'id', attribute: { name: 'id', type: 'S' } },
        other: { name: 'Other', hash_key: 'id', attribute: { name: 'id', type: 'S' } },
      },
      aws_dynamodb_table_item: {
        first: item('${aws_dynamodb_table.books.name}', '{"id": {"S": "1"}, "pages": {"N": "9"}}'),
        broken: item('Books', '["1"]'),
      },
    },
  });
  const [books, other] = tables;
  expect(books?.items).toEqual([
    { address: 'test: aws_dynamodb_table_item.first', item: { id: { S: '1' }, pages: { N: '9' } } },
  ]);
  expect(other).not.toHaveProperty('items');
  const address = 'test: aws_dynamodb_table_item.broken';
  expect(unserved).toEqual([
    {
      address,
      reason: `${address}.item: expected an item in DynamoDB's JSON, received ["1"]`,
      effect: 'the table lacks that item',
    },
  ]);
});

it('reads the policies of a table and its stream', async () => {
  const policy = (Action: string) =>
    JSON.stringify({ Statement: { Effect: 'Deny', Principal: '*', Action, Resource: '*' } });
  const { tables } = await load({
    resource: {
      aws_dynamodb_table: {
        books: { name: 'Books', hash_key: 'id', attribute: [{ name: 'id', type: 'S' }] },
        others: { name: 'Others', hash_key: 'id', attribute: [{ name: 'id', type: 'S' }] },
      },
      aws_dynamodb_resource_policy: {
        table: { resource_arn: '${aws_dynamodb_table.books.arn}', policy: policy('dynamodb:DeleteItem') },
        stream: { resource_arn: '${aws_dynamodb_table.books.arn}/stream/1', policy: policy('dynamodb:*') },
      },
    },
  });
  const arn = 'arn:aws:dynamodb:eu-west-1:000000000000:table/Books';
  expect(tables.map(({ resourcePolicies }) => resourcePolicies)).toEqual([
    {
      [arn]: expect.objectContaining({ name: 'aws_dynamodb_resource_policy.table' }) as unknown,
      [`${arn}/stream/1`]: expect.objectContaining({
        name: 'aws_dynamodb_resource_policy.stream',
      }) as unknown,
    },
    undefined,
  ]);
});
