import { DynamodbTable, type DynamodbTableConfig } from '@cdktf/provider-aws/lib/dynamodb-table';
import { Construct } from 'constructs';
import type { TableAction } from '../../functions/shared/contract';
import type { Environment } from '../environment';
import type { NodeFunction } from './node-function';
import { transformed, type Transform } from './transform';

export interface TableProps {
  readonly environment: Environment;
  /** Name in the default environment. */
  readonly tableName: string;
  /** Name of the partition key, a string. */
  readonly partitionKey: string;
  /** Default: the table is made as it is. */
  readonly transform?: Transform<{ readonly table: DynamodbTableConfig }>;
}

/** A DynamoDB table: on demand, with point-in-time recovery. */
export class Table extends Construct {
  /** The table's name, by reference: whoever uses it waits for the table. */
  readonly name: string;
  readonly arn: string;
  readonly resources: { readonly table: DynamodbTable };

  constructor(scope: Construct, id: string, { environment, tableName, partitionKey, transform }: TableProps) {
    super(scope, id);
    const config: DynamodbTableConfig = {
      name: environment.resourceName(tableName),
      billingMode: 'PAY_PER_REQUEST',
      hashKey: partitionKey,
      attribute: [{ name: partitionKey, type: 'S' }],
      pointInTimeRecovery: { enabled: true },
      deletionProtectionEnabled: environment.deletionProtection,
      // DynamoDB alone would refuse in the middle of a destroy, with the API and the functions gone.
      ...(environment.deletionProtection && { lifecycle: { preventDestroy: true } }),
    };
    const table = new DynamodbTable(this, 'table', transformed(transform, 'table', config));
    this.resources = { table };
    this.name = table.name;
    this.arn = table.arn;
  }

  /**
   * Allows a function exactly these actions on exactly this table.
   * @throws when no action is named: a grant of nothing is a mistake
   */
  grant(fn: NodeFunction, ...actions: readonly TableAction[]): void {
    if (actions.length === 0) {
      throw new Error(
        `${this.node.path}: grant() received no action for ${fn.node.path}; name at least one, such as 'GetItem'`,
      );
    }
    fn.allow(
      actions.map((action) => `dynamodb:${action}`),
      this.arn,
    );
  }
}
