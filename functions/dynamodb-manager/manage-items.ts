import { createClient } from '../shared/dynamodb/client';
import { tableActions } from '../operations/actions';
import { directHandler } from '../operations/direct';
import { createEngine } from '../operations/engine';
import { tablesFromEnvironment } from '../operations/tables';
import { warmUp } from '../shared/dynamodb/warm-up';

const client = createClient();
await warmUp(client);

export const handler = directHandler(createEngine(tableActions(client), tablesFromEnvironment()));
