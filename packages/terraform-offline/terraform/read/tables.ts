import { inLocalAccount } from '../../iam/arn';
import { isObject } from '../../is-object';
import { refuseGaps } from '../coverage/gaps';
import type { Block } from '../language/configuration/block';
import type { KeySchema, SecondaryIndex, StreamViewType, Table, TableItem } from '../model/table';
import type { Resource } from '../language/configuration/resource';
import { arnOf, type Attempts } from './attempts';
import { readPolicy } from './policies';

export function readTables(attempts: Attempts): Table[] {
  return attempts.configuration.all('aws_dynamodb_table').flatMap((resource) => {
    const part = { address: resource.where, effect: 'the table answers 501', arn: arnOf(resource) };
    const tried = attempts.attempt(part, () => ({
      ...readTable(attempts, resource),
      ...itemsOf(attempts, resource.text('name')),
    }));
    return tried.unserved ? [] : [tried.value];
  });
}

function readTable(attempts: Attempts, resource: Resource): Table {
  refuseGaps(resource);
  const table: Table = {
    name: taken(resource, 'name', NAME),
    arn: resource.text('arn'),
    keySchema: keySchema(resource.text('hash_key'), resource.optionalText('range_key')),
    attributeDefinitions: resource.blocks('attribute').map((attribute) => ({
      AttributeName: attribute.text('name'),
      AttributeType: taken(attribute, 'type', TYPE) as 'S' | 'N' | 'B',
    })),
    globalSecondaryIndexes: resource
      .blocks('global_secondary_index')
      .map((index) => secondaryIndex(index, index.text('hash_key'))),
    localSecondaryIndexes: resource
      .blocks('local_secondary_index')
      .map((index) => secondaryIndex(index, resource.text('hash_key'))),
    ...timeToLive(resource),
    ...stream(resource),
    ...policies(attempts, resource.text('arn')),
  };
  refuseUnmatchedAttributes(resource.where, table);
  return table;
}

/** What DynamoDB takes: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateTable.html */
const NAME = [/^[\w.-]{3,255}$/, '3 to 255 letters, digits and _.-'] as const;
const TYPE = [/^[SNB]$/, 'S, N or B'] as const;
const PROJECTION = [/^(ALL|KEYS_ONLY|INCLUDE)$/, 'ALL, KEYS_ONLY or INCLUDE'] as const;
const VIEW = [
  /^(KEYS_ONLY|NEW_IMAGE|OLD_IMAGE|NEW_AND_OLD_IMAGES)$/,
  'KEYS_ONLY, NEW_IMAGE, OLD_IMAGE or NEW_AND_OLD_IMAGES',
] as const;

/** A value that DynamoDB takes: what it would refuse once it is there keeps nothing else from being served. */
function taken(block: Block, name: string, [pattern, expected]: readonly [RegExp, string]): string {
  const value = block.text(name);
  if (pattern.test(value)) return value;
  throw new Error(`${block.where}.${name}: expected ${expected}, received ${JSON.stringify(value)}`);
}

/** DynamoDB takes neither a key without a type nor a type for anything else. */
function refuseUnmatchedAttributes(
  where: string,
  { name, keySchema, attributeDefinitions, globalSecondaryIndexes = [], localSecondaryIndexes = [] }: Table,
): void {
  const keys = [
    { of: 'the table', schema: keySchema },
    ...[...globalSecondaryIndexes, ...localSecondaryIndexes].map(({ IndexName, KeySchema }) => ({
      of: `the index ${IndexName}`,
      schema: KeySchema,
    })),
  ].flatMap(({ of, schema }) => schema.map(({ AttributeName }) => ({ of, attribute: AttributeName })));
  const attributes = attributeDefinitions.map(({ AttributeName }) => AttributeName);
  const undeclared = keys.find(({ attribute }) => !attributes.includes(attribute));
  if (undeclared) {
    throw new Error(
      `${where}: the table ${name} has no attribute block for ${undeclared.attribute}, a key of ${undeclared.of}: add one with its type, S, N or B`,
    );
  }
  const unused = attributes.find((candidate) => !keys.some(({ attribute }) => attribute === candidate));
  if (unused !== undefined) {
    throw new Error(
      `${where}: the table ${name} has an attribute block for ${unused}, which is no key of the table or of an index: remove it; items may have any attributes besides`,
    );
  }
}

function itemsOf(attempts: Attempts, table: string): Pick<Table, 'items'> {
  const effect = 'the table lacks that item';
  const declared = attempts.belonging(
    'aws_dynamodb_table_item',
    effect,
    (item) => item.text('table_name') === table,
  );
  const items = declared.flatMap((resource): TableItem[] => {
    const address = resource.where;
    const tried = attempts.attempt({ address, effect }, () => {
      const item = resource.json('item');
      if (isObject(item)) return { address, item };
      throw new Error(
        `${address}.item: expected an item in DynamoDB's JSON, received ${JSON.stringify(item)}`,
      );
    });
    return tried.unserved ? [] : [tried.value];
  });
  return items.length > 0 ? { items } : {};
}

function timeToLive(table: Resource): Pick<Table, 'timeToLiveAttribute'> {
  const [ttl] = table.blocks('ttl');
  return ttl?.flag('enabled') ? { timeToLiveAttribute: ttl.text('attribute_name') } : {};
}

function stream(table: Resource): Pick<Table, 'streamViewType'> {
  if (!table.flag('stream_enabled')) return {};
  return { streamViewType: taken(table, 'stream_view_type', VIEW) as StreamViewType };
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/access-control-resource-based.html */
function policies(attempts: Attempts, table: string): Pick<Table, 'resourcePolicies'> {
  const resources = attempts.belongingAnywhere(
    'aws_dynamodb_resource_policy',
    'it protects nothing',
    (policy) => {
      const arn = inLocalAccount(policy.text('resource_arn'));
      return arn === table || arn.startsWith(`${table}/stream/`);
    },
  );
  if (resources.length === 0) return {};
  return {
    resourcePolicies: Object.fromEntries(
      resources.map((policy) => [
        inLocalAccount(policy.text('resource_arn')),
        readPolicy(attempts, policy.address, policy),
      ]),
    ),
  };
}

function keySchema(hashKey: string, rangeKey: string | undefined): KeySchema {
  const hash = { AttributeName: hashKey, KeyType: 'HASH' } as const;
  return rangeKey === undefined ? [hash] : [hash, { AttributeName: rangeKey, KeyType: 'RANGE' }];
}

function secondaryIndex(index: Block, hashKey: string): SecondaryIndex {
  const included = index.texts('non_key_attributes');
  return {
    IndexName: taken(index, 'name', NAME),
    KeySchema: keySchema(hashKey, index.optionalText('range_key')),
    Projection: {
      ProjectionType: taken(index, 'projection_type', PROJECTION),
      ...(included.length > 0 && { NonKeyAttributes: included }),
    },
  };
}
