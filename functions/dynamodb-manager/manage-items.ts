import { createClient } from '../shared/dynamodb';
import { tableActions } from '../shared/operations/actions';
import { directHandler } from '../shared/operations/direct';
import { createEngine } from '../shared/operations/engine';
import { tablesFromEnvironment } from '../shared/operations/tables';
import { warmUp } from '../shared/warm-up';

const client = createClient();
await warmUp(client);

export const handler = directHandler(createEngine(tableActions(client), tablesFromEnvironment()));
