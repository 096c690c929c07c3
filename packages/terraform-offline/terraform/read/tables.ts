import type { Block } from '../language/configuration/block';
import type { Resource } from '../language/configuration/resource';
import type { Configuration } from '../language/configuration/configuration';
import type { KeySchema, SecondaryIndex, StreamViewType, Table } from '../model';

export function readTables(configuration: Configuration): Table[] {
  return configuration.all('aws_dynamodb_table').map((table) => ({
    name: table.text('name'),
    arn: table.text('arn'),
    keySchema: keySchema(table.text('hash_key'), table.optionalText('range_key')),
    attributeDefinitions: table.blocks('attribute').map((attribute) => ({
      AttributeName: attribute.text('name'),
      AttributeType: attribute.text('type') as 'S' | 'N' | 'B',
    })),
    globalSecondaryIndexes: table
      .blocks('global_secondary_index')
      .map((index) => secondaryIndex(index, index.text('hash_key'))),
    localSecondaryIndexes: table
      .blocks('local_secondary_index')
      .map((index) => secondaryIndex(index, table.text('hash_key'))),
    ...timeToLive(table),
    ...stream(table),
  }));
}

function timeToLive(table: Resource): Pick<Table, 'timeToLiveAttribute'> {
  const [ttl] = table.blocks('ttl');
  return ttl?.flag('enabled') ? { timeToLiveAttribute: ttl.text('attribute_name') } : {};
}

function stream(table: Resource): Pick<Table, 'streamViewType'> {
  if (!table.flag('stream_enabled')) return {};
  return { streamViewType: table.text('stream_view_type') as StreamViewType };
}

function keySchema(hashKey: string, rangeKey: string | undefined): KeySchema {
  const hash = { AttributeName: hashKey, KeyType: 'HASH' } as const;
  return rangeKey === undefined ? [hash] : [hash, { AttributeName: rangeKey, KeyType: 'RANGE' }];
}

function secondaryIndex(index: Block, hashKey: string): SecondaryIndex {
  const included = index.texts('non_key_attributes');
  return {
    IndexName: index.text('name'),
    KeySchema: keySchema(hashKey, index.optionalText('range_key')),
    Projection: {
      ProjectionType: index.text('projection_type'),
      ...(included.length > 0 && { NonKeyAttributes: included }),
    },
  };
}
