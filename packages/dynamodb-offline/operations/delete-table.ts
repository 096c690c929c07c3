import { validation } from '../errors';
import { operation } from '../operation';
import { describeTable } from '../tables/description';
import { checkTableName, tableNameOrArn } from '../tables/request-shapes';
import { structure } from '../validation/shape';

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DeleteTable.html */
export const deleteTable = operation(
  structure('DeleteTableInput', { TableName: tableNameOrArn }),
  async ({ tables, define, clean }, { TableName = '' }) => {
    const TableDescription = await define((writes) => {
      const table = tables.named(TableName);
      if (table.definition.deletionProtection) {
        throw validation(
          'Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.',
        );
      }
      writes.undefine(table);
      return describeTable(table, tables, { table: 'DELETING' });
    });
    clean();
    return { TableDescription: deleting(TableDescription) };
  },
  checkTableName,
);

/** Less is told of a table that is going. */
function deleting(description: object): object {
  const untold = [
    'AttributeDefinitions',
    'KeySchema',
    'CreationDateTime',
    'WarmThroughput',
    'LocalSecondaryIndexes',
  ];
  return Object.fromEntries(Object.entries(description).filter(([name]) => !untold.includes(name)));
}
