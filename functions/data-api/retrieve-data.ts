import { createClient } from '../shared/dynamodb/client';
import { requiredVariable } from '../shared/env';
import { restHandler } from '../shared/http/rest-adapter';
import { warmUp } from '../shared/dynamodb/warm-up';
import { retrieveData } from './domain/retrieve-data';

const client = createClient();
await warmUp(client);

export const handler = restHandler(retrieveData({ client, name: requiredVariable('TABLE_NAME') }));
