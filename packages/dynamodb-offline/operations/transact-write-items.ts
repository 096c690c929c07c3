import type { AttributeValue, Item } from '../attribute-value';
import type { Context } from '../context';
import { validation } from '../errors';
import { parseCondition, parseUpdate } from '../expressions';
import { consumedCapacity } from '../items/capacity';
import { checkUpdate, updated, type Change } from '../items/changes';
import { itemCollectionMetrics } from '../items/collections';
import { checkIndexKeys, checkKey, checkKeyOfItem, keyOf, keyText } from '../items/keys';
import { parsing, placeholdersOf } from '../items/parameters';
import { itemSize, largestItem } from '../items/size';
import { transact } from '../items/transacted';
import { forAll } from '../items/transactions';
import { operation } from '../operation';
import { keyAttributes } from '../tables/key-schema';
import type { Table } from '../tables/table';
import { checkValues } from '../validation/attribute-value';
import {
  expressionAttributeNames,
  expressionAttributeValues,
  itemAttributes,
  returnConsumedCapacity,
  returnItemCollectionMetrics,
  returnValuesOnConditionCheckFailure,
  tableName,
} from '../validation/members';
import { list, required, string, structure, type ValueOf } from '../validation/shape';

const common = {
  TableName: required(tableName),
  ReturnValuesOnConditionCheckFailure: returnValuesOnConditionCheckFailure,
  ExpressionAttributeNames: expressionAttributeNames,
  ExpressionAttributeValues: expressionAttributeValues,
};

const transactWriteItem = structure('TransactWriteItem', {
  ConditionCheck: structure('ConditionCheck', {
    Key: required(itemAttributes),
    ConditionExpression: required(string()),
    ...common,
  }),
  Put: structure('Put', { Item: required(itemAttributes), ConditionExpression: string(), ...common }),
  Delete: structure('Delete', { Key: required(itemAttributes), ConditionExpression: string(), ...common }),
  Update: structure('Update', {
    Key: required(itemAttributes),
    UpdateExpression: required(string()),
    ConditionExpression: string(),
    ...common,
  }),
});

const shape = structure('TransactWriteItemsInput', {
  ReturnConsumedCapacity: returnConsumedCapacity,
  ReturnItemCollectionMetrics: returnItemCollectionMetrics,
  ClientRequestToken: string({ min: 1, max: 36 }),
  TransactItems: required(list(transactWriteItem, { min: 1, max: 100 })),
});

type TransactWriteItem = ValueOf<typeof transactWriteItem>;

/** One element, checked as far as it can be without its table. */
interface Element {
  readonly tableName: string;
  /** The item that is put, or the key. */
  readonly subject: Item;
  /** What is refused of it once the table is known. */
  readonly check: (table: Table) => void;
  readonly change: (table: Table) => Change;
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html */
export const transactWriteItems = operation(shape, async (context, request) => {
  const elements = request.TransactItems.map(elementOf);
  const { result, isRepeated } = await context.clientTokens.once(
    'TransactWriteItems',
    request.ClientRequestToken,
    request.TransactItems,
    () => transact(context, changesOf(context, elements)),
  );
  const consumed = (isRepeated ? result.consumedAgain : result.consumed).map((consumption) =>
    consumedCapacity(
      consumption,
      request.ReturnConsumedCapacity,
      isRepeated ? 'ReadCapacityUnits' : 'WriteCapacityUnits',
    ),
  );
  const metrics: Record<string, object[]> = {};
  for (const { table, key } of result.written) {
    const one = await itemCollectionMetrics(table, key, request.ReturnItemCollectionMetrics);
    if (one) (metrics[table.name] ??= []).push(one);
  }
  return {
    ConsumedCapacity: consumed[0] ? consumed : undefined,
    ItemCollectionMetrics: Object.keys(metrics).length > 0 ? metrics : undefined,
  };
});

function changesOf(context: Context, elements: readonly Element[]): readonly Change[] {
  const placed = elements.map((element) => ({ ...element, table: context.tables.table(element.tableName) }));
  refuseDuplicates(placed);
  forAll(placed, ({ table, check }) => {
    check(table);
  });
  return placed.map(({ table, change }) => change(table));
}

function elementOf({ ConditionCheck, Put, Delete, Update }: TransactWriteItem): Element {
  const [element, another] = [ConditionCheck, Put, Delete, Update].filter((given) => given !== undefined);
  if (!element) {
    throw validation('Invalid Request: TransactWriteRequest should contain Delete or Put or Update request');
  }
  if (another) throw validation('TransactItems can only contain one of Check, Put, Update or Delete');
  const subject = Put?.Item ?? (ConditionCheck ?? Delete ?? Update)!.Key;
  checkValues(subject);
  if (Put && itemSize(subject) > largestItem) {
    throw validation('Item size has exceeded the maximum allowed size');
  }
  const placeholders = placeholdersOf(element);
  const update = Update && parsing(validation, () => parseUpdate(Update.UpdateExpression, placeholders));
  const conditionText = element.ConditionExpression;
  const condition =
    conditionText === undefined
      ? undefined
      : parsing(validation, () => parseCondition('ConditionExpression', conditionText, placeholders), {
          tellsSize: true,
        });
  // Unlike the operations on one item, a transaction takes names and values without an expression.
  if (update ?? condition) placeholders.refuseUnused();
  return {
    tableName: element.TableName,
    subject,
    check(table) {
      if (Put) {
        checkKeyOfItem(table.key, subject);
        checkIndexKeys(table, subject);
      } else {
        checkKey(table.key, subject);
        if (update) checkUpdate(table, update);
      }
    },
    change: (table) => ({
      table,
      key: keyOf(table.key, subject),
      condition,
      returnOnFailure: element.ReturnValuesOnConditionCheckFailure,
      apply: ConditionCheck ? undefined : (before) => after(table, before),
    }),
  };

  function after(table: Table, before: Item | undefined): Item | undefined {
    if (update) return updated(table, update, before, subject).item;
    return Put ? subject : undefined;
  }
}

/** Elements without a key of their table are not looked at: they are refused after. */
function refuseDuplicates(elements: readonly { table: Table; subject: Item }[]) {
  const seen = new Set<string>();
  for (const { table, subject } of elements) {
    if (!keyAttributes(table.key).every(({ name, type }) => hasType(subject[name], type))) continue;
    const text = `${table.name} ${keyText(table.key, subject)}`;
    if (seen.has(text))
      throw validation('Transaction request cannot include multiple operations on one item');
    seen.add(text);
  }
}

function hasType(value: AttributeValue | undefined, type: string) {
  return value !== undefined && type in value;
}
