import { createClient } from '../shared/dynamodb/client';
import { Deadline } from '../shared/dynamodb/deadline';
import { requiredVariable } from '../shared/env';
import { restHandler } from '../shared/http/rest-adapter';
import { warmUp } from '../shared/dynamodb/warm-up';
import { retrieveData } from './domain/retrieve-data';

const deadline = new Deadline();
const client = createClient({ deadline });
await warmUp(client);

export const handler = deadline.keptBy(
  restHandler(retrieveData({ client, name: requiredVariable('TABLE_NAME') })),
);
