import { createClient, warmUp } from '../shared/dynamodb';
import { requiredVariable } from '../shared/env';
import { restHandler } from '../shared/rest-adapter';
import { storeData } from './domain/store-data';

const client = createClient();
await warmUp(client);

export const handler = restHandler(
  storeData({ client, name: requiredVariable('TABLE_NAME') }, requiredVariable('STACK')),
);
