import { DynamodbTable } from '@cdktf/provider-aws/lib/dynamodb-table';
import { Construct } from 'constructs';
import type { TableAction } from '../../functions/shared/contract';
import type { Environment } from '../environment';
import type { NodeFunction } from './node-function';

export interface TableProps {
  readonly environment: Environment;
  /** Name in the default environment. */
  readonly tableName: string;
  /** Name of the partition key, a string. */
  readonly partitionKey: string;
}

/** A DynamoDB table: on demand, with point-in-time recovery. */
export class Table extends Construct {
  /** The table's name, by reference: whoever uses it waits for the table. */
  readonly name: string;
  readonly arn: string;

  constructor(scope: Construct, id: string, { environment, tableName, partitionKey }: TableProps) {
    super(scope, id);
    const table = new DynamodbTable(this, 'table', {
      name: environment.resourceName(tableName),
      billingMode: 'PAY_PER_REQUEST',
      hashKey: partitionKey,
      attribute: [{ name: partitionKey, type: 'S' }],
      pointInTimeRecovery: { enabled: true },
      deletionProtectionEnabled: environment.deletionProtection,
      // DynamoDB alone would refuse in the middle of a destroy, with the API and the functions gone.
      ...(environment.deletionProtection && { lifecycle: { preventDestroy: true } }),
    });
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
