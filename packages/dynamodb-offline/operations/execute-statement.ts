import { validation } from '../errors';
import { addWrite, consumedCapacity, noConsumption } from '../items/capacity';
import { change } from '../items/changes';
import { operation } from '../operation';
import { parseStatement } from '../partiql/parse';
import { select } from '../partiql/select';
import { writeOf } from '../partiql/writes';
import { checkParameterValues } from '../partiql/values';
import { returnConsumedCapacity, returnValuesOnConditionCheckFailure } from '../validation/members';
import { attributeValue, boolean, integer, list, required, string, structure } from '../validation/shape';

const shape = structure('ExecuteStatementInput', {
  ReturnConsumedCapacity: returnConsumedCapacity,
  Limit: integer({ min: 1 }),
  ReturnValuesOnConditionCheckFailure: returnValuesOnConditionCheckFailure,
  Statement: required(string({ min: 1, max: 8192 })),
  NextToken: string({ min: 1, max: 32_768 }),
  Parameters: list(attributeValue, { min: 1 }),
  ConsistentRead: boolean,
});

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ExecuteStatement.html */
export const executeStatement = operation(shape, async (context, request) => {
  checkParameterValues(request.Parameters);
  const statement = parseStatement(request.Statement, request.Parameters);
  if (statement.type === 'exists') {
    throw validation('EXISTS can only be used in ExecuteTransaction write requests.');
  }
  const table = context.tables.table(statement.source.table);
  if (statement.type === 'select') return select(table, statement, request);
  const write = writeOf(table, statement);
  write.check();
  const changed = await context.write((writes) =>
    change(writes, write.change(request.ReturnValuesOnConditionCheckFailure)),
  );
  const consumption = noConsumption(table);
  addWrite(consumption, changed.before, changed.after);
  return {
    Items: write.returned(changed) ?? [],
    ConsumedCapacity: consumedCapacity(consumption, request.ReturnConsumedCapacity),
  };
});
