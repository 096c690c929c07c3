import { validation } from '../errors';
import { parseCondition } from '../expressions';
import { addWrite, consumedCapacity, noConsumption } from '../items/capacity';
import { change } from '../items/changes';
import { itemCollectionMetrics } from '../items/collections';
import { checkIndexKeys, checkKeyOfItem, keyOf } from '../items/keys';
import { checkConditionalOperator, checkExpected, expectedCondition } from '../items/legacy-conditions';
import { announced, checkParameters, parsing, placeholdersOf, refusal } from '../items/parameters';
import { itemSize, largestItem } from '../items/size';
import { operation } from '../operation';
import { itemFault } from '../validation/attribute-value';
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
import { alone, required, string, structure } from '../validation/shape';

const shape = structure('PutItemInput', {
  ReturnConsumedCapacity: returnConsumedCapacity,
  TableName: alone(required(tableName)),
  Item: required(itemAttributes),
  ConditionalOperator: conditionalOperator,
  Expected: expected,
  ReturnValues: returnValues,
  ReturnItemCollectionMetrics: returnItemCollectionMetrics,
  ReturnValuesOnConditionCheckFailure: returnValuesOnConditionCheckFailure,
  ConditionExpression: string(),
  ExpressionAttributeValues: expressionAttributeValues,
  ExpressionAttributeNames: expressionAttributeNames,
});

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_PutItem.html */
export const putItem = operation(shape, async (context, request) => {
  const { Item: item, ConditionExpression: expression } = request;
  checkParameters(
    request,
    {
      expressions: ['ConditionExpression'],
      withValues: ['ConditionExpression'],
      legacy: ['Expected', 'ConditionalOperator'],
      whenAbsent: 'ConditionExpression is null',
    },
    announced,
  );
  checkConditionalOperator(request.ConditionalOperator, request.Expected, announced);
  const fault = itemFault(item);
  if (fault) throw refusal(fault, announced);
  if (request.ReturnValues && request.ReturnValues !== 'ALL_OLD' && request.ReturnValues !== 'NONE') {
    throw announced('ReturnValues can only be ALL_OLD or NONE');
  }
  if (itemSize(item) > largestItem) throw validation('Item size has exceeded the maximum allowed size');
  checkExpected(request.Expected, announced);
  const placeholders = placeholdersOf(request, announced);
  const condition =
    expression === undefined
      ? expectedCondition(request.Expected, request.ConditionalOperator)
      : parsing(announced, () => parseCondition('ConditionExpression', expression, placeholders));
  parsing(announced, () => {
    placeholders.refuseUnused();
  });
  const table = context.tables.table(request.TableName);
  checkKeyOfItem(table.key, item);
  checkIndexKeys(table, item);
  const consumption = noConsumption(table);
  const { before } = await context.write((writes) =>
    change(writes, {
      table,
      key: keyOf(table.key, item),
      condition,
      returnOnFailure: request.ReturnValuesOnConditionCheckFailure,
      apply: () => item,
    }),
  );
  addWrite(consumption, before, item);
  return {
    Attributes: request.ReturnValues === 'ALL_OLD' ? before : undefined,
    ConsumedCapacity: consumedCapacity(consumption, request.ReturnConsumedCapacity),
    ItemCollectionMetrics: await itemCollectionMetrics(table, item, request.ReturnItemCollectionMetrics),
  };
});
