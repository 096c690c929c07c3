import { operation } from '../operation';
import { describeTable as description } from '../tables/description';
import { checkTableName, tableNameOrArn } from '../tables/request-shapes';
import { structure } from '../validation/shape';

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeTable.html */
export const describeTable = operation(
  structure('DescribeTableInput', { TableName: tableNameOrArn }),
  ({ tables }, { TableName = '' }) => ({ Table: description(tables.named(TableName), tables) }),
  checkTableName,
);
