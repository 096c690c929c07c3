import {
  isEmpty,
  keeps,
  notBelow,
  notLower,
  staysAtLeast,
  staysOff,
  staysOn,
  staysSame,
  type Guard,
} from '../../guard';

/** https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/dynamodb_table */
export const dynamodb: Readonly<Record<string, readonly Guard[]>> = {
  aws_dynamodb_table: [
    {
      path: 'deletion_protection_enabled',
      held: staysOn,
      what: 'deletion protection',
      effect: 'one mistake could delete the table and every item in it',
    },
    {
      path: 'point_in_time_recovery.0.enabled',
      held: staysOn,
      what: 'point-in-time recovery',
      effect: 'nobody could bring back items lost by a mistake',
    },
    {
      path: 'point_in_time_recovery.0.recovery_period_in_days',
      held: notLower(),
      what: 'the days of point-in-time recovery',
      effect: 'what was lost earlier could not be brought back',
    },
    {
      path: 'ttl.0.enabled',
      held: staysOff,
      what: 'the expiry of items',
      effect: 'DynamoDB would delete every item whose time has passed, those there already included',
    },
    {
      path: 'ttl.0.attribute_name',
      // Without one, nothing expires.
      held: (before, after, accounts) => (isEmpty(after) ? undefined : staysSame(before, after, accounts)),
      what: 'the attribute by which items expire',
      effect: 'DynamoDB would delete other items than before',
    },
    {
      path: 'global_secondary_index',
      held: keeps('name'),
      what: 'the indexes',
      effect: 'every query of it would fail, and making it anew takes as long as the table is large',
    },
    ...['hash_key', 'range_key'].map((key) => ({
      path: `global_secondary_index[name].${key}`,
      held: staysSame,
      what: `the ${key} of an index`,
      effect: 'the index would be made anew, and queries of it fail until it is complete',
    })),
    {
      path: 'global_secondary_index[name].projection_type',
      held: notBelow('KEYS_ONLY', 'INCLUDE', 'ALL'),
      what: 'the projection of an index',
      effect: 'the index would be made anew, and queries no longer get every attribute',
    },
    {
      path: 'global_secondary_index[name].non_key_attributes',
      held: keeps(),
      what: 'the projection of an index',
      effect: 'the index would be made anew, and queries no longer get these attributes',
    },
    {
      path: 'local_secondary_index',
      held: keeps('name'),
      what: 'the indexes',
      effect: 'every query of it would fail',
    },
    {
      path: 'replica',
      held: keeps('region_name'),
      what: 'the replicas',
      effect: 'who reads and writes there would find no table, and a copy of the data is gone',
    },
    {
      path: 'replica[region_name].point_in_time_recovery',
      held: staysOn,
      what: 'point-in-time recovery of a replica',
      effect: 'nobody could bring back items lost there by a mistake',
    },
    {
      path: 'replica[region_name].deletion_protection_enabled',
      held: staysOn,
      what: 'deletion protection of a replica',
      effect: 'one mistake could delete it',
    },
    {
      path: 'replica[region_name].kms_key_arn',
      held: staysSame,
      what: 'the key of a replica',
      effect: 'another key, or none of yours, would guard its items',
    },
    {
      path: 'stream_enabled',
      held: staysOn,
      what: 'the stream',
      effect: 'whatever follows the changes of the table would hear of none',
    },
    {
      path: 'stream_view_type',
      held: (before, after, accounts) =>
        after === '' || after == null ? undefined : staysSame(before, after, accounts),
      what: 'what the stream holds',
      effect: 'whatever follows it would find less or other records, on a new stream',
    },
    {
      path: 'server_side_encryption.0.enabled',
      held: staysOn,
      what: 'encryption with a key of the account',
      effect: 'nobody could see, limit or revoke the use of the key that guards the items',
    },
    {
      path: 'server_side_encryption.0.kms_key_arn',
      held: staysSame,
      what: 'the key that encrypts the table',
      effect: 'who may use the other key, or AWS alone, decides who reads the items',
    },
    ...['max_read_request_units', 'max_write_request_units'].map((limit) => ({
      path: `on_demand_throughput.0.${limit}`,
      held: staysAtLeast,
      what: `the limit ${limit}`,
      effect: 'requests would be throttled earlier, or nothing would bound the bill',
    })),
  ],
  aws_dynamodb_table_replica: [
    {
      path: 'deletion_protection_enabled',
      held: staysOn,
      what: 'deletion protection',
      effect: 'one mistake could delete the replica',
    },
    {
      path: 'point_in_time_recovery',
      held: staysOn,
      what: 'point-in-time recovery',
      effect: 'nobody could bring back items lost by a mistake',
    },
    {
      path: 'kms_key_arn',
      held: staysSame,
      what: 'the key that encrypts the replica',
      effect: 'another key, or none of yours, would guard its items',
    },
  ],
};
