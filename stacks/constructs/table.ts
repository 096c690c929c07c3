import { DynamodbTable, type DynamodbTableConfig } from '@cdktf/provider-aws/lib/dynamodb-table';
import { Construct } from 'constructs';
import type { TableAction } from '../../functions/shared/contract';
import type { Environment } from '../environment';
import type { Metric } from './metric';
import type { NodeFunction } from './node-function';
import { transformed, type Transform } from './transform';

/** An attribute of a key: its name, if it is a string, or its name and type. */
export type KeyAttribute = string | { readonly name: string; readonly type: 'S' | 'N' | 'B' };

/** A global secondary index, with all attributes of the items that have its key. */
export interface TableIndex {
  readonly indexName: string;
  readonly partitionKey: KeyAttribute;
  /** Default: none. */
  readonly sortKey?: KeyAttribute;
}

export interface TableProps {
  readonly environment: Environment;
  /** Name in the default environment. */
  readonly tableName: string;
  readonly partitionKey: KeyAttribute;
  /** Default: none. */
  readonly sortKey?: KeyAttribute;
  /** Default: none. */
  readonly indexes?: readonly TableIndex[];
  /** The attribute that says, in seconds since 1970, when DynamoDB may delete an item. Default: none. */
  readonly ttlAttribute?: string;
  /** Default: the table is made as it is. */
  readonly transform?: Transform<{ readonly table: DynamodbTableConfig }>;
}

/** What DynamoDB does with a key of one's own for whoever reads, and for whoever writes. */
const KEY_ACTIONS = {
  read: ['kms:Decrypt', 'kms:DescribeKey'],
  write: ['kms:Encrypt', 'kms:GenerateDataKey', 'kms:ReEncryptFrom', 'kms:ReEncryptTo'],
};
const WRITES: ReadonlySet<TableAction> = new Set(['PutItem', 'UpdateItem', 'DeleteItem']);

/** A DynamoDB table: on demand up to the environment's limits, with point-in-time recovery. */
export class Table extends Construct {
  /** The table's name, by reference: whoever uses it waits for the table. */
  readonly name: string;
  readonly arn: string;
  readonly resources: { readonly table: DynamodbTable };
  /** The actions that some function has been granted. */
  readonly granted: TableAction[] = [];
  private readonly environment: Environment;
  private readonly indexNames: readonly string[];

  constructor(scope: Construct, id: string, props: TableProps) {
    super(scope, id);
    const { environment, tableName, partitionKey, sortKey, indexes = [], ttlAttribute, transform } = props;
    const { onDemandThroughput, pointInTimeRecoveryDays, deletionProtection, kmsKeyArn } = environment;
    const keys = [partitionKey, sortKey, ...indexes.flatMap((index) => [index.partitionKey, index.sortKey])]
      .filter((key) => key !== undefined)
      .map((key) => (typeof key === 'string' ? { name: key, type: 'S' } : key));
    const config: DynamodbTableConfig = {
      name: environment.resourceName(tableName),
      billingMode: 'PAY_PER_REQUEST',
      hashKey: nameOf(partitionKey),
      rangeKey: sortKey && nameOf(sortKey),
      attribute: keys.filter(({ name }, i) => keys.findIndex((other) => other.name === name) === i),
      ...(indexes.length > 0 && {
        globalSecondaryIndex: indexes.map((index) => ({
          name: index.indexName,
          hashKey: nameOf(index.partitionKey),
          rangeKey: index.sortKey && nameOf(index.sortKey),
          projectionType: 'ALL',
          onDemandThroughput,
        })),
      }),
      ...(ttlAttribute !== undefined && { ttl: { attributeName: ttlAttribute, enabled: true } }),
      onDemandThroughput,
      pointInTimeRecovery: { enabled: true, recoveryPeriodInDays: pointInTimeRecoveryDays },
      ...(kmsKeyArn !== undefined && { serverSideEncryption: { enabled: true, kmsKeyArn } }),
      deletionProtectionEnabled: deletionProtection,
      // DynamoDB alone would refuse in the middle of a destroy, with the API and the functions gone.
      ...(deletionProtection && { lifecycle: { preventDestroy: true } }),
    };
    const table = new DynamodbTable(this, 'table', transformed(transform, 'table', config));
    this.resources = { table };
    this.name = table.name;
    this.arn = table.arn;
    this.environment = environment;
    this.indexNames = indexes.map(({ indexName }) => indexName);
  }

  /**
   * Allows a function exactly these actions on exactly this table.
   * @throws when no action is named: a grant of nothing is a mistake
   */
  grant(fn: NodeFunction, ...actions: readonly TableAction[]): void {
    this.allow(fn, actions, this.arn);
  }

  /**
   * Allows a function exactly these actions on exactly this index.
   * @throws when the table has no such index, or no action is named
   */
  grantIndex(fn: NodeFunction, indexName: string, ...actions: readonly TableAction[]): void {
    if (!this.indexNames.includes(indexName)) {
      throw new Error(
        `${this.node.path}: grantIndex() received the index ${indexName} for ${fn.node.path}; the table has ${this.indexNames.join(', ') || 'none'}`,
      );
    }
    this.allow(fn, actions, `${this.arn}/index/${indexName}`);
  }

  private allow(fn: NodeFunction, actions: readonly TableAction[], resource: string): void {
    if (actions.length === 0) {
      throw new Error(
        `${this.node.path}: grant() received no action for ${fn.node.path}; name at least one, such as 'GetItem'`,
      );
    }
    this.granted.push(...actions.filter((action) => !this.granted.includes(action)));
    fn.allow(
      actions.map((action) => `dynamodb:${action}`),
      resource,
    );
    const { kmsKeyArn, region } = this.environment;
    if (kmsKeyArn === undefined) return;
    const writes = actions.some((action) => WRITES.has(action));
    fn.allow([...KEY_ACTIONS.read, ...(writes ? KEY_ACTIONS.write : [])], kmsKeyArn, {
      StringEquals: { 'kms:ViaService': `dynamodb.${region}.amazonaws.com` },
    });
  }

  /** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/metrics-dimensions.html */
  metric(metricName: string, dimensions?: Readonly<Record<string, string>>): Metric {
    return { namespace: 'AWS/DynamoDB', metricName, dimensions: { TableName: this.name, ...dimensions } };
  }
}

function nameOf(key: KeyAttribute): string {
  return typeof key === 'string' ? key : key.name;
}
