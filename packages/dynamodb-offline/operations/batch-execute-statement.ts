import type { Item } from '../attribute-value';
import type { Context } from '../context';
import { DynamoDBError, validation } from '../errors';
import { addWrite, consumedCapacity, noConsumption, readUnits, type Consumption } from '../items/capacity';
import { change } from '../items/changes';
import { keyText } from '../items/keys';
import { itemSize } from '../items/size';
import { operation } from '../operation';
import { parseStatement } from '../partiql/parse';
import { checkReadKey, columnsOf, keyReadBy } from '../partiql/select';
import type { Select, Statement, WriteStatement } from '../partiql/tree';
import { checkParameterValues } from '../partiql/values';
import { writeOf } from '../partiql/writes';
import type { Table } from '../tables/table';
import { returnConsumedCapacity, returnValuesOnConditionCheckFailure } from '../validation/members';
import {
  attributeValue,
  boolean,
  list,
  required,
  string,
  structure,
  type ValueOf,
} from '../validation/shape';

const member = structure('BatchStatementRequest', {
  ReturnValuesOnConditionCheckFailure: returnValuesOnConditionCheckFailure,
  Statement: required(string({ min: 1, max: 8192 })),
  Parameters: list(attributeValue, { min: 1 }),
  ConsistentRead: boolean,
});

const shape = structure('BatchExecuteStatementInput', {
  ReturnConsumedCapacity: returnConsumedCapacity,
  Statements: required(list(member, { min: 1, max: 25 })),
});

type Member = ValueOf<typeof member>;

/** A statement of the batch, as far as it could be understood. */
interface Step {
  readonly statement?: Statement;
  readonly table?: Table;
  readonly key?: Item;
  /** Does it, or throws why it cannot be done; returns what the answer has of the item. */
  readonly run: (consumption: (table: Table) => Consumption) => Item | undefined | Promise<Item | undefined>;
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchExecuteStatement.html */
export const batchExecuteStatement = operation(shape, async (context, request) => {
  const steps = request.Statements.map((one) => stepOf(context, one));
  refuseMixture(steps);
  refuseDuplicates(steps);
  const consumptions = new Map<Table, Consumption>();
  const consumptionOf = (table: Table) => {
    const consumption = consumptions.get(table) ?? noConsumption(table);
    consumptions.set(table, consumption);
    return consumption;
  };
  const responses: object[] = [];
  for (const { table, run } of steps) {
    const TableName = table?.name;
    try {
      responses.push({ TableName, Item: await run(consumptionOf) });
    } catch (error) {
      responses.push({ TableName, Error: errorOf(error) });
    }
  }
  const consumed = [...consumptions.values()].map((consumption) =>
    consumedCapacity(consumption, request.ReturnConsumedCapacity),
  );
  return { Responses: responses, ConsumedCapacity: consumed[0] ? consumed : undefined };
});

function stepOf(context: Context, one: Member): Step {
  let known: Omit<Step, 'run'> = {};
  try {
    checkParameterValues(one.Parameters);
    const statement = parseStatement(one.Statement, one.Parameters);
    known = { statement };
    if (statement.type === 'exists') {
      throw validation('EXISTS can only be used in ExecuteTransaction write requests.');
    }
    const table = context.tables.table(statement.source.table);
    known = { statement, table };
    return statement.type === 'select'
      ? reading(table, statement, one)
      : writing(context, table, statement, one);
  } catch (error) {
    return {
      ...known,
      run: () => {
        throw error;
      },
    };
  }
}

function reading(table: Table, statement: Select, { ConsistentRead: isConsistent }: Member): Step {
  const key = keyReadBy(table, statement, 'BatchExecuteStatement');
  return {
    statement,
    table,
    key,
    run(consumption) {
      checkReadKey(table, statement, key);
      const item = table.rows.get(key);
      consumption(table).tableUnits += readUnits(item ? itemSize(item) : 0, isConsistent);
      return item && columnsOf(statement.columns, item);
    },
  };
}

function writing(context: Context, table: Table, statement: WriteStatement, one: Member): Step {
  const write = writeOf(table, statement);
  return {
    statement,
    table,
    key: write.key,
    async run(consumption) {
      write.check();
      const changed = await context.write((writes) =>
        change(writes, write.change(one.ReturnValuesOnConditionCheckFailure)),
      );
      addWrite(consumption(table), changed.before, changed.after);
      return write.returned(changed)?.[0];
    },
  };
}

function refuseMixture(steps: readonly Step[]) {
  const kinds = new Set(steps.flatMap(({ statement }) => (statement ? [statement.type === 'select'] : [])));
  if (kinds.size < 2) return;
  throw validation(
    'BatchExecuteStatement API does not support both read and write operations in the same request.',
  );
}

function refuseDuplicates(steps: readonly Step[]) {
  const keys = steps.flatMap(({ table, key }) =>
    table && key ? [`${table.name} ${keyText(table.key, key)}`] : [],
  );
  if (new Set(keys).size === keys.length) return;
  throw validation('Provided list of item keys contains duplicates');
}

/** The codes are shorter than the names of the exceptions. */
function errorOf(error: unknown): object {
  if (!(error instanceof DynamoDBError)) throw error;
  const Code =
    error.name === 'ValidationException' ? 'ValidationError' : error.name.replace(/Exception$/, '');
  return { Code, Message: error.message, Item: error.members.Item };
}
