import * as z from 'zod/mini';
import { conditionalWrite } from '../../shared/dynamodb/conditional-write';
import type { TableActions } from '../../operations/actions';
import type { Answer, TableRequest } from '../../operations/execute';
import { grouped } from '../../operations/expressions';
import { isRepeatableUpdate } from '../../operations/repeatable';
import { Problem } from '../../shared/http/problem';
import { validate } from '../../shared/http/validate';
import { order } from './order';
import { refuseInvalidUpdate } from './order-update';

const createRequest = z.object({ payload: z.object({ Item: order }) });

/**
 * The table's actions under the rules of orders: `create` takes only valid orders and overwrites none unless the caller
 * says so by a condition, `update` leaves an order valid and makes none.
 */
export function orderActions(table: TableActions): TableActions {
  return {
    ...table,
    create: async ({ tableName, parameters }) => {
      validate(createRequest, { payload: parameters });
      const { ConditionExpression = 'attribute_not_exists(id)' } = parameters;
      return table.create({ tableName, parameters: { ...parameters, ConditionExpression } });
    },
    update: async (request) => {
      refuseInvalidUpdate(request.parameters);
      return conditionalWrite(
        () => updateExisting(table, request),
        async () => {
          throw await unchanged(table, request);
        },
      );
    },
  };
}

function updateExisting(
  table: TableActions,
  { tableName, parameters }: TableRequest<'update'>,
): Promise<Answer> {
  const exists = 'attribute_exists(id)';
  const { ConditionExpression } = parameters;
  const condition =
    ConditionExpression === undefined ? exists : `${exists} AND ${grouped(ConditionExpression)}`;
  return table.update(
    { tableName, parameters: { ...parameters, ConditionExpression: condition } },
    // An update leaves the order existing, so its own condition holds the second time too.
    { repeatable: isRepeatableUpdate(parameters) },
  );
}

/** Why an update's condition failed: there is no such order, or the caller's own condition does not hold. */
async function unchanged(
  table: TableActions,
  { tableName, parameters }: TableRequest<'update'>,
): Promise<Problem> {
  const { Key, ConditionExpression } = parameters;
  const { Item } = await table.read({ tableName, parameters: { Key, ConsistentRead: true } });
  return Item && ConditionExpression !== undefined
    ? new Problem('conflict', 'The ConditionExpression does not hold for the order as it is stored.')
    : new Problem('not-found', 'There is no order under this Key.');
}
