import { modeled } from '../errors';
import { operation } from '../operation';
import { describeContinuousBackups as description } from '../tables/continuous-backups';
import { checkTableName, tableNameOrArn } from '../tables/request-shapes';
import type { Catalog } from '../tables/catalog';
import type { Table } from '../tables/table';
import { structure } from '../validation/shape';

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeContinuousBackups.html */
export const describeContinuousBackups = operation(
  structure('DescribeContinuousBackupsInput', { TableName: tableNameOrArn }),
  ({ tables, now }, { TableName = '' }) => description(backedUpTable(tables, TableName).definition, now()),
  checkTableName,
);

/** @throws TableNotFoundException, which the operations on backups alone have */
export function backedUpTable(tables: Catalog, nameOrArn: string): Table {
  const table = tables.find(nameOrArn);
  if (!table) throw modeled('TableNotFoundException', `Table not found: ${nameOrArn}`);
  return table;
}
