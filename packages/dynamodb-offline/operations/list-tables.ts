import { operation } from '../operation';
import { limit } from '../tables/request-shapes';
import { string, structure } from '../validation/shape';

const MOST_NAMES = 100;

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ListTables.html */
export const listTables = operation(
  structure('ListTablesInput', {
    Limit: limit(MOST_NAMES),
    ExclusiveStartTableName: string({ pattern: '[a-zA-Z0-9_.-]+', min: 3, max: 255 }),
  }),
  ({ tables }, { Limit = MOST_NAMES, ExclusiveStartTableName: start = '' }) => {
    const names = tables
      .all()
      .map(({ name }) => name)
      .filter((name) => name > start);
    const TableNames = names.slice(0, Limit);
    return { TableNames, ...(names.length > Limit && { LastEvaluatedTableName: TableNames.at(-1) }) };
  },
);
