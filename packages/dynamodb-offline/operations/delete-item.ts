import { validation } from '../errors';
import { parseCondition } from '../expressions';
import { addWrite, consumedCapacity, noConsumption } from '../items/capacity';
import { change } from '../items/changes';
import { itemCollectionMetrics } from '../items/collections';
import { checkKey } from '../items/keys';
import { checkConditionalOperator, checkExpected, expectedCondition } from '../items/legacy-conditions';
import { checkParameters, parsing, placeholdersOf } from '../items/parameters';
import { operation } from '../operation';
import { checkValues } from '../validation/attribute-value';
import {
  conditionalOperator,
  expected,
  expressionAttributeNames,
  expressionAttributeValues,
  itemAttributes,
  returnConsumedCapacity,
  returnItemCollectionMetrics,
  returnValues,
  returnValuesOnConditionCheckFailure,
  tableName,
} from '../validation/members';
import { required, string, structure } from '../validation/shape';

const shape = structure('DeleteItemInput', {
  ReturnConsumedCapacity: returnConsumedCapacity,
  TableName: required(tableName),
  ReturnValues: returnValues,
  ReturnItemCollectionMetrics: returnItemCollectionMetrics,
  Key: required(itemAttributes),
  ConditionalOperator: conditionalOperator,
  Expected: expected,
  ReturnValuesOnConditionCheckFailure: returnValuesOnConditionCheckFailure,
  ConditionExpression: string(),
  ExpressionAttributeValues: expressionAttributeValues,
  ExpressionAttributeNames: expressionAttributeNames,
});

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DeleteItem.html */
export const deleteItem = operation(shape, async (context, request) => {
  const { Key: key, ConditionExpression: expression } = request;
  checkParameters(request, {
    expressions: ['ConditionExpression'],
    withValues: ['ConditionExpression'],
    legacy: ['Expected', 'ConditionalOperator'],
    whenAbsent: 'ConditionExpression is null',
  });
  checkConditionalOperator(request.ConditionalOperator, request.Expected);
  checkValues(key);
  if (request.ReturnValues && request.ReturnValues !== 'ALL_OLD' && request.ReturnValues !== 'NONE') {
    throw validation('ReturnValues can only be ALL_OLD or NONE');
  }
  checkExpected(request.Expected, validation);
  const placeholders = placeholdersOf(request);
  const condition =
    expression === undefined
      ? expectedCondition(request.Expected, request.ConditionalOperator)
      : parsing(validation, () => parseCondition('ConditionExpression', expression, placeholders));
  placeholders.refuseUnused();
  const table = context.tables.table(request.TableName);
  checkKey(table.key, key);
  const consumption = noConsumption(table);
  const { before } = await context.write((writes) =>
    change(writes, {
      table,
      key,
      condition,
      returnOnFailure: request.ReturnValuesOnConditionCheckFailure,
      apply: () => undefined,
    }),
  );
  addWrite(consumption, before, undefined);
  return {
    Attributes: request.ReturnValues === 'ALL_OLD' ? before : undefined,
    ConsumedCapacity: consumedCapacity(consumption, request.ReturnConsumedCapacity),
    ItemCollectionMetrics: await itemCollectionMetrics(table, key, request.ReturnItemCollectionMetrics),
  };
});
