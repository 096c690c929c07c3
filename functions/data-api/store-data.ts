import { createClient } from '../shared/dynamodb/client';
import { Deadline } from '../shared/dynamodb/deadline';
import { requiredVariable } from '../shared/env';
import { restHandler } from '../shared/http/rest-adapter';
import { warmUp } from '../shared/dynamodb/warm-up';
import { storeData } from './domain/store-data';

const deadline = new Deadline();
const client = createClient({ deadline });
await warmUp(client);

export const handler = deadline.keptBy(
  restHandler(storeData({ client, name: requiredVariable('TABLE_NAME') }, requiredVariable('STACK'))),
);
