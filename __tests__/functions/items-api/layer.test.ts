import { startDynamoDB, type EmbeddedDynamoDB } from '../../support/dynamodb';
import { startItemsApi } from './support/items-api';

let database: EmbeddedDynamoDB;
beforeAll(async () => {
  database = await startDynamoDB();
});
afterAll(() => database.close());

test.each([
  'CreateItemFunction',
  'ListItemsFunction',
  'GetItemFunction',
  'UpdateItemFunction',
  'DeleteItemFunction',
])('%s without its layer fails with a message that names the layer', async (functionName) => {
  const items = await startItemsApi(database.endpoint, (fn) => ({ ...fn, layerDirectories: [] }));
  const result = await items.invoke(functionName, { id: 'any' });
  expect(result).toMatchObject({
    outcome: 'function-error',
    errorMessage: expect.stringContaining('The function has no Lambda layer "items-orm"') as string,
  });
  await items.close();
});
