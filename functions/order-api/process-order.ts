import { createClient } from '../shared/dynamodb/client';
import { Deadline } from '../shared/dynamodb/deadline';
import { tableActions } from '../operations/actions';
import { createEngine } from '../operations/engine';
import { tablesFromEnvironment } from '../operations/tables';
import { warmUp } from '../shared/dynamodb/warm-up';
import { orderTakesText } from './domain/order';
import { orderActions } from './domain/order-actions';
import { orderHandler } from './domain/order-handler';

const deadline = new Deadline();
const client = createClient({ deadline });
await warmUp(client);

export const handler = deadline.keptBy(
  orderHandler(
    createEngine(
      orderActions(tableActions(client, () => createClient({ keepAlive: false, deadline }))),
      tablesFromEnvironment(),
      orderTakesText,
    ),
  ),
);
