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
