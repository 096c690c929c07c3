import type { Item } from '../attribute-value';
import type { Context } from '../context';
import { DynamoDBError, validation } from '../errors';
import { conditionHolds } from '../evaluation/condition';
import { consumedCapacity, noConsumption, readUnits, type Consumption } from '../items/capacity';
import { keyText } from '../items/keys';
import { itemSize } from '../items/size';
import { transact } from '../items/transacted';
import { forAll, largestTransaction } from '../items/transactions';
import { operation } from '../operation';
import { parseStatement } from '../partiql/parse';
import { checkReadKey, columnsOf, itemReadBy } from '../partiql/select';
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

/** A statement of the transaction, with the table that it concerns. */
interface Element<Kind extends Statement = Statement> {
  readonly statement: Kind;
  readonly table: Table;
  readonly asked: Member;
}

type ReadElement = Element<Select>;
type WriteElement = Element<Exclude<Statement, Select>>;

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ExecuteTransaction.html */
export const executeTransaction = operation(shape, async (context, request) => {
  const asked = request.TransactStatements;
  const parsed = each(asked, (one) => ({ asked: one, statement: parsedMember(one) }));
  const kinds = new Set(parsed.map(({ statement }) => statement.type === 'select'));
  if (kinds.size > 1) {
    throw validation(
      'ExecuteTransaction API does not support both read and write operations in the same request.',
    );
  }
  const elements = forAll(parsed, (one) => ({
    ...one,
    table: context.tables.table(one.statement.source.table),
  }));
  const reads = elements.filter((element): element is ReadElement => element.statement.type === 'select');
  const writes = elements.filter((element): element is WriteElement => element.statement.type !== 'select');
  if (reads.length > 0) return readAll(reads, request.ReturnConsumedCapacity);

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

function parsedMember({ Statement: text, Parameters: parameters }: Member): Statement {
  checkParameterValues(parameters);
  const statement = parseStatement(text, parameters);
  if ('returning' in statement && statement.returning) {
    throw validation('RETURNING clause is not supported in ExecuteTransaction.');
  }
  return statement;
}

function readAll(
  elements: readonly ReadElement[],
  asked: ValueOf<typeof returnConsumedCapacity> | undefined,
): object {
  const reads = each(elements, ({ table, statement }) => ({
    table,
    statement,
    ...itemReadBy(table, statement, 'ExecuteTransaction'),
  }));
  refuseDuplicates(reads);
  forAll(reads, ({ table, statement, key }) => {
    checkReadKey(table, statement, key);
  });
  const consumptions = new Map<Table, Consumption>();
  let size = 0;
  const responses = reads.map(({ table, statement, key, condition }) => {
    const item = table.rows.get(key);
    const bytes = item ? itemSize(item) : 0;
    size += bytes;
    const consumption = consumptions.get(table) ?? noConsumption(table);
    consumptions.set(table, consumption);
    consumption.tableUnits += 2 * readUnits(bytes, true);
    const isFound = item && (!condition || conditionHolds(condition, item));
    return isFound ? { Item: columnsOf(statement.columns, item) } : {};
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
  const writes = each(elements, ({ table, statement, asked }) => ({
    table,
    asked,
    ...writeOf(table, statement),
  }));
  refuseDuplicates(writes);
  forAll(writes, ({ check }) => {
    check();
  });
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
