import { createClient } from '../shared/dynamodb/client';
import { tableActions } from '../operations/actions';
import { createEngine } from '../operations/engine';
import { tablesFromEnvironment } from '../operations/tables';
import { warmUp } from '../shared/dynamodb/warm-up';
import { orderTakesText } from './domain/order';
import { orderActions } from './domain/order-actions';
import { orderHandler } from './domain/order-handler';

const client = createClient();
await warmUp(client);

export const handler = orderHandler(
  createEngine(orderActions(tableActions(client)), tablesFromEnvironment(), orderTakesText),
);
