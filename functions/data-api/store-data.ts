import { createClient } from '../shared/dynamodb/client';
import { requiredVariable } from '../shared/env';
import { restHandler } from '../shared/http/rest-adapter';
import { warmUp } from '../shared/dynamodb/warm-up';
import { storeData } from './domain/store-data';

const client = createClient();
await warmUp(client);

export const handler = restHandler(
  storeData({ client, name: requiredVariable('TABLE_NAME') }, requiredVariable('STACK')),
);
