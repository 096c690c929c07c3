import { requiredAccess } from '../../../../packages/terraform-offline/iam/access';

const TABLES = 'arn:aws:dynamodb:eu-west-1:000000000000:table';

// https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html
it.each<[operation: string, input: unknown, access: [action: string, resource: string][]]>([
  ['GetItem', { TableName: 'Books' }, [['dynamodb:GetItem', `${TABLES}/Books`]]],
  ['GetItem', { TableName: `${TABLES}/Books` }, [['dynamodb:GetItem', `${TABLES}/Books`]]],
  ['Query', { TableName: 'Books' }, [['dynamodb:Query', `${TABLES}/Books`]]],
  [
    'Query',
    { TableName: 'Books', IndexName: 'byYear' },
    [['dynamodb:Query', `${TABLES}/Books/index/byYear`]],
  ],
  ['ListTables', {}, [['dynamodb:ListTables', '*']]],
  ['ExecuteStatement', { Statement: 'SELECT * FROM "Books"' }, [['dynamodb:ExecuteStatement', '*']]],
  ['TagResource', { ResourceArn: `${TABLES}/Books` }, [['dynamodb:TagResource', `${TABLES}/Books`]]],
  ['GetItem', undefined, [['dynamodb:GetItem', '*']]],
  [
    'BatchWriteItem',
    { RequestItems: { Books: [], Authors: [] } },
    [
      ['dynamodb:BatchWriteItem', `${TABLES}/Books`],
      ['dynamodb:BatchWriteItem', `${TABLES}/Authors`],
    ],
  ],
  [
    'TransactWriteItems',
    {
      TransactItems: [
        { Put: { TableName: 'Books' } },
        { ConditionCheck: { TableName: 'Authors' } },
        { Delete: { TableName: 'Drafts' } },
      ],
    },
    [
      ['dynamodb:PutItem', `${TABLES}/Books`],
      ['dynamodb:ConditionCheckItem', `${TABLES}/Authors`],
      ['dynamodb:DeleteItem', `${TABLES}/Drafts`],
    ],
  ],
])('%s of %j needs permission for everything it names', (operation, input, access) => {
  const required = access.map(([action, resource]) => ({ action, resource }));
  expect(requiredAccess(operation, input, 'eu-west-1')).toEqual(required);
});
