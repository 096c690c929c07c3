import { createClient } from '../shared/dynamodb';
import { tableActions } from '../shared/operations/actions';
import { createEngine } from '../shared/operations/engine';
import { tablesFromEnvironment } from '../shared/operations/tables';
import { warmUp } from '../shared/warm-up';
import { orderTakesText } from './domain/order';
import { orderActions } from './domain/order-actions';
import { orderHandler } from './domain/order-handler';

const client = createClient();
await warmUp(client);

export const handler = orderHandler(
  createEngine(orderActions(tableActions(client)), tablesFromEnvironment(), orderTakesText),
);
