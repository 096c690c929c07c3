import type { Item } from '../attribute-value';
import { parseCondition, parseUpdate } from '../expressions';
import { addWrite, consumedCapacity, noConsumption } from '../items/capacity';
import { change, checkUpdate, updated } from '../items/changes';
import { itemCollectionMetrics } from '../items/collections';
import { checkKey } from '../items/keys';
import { checkConditionalOperator, checkExpected, expectedCondition } from '../items/legacy-conditions';
import {
  attributeUpdates,
  checkAttributeUpdates,
  legacyUpdate,
  refuseOtherTypes,
} from '../items/legacy-updates';
import { announced, checkParameters, parsing, placeholdersOf, refusal } from '../items/parameters';
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
import { required, string, structure, tellingFirstOnly } from '../validation/shape';

const shape = tellingFirstOnly(
  structure('UpdateItemInput', {
    TableName: required(tableName),
    Key: required(itemAttributes),
    ReturnValues: returnValues,
    ReturnConsumedCapacity: returnConsumedCapacity,
    ReturnItemCollectionMetrics: returnItemCollectionMetrics,
    ConditionalOperator: conditionalOperator,
    Expected: expected,
    AttributeUpdates: attributeUpdates,
    ReturnValuesOnConditionCheckFailure: returnValuesOnConditionCheckFailure,
    ConditionExpression: string(),
    UpdateExpression: string(),
    ExpressionAttributeValues: expressionAttributeValues,
    ExpressionAttributeNames: expressionAttributeNames,
  }),
);

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateItem.html */
export const updateItem = operation(shape, async (context, request) => {
  const { Key: key, ConditionExpression: conditionText, UpdateExpression: updateText } = request;
  checkParameters(
    request,
    {
      expressions: ['UpdateExpression', 'ConditionExpression'],
      withValues: ['UpdateExpression', 'ConditionExpression'],
      legacy: ['AttributeUpdates', 'Expected', 'ConditionalOperator'],
      whenAbsent: 'UpdateExpression and ConditionExpression are null',
    },
    announced,
  );
  checkConditionalOperator(request.ConditionalOperator, request.Expected, announced);
  const fault = itemFault(key);
  if (fault) throw refusal(fault, announced);
  checkAttributeUpdates(request.AttributeUpdates, announced);
  checkExpected(request.Expected, announced);
  const placeholders = placeholdersOf(request, announced);
  const condition =
    conditionText === undefined
      ? expectedCondition(request.Expected, request.ConditionalOperator)
      : parsing(announced, () => parseCondition('ConditionExpression', conditionText, placeholders));
  const update =
    updateText === undefined
      ? legacyUpdate(request.AttributeUpdates)
      : parsing(announced, () => parseUpdate(updateText, placeholders));
  parsing(announced, () => {
    placeholders.refuseUnused();
  });
  const table = context.tables.table(request.TableName);
  checkKey(table.key, key);
  checkUpdate(table, update);
  const consumption = noConsumption(table);
  const { before, after, touched } = await context.write((writes) => {
    let values: { before: Item; after: Item } = { before: {}, after: {} };
    const changed = change(writes, {
      table,
      key,
      condition,
      returnOnFailure: request.ReturnValuesOnConditionCheckFailure,
      apply(found) {
        refuseOtherTypes(request.AttributeUpdates, found);
        const result = updated(table, update, found, key);
        values = result.touched;
        return result.item;
      },
    });
    return { ...changed, touched: values };
  });
  addWrite(consumption, before, after);
  const answers: Readonly<Record<string, Item | undefined>> = {
    ALL_OLD: before,
    ALL_NEW: after,
    UPDATED_OLD: present(touched.before),
    UPDATED_NEW: present(touched.after),
  };
  return {
    Attributes: answers[request.ReturnValues ?? 'NONE'],
    ConsumedCapacity: consumedCapacity(consumption, request.ReturnConsumedCapacity),
    ItemCollectionMetrics: await itemCollectionMetrics(table, key, request.ReturnItemCollectionMetrics),
  };
});

/** DynamoDB leaves out attributes of which there are none. */
function present(item: Item) {
  return Object.keys(item).length > 0 ? item : undefined;
}
