import { paginateListTables } from '@aws-sdk/client-dynamodb';
import { useDatabase } from '../database';
import { simple } from '../table-shapes';

const db = useDatabase();
it('lists tables page by page, in order of their names', async () => {
  for (const name of ['list-c', 'list-a', 'list-b']) await db.ok('CreateTable', simple(name));
  const pages = paginateListTables({ client: db.client, pageSize: 2 }, {});
  const names: string[] = [];
  for await (const { TableNames } of pages) {
    expect(TableNames?.length).toBeLessThanOrEqual(2);
    names.push(...(TableNames ?? []));
  }
  expect(names).toEqual([...names].sort());
  expect(names.filter((name) => name.startsWith('list-'))).toEqual(['list-a', 'list-b', 'list-c']);
  expect(await db.ok('ListTables', { ExclusiveStartTableName: 'list-b', Limit: 1 })).toMatchObject({
    TableNames: ['list-c'],
  });
});
