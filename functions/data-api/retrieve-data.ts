import { createClient } from '../shared/dynamodb';
import { requiredVariable } from '../shared/env';
import { restHandler } from '../shared/rest-adapter';
import { warmUp } from '../shared/warm-up';
import { retrieveData } from './domain/retrieve-data';

const client = createClient();
await warmUp(client);

export const handler = restHandler(retrieveData({ client, name: requiredVariable('TABLE_NAME') }));
