import type { Item } from '../attribute-value';
import type { Context } from '../context';
import { DynamoDBError, validation } from '../errors';
import { consumedCapacity, noConsumption, readUnits, type Consumption } from '../items/capacity';
import { keyMismatch, keyText } from '../items/keys';
import { itemSize } from '../items/size';
import { transact } from '../items/transacted';
import { forAll, largestTransaction } from '../items/transactions';
import { operation } from '../operation';
import { parseStatement } from '../partiql/parse';
import { checkReadKey, columnsOf, keyReadBy } from '../partiql/select';
import type { Select, Statement } from '../partiql/tree';
import { checkParameterValues } from '../partiql/values';
import { writeOf } from '../partiql/writes';
import type { Table } from '../tables/table';
import { returnConsumedCapacity, returnValuesOnConditionCheckFailure } from '../validation/members';
import { attributeValue, list, required, string, structure, type ValueOf } from '../validation/shape';

const member = structure('ParameterizedStatement', {
  ReturnValuesOnConditionCheckFailure: returnValuesOnConditionCheckFailure,
  Statement: required(string({ min: 1, max: 8192 })),
  Parameters: list(attributeValue, { min: 1 }),
});

const shape = structure('ExecuteTransactionInput', {
  ReturnConsumedCapacity: returnConsumedCapacity,
  ClientRequestToken: string({ min: 1, max: 36 }),
  TransactStatements: required(list(member, { min: 1, max: 100 })),
});

type Member = ValueOf<typeof member>;

/** A statement of the transaction. */
interface Element<Kind extends Statement = Statement> {
  readonly statement: Kind;
  readonly asked: Member;
}

type ReadElement = Element<Select>;
type WriteElement = Element<Exclude<Statement, Select>>;

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ExecuteTransaction.html */
export const executeTransaction = operation(shape, async (context, request) => {
  const asked = request.TransactStatements;
  for (const { Parameters: parameters } of asked) checkParameterValues(parameters);
  const elements = each(asked, (one) => elementOf(context, one));
  const reads = elements.filter((element): element is ReadElement => element.statement.type === 'select');
  const writes = elements.filter((element): element is WriteElement => element.statement.type !== 'select');
  if (reads.length > 0 && writes.length > 0) {
    throw validation(
      'ExecuteTransaction API does not support both read and write operations in the same request.',
    );
  }
  if (reads.length > 0) return readAll(context, reads, request.ReturnConsumedCapacity);

  const { result, isRepeated } = await context.clientTokens.once(
    'ExecuteTransaction',
    request.ClientRequestToken,
    asked,
    () => writeAll(context, writes),
  );
  const consumed = (isRepeated ? result.consumedAgain : result.consumed).map((consumption) =>
    consumedCapacity(
      consumption,
      request.ReturnConsumedCapacity,
      isRepeated ? 'ReadCapacityUnits' : 'WriteCapacityUnits',
    ),
  );
  return { Responses: asked.map(() => ({})), ConsumedCapacity: consumed[0] ? consumed : undefined };
});

/** Of tables that there are, a statement is checked as far as it can be without looking at its key. */
function elementOf(context: Context, asked: Member): Element {
  const statement = parseStatement(asked.Statement, asked.Parameters);
  const table = context.tables.find(statement.source.table);
  if (table && statement.type === 'select') keyReadBy(table, statement, 'ExecuteTransaction');
  if (table && statement.type === 'exists') writeOf(table, statement);
  if (table && 'returning' in statement && statement.returning) {
    throw validation('RETURNING clause is not supported in ExecuteTransaction.');
  }
  return { statement, asked };
}

function readAll(
  context: Context,
  elements: readonly ReadElement[],
  asked: ValueOf<typeof returnConsumedCapacity> | undefined,
): object {
  const reads = forAll(elements, ({ statement }) => {
    const table = context.tables.table(statement.source.table);
    const key = keyReadBy(table, statement, 'ExecuteTransaction');
    checkReadKey(table, statement, key);
    return { table, statement, key };
  });
  refuseDuplicates(reads);
  const consumptions = new Map<Table, Consumption>();
  let size = 0;
  const responses = reads.map(({ table, statement, key }) => {
    const item = table.rows.get(key);
    const bytes = item ? itemSize(item) : 0;
    size += bytes;
    const consumption = consumptions.get(table) ?? noConsumption(table);
    consumptions.set(table, consumption);
    consumption.tableUnits += 2 * readUnits(bytes, true);
    return item ? { Item: columnsOf(statement.columns, item) } : {};
  });
  if (size > largestTransaction) {
    throw validation('The aggregate size of the items in the transaction exceeded 4 MB');
  }
  const consumed = [...consumptions.values()].map((consumption) =>
    consumedCapacity(consumption, asked, 'ReadCapacityUnits'),
  );
  return { Responses: responses, ConsumedCapacity: consumed[0] ? consumed : undefined };
}

async function writeAll(context: Context, elements: readonly WriteElement[]) {
  const writes = forAll(elements, ({ statement, asked }) => {
    const table = context.tables.table(statement.source.table);
    const write = writeOf(table, statement, () => validation(keyMismatch));
    write.check();
    return { table, asked, ...write };
  });
  refuseDuplicates(writes);
  return transact(
    context,
    writes.map(({ change, asked }) => change(asked.ReturnValuesOnConditionCheckFailure)),
  );
}

/** What is wrong with a statement itself refuses the transaction, which tells which it is. */
function each<From, To>(elements: readonly From[], step: (element: From) => To): To[] {
  return elements.map((element, index) => {
    try {
      return step(element);
    } catch (error) {
      if (!(error instanceof DynamoDBError) || error.name !== 'ValidationException') throw error;
      throw validation(`Validation failed in TransactStatements[${index}]: ${error.message}`);
    }
  });
}

function refuseDuplicates(elements: readonly { readonly table: Table; readonly key: Item }[]) {
  const keys = elements.map(({ table, key }) => `${table.name} ${keyText(table.key, key)}`);
  if (new Set(keys).size === keys.length) return;
  throw validation('Transaction request cannot include multiple operations on one item');
}
