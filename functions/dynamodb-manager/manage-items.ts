import { createClient } from '../shared/dynamodb/client';
import { Deadline } from '../shared/dynamodb/deadline';
import { tableActions } from '../operations/actions';
import { directHandler } from '../operations/direct';
import { createEngine } from '../operations/engine';
import { tablesFromEnvironment } from '../operations/tables';
import { warmUp } from '../shared/dynamodb/warm-up';

const deadline = new Deadline();
const client = createClient({ deadline });
await warmUp(client);

export const handler = deadline.keptBy(
  directHandler(
    createEngine(
      tableActions(client, () => createClient({ keepAlive: false, deadline })),
      tablesFromEnvironment(),
    ),
  ),
);
