import type { Operation } from './operation';
import { batchExecuteStatement } from './operations/batch-execute-statement';
import { batchGetItem } from './operations/batch-get-item';
import { batchWriteItem } from './operations/batch-write-item';
import { createTable } from './operations/create-table';
import { deleteItem } from './operations/delete-item';
import { deleteTable } from './operations/delete-table';
import { describeContinuousBackups } from './operations/describe-continuous-backups';
import { describeEndpoints } from './operations/describe-endpoints';
import { describeLimits } from './operations/describe-limits';
import { describeStream } from './operations/describe-stream';
import { describeTable } from './operations/describe-table';
import { describeTimeToLive } from './operations/describe-time-to-live';
import { executeStatement } from './operations/execute-statement';
import { executeTransaction } from './operations/execute-transaction';
import { getItem } from './operations/get-item';
import { getRecords } from './operations/get-records';
import { getShardIterator } from './operations/get-shard-iterator';
import { listStreams } from './operations/list-streams';
import { listTables } from './operations/list-tables';
import { listTagsOfResource } from './operations/list-tags-of-resource';
import { putItem } from './operations/put-item';
import { query } from './operations/query';
import { scan } from './operations/scan';
import { tagResource } from './operations/tag-resource';
import { transactGetItems } from './operations/transact-get-items';
import { transactWriteItems } from './operations/transact-write-items';
import { untagResource } from './operations/untag-resource';
import { updateContinuousBackups } from './operations/update-continuous-backups';
import { updateItem } from './operations/update-item';
import { updateTable } from './operations/update-table';
import { updateTimeToLive } from './operations/update-time-to-live';

const tableOperations = {
  BatchExecuteStatement: batchExecuteStatement,
  BatchGetItem: batchGetItem,
  BatchWriteItem: batchWriteItem,
  CreateTable: createTable,
  DeleteItem: deleteItem,
  DeleteTable: deleteTable,
  DescribeContinuousBackups: describeContinuousBackups,
  DescribeEndpoints: describeEndpoints,
  DescribeLimits: describeLimits,
  DescribeTable: describeTable,
  DescribeTimeToLive: describeTimeToLive,
  ExecuteStatement: executeStatement,
  ExecuteTransaction: executeTransaction,
  GetItem: getItem,
  ListTables: listTables,
  ListTagsOfResource: listTagsOfResource,
  PutItem: putItem,
  Query: query,
  Scan: scan,
  TagResource: tagResource,
  TransactGetItems: transactGetItems,
  TransactWriteItems: transactWriteItems,
  UntagResource: untagResource,
  UpdateContinuousBackups: updateContinuousBackups,
  UpdateItem: updateItem,
  UpdateTable: updateTable,
  UpdateTimeToLive: updateTimeToLive,
};

const streamOperations = {
  DescribeStream: describeStream,
  GetRecords: getRecords,
  GetShardIterator: getShardIterator,
  ListStreams: listStreams,
};

/** Every operation that is served, by what `X-Amz-Target` says. */
export const operations: ReadonlyMap<string, Operation> = new Map([
  ...Object.entries(tableOperations).map(([name, run]) => [`DynamoDB_20120810.${name}`, run] as const),
  ...Object.entries(streamOperations).map(
    ([name, run]) => [`DynamoDBStreams_20120810.${name}`, run] as const,
  ),
]);
