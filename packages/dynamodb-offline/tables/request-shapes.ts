import { validation } from '../errors';
import {
  boolean,
  integer,
  list,
  long,
  oneOf,
  required,
  string,
  structure,
  type ValueOf,
} from '../validation/shape';

// Members of the requests about tables, in the order in which DynamoDB reports them.

const NAME_PATTERN = '[a-zA-Z0-9_.-]+';

/** The name of a table, or its ARN: checked by `checkTableName`. */
export const tableNameOrArn = string();

/** The name of a table that is to be. */
export const newTableName = string({ pattern: NAME_PATTERN });

const attributeName = string({ min: 1, max: 255 });
const indexName = string({ pattern: NAME_PATTERN, min: 3, max: 255 });

export const attributeDefinitions = list(
  structure('AttributeDefinition', {
    AttributeType: required(oneOf('B', 'N', 'S')),
    AttributeName: required(attributeName),
  }),
);

const keySchemaElement = structure('KeySchemaElement', {
  AttributeName: required(attributeName),
  KeyType: required(oneOf('HASH', 'RANGE')),
});
export const requiredKeySchema = required(list(keySchemaElement, { min: 1, max: 2 }));
/** Four attributes of the partition key, and four of the sort key. */
const globalKeySchema = required(list(keySchemaElement, { min: 1, max: 8 }));

const projection = structure('Projection', {
  ProjectionType: oneOf('ALL', 'INCLUDE', 'KEYS_ONLY'),
  NonKeyAttributes: list(attributeName, { min: 1, max: 20 }),
});

export const provisionedThroughput = structure('ProvisionedThroughput', {
  WriteCapacityUnits: required(long({ min: 1 })),
  ReadCapacityUnits: required(long({ min: 1 })),
});

export const onDemandThroughput = structure('OnDemandThroughput', {
  MaxReadRequestUnits: long(),
  MaxWriteRequestUnits: long(),
});

export const warmThroughput = structure('WarmThroughput', {
  ReadUnitsPerSecond: long(),
  WriteUnitsPerSecond: long(),
});

export const billingMode = oneOf('PROVISIONED', 'PAY_PER_REQUEST');

export const localSecondaryIndexes = list(
  structure('LocalSecondaryIndex', {
    IndexName: required(indexName),
    KeySchema: requiredKeySchema,
    Projection: required(projection),
  }),
);

export const globalSecondaryIndexes = list(
  structure('GlobalSecondaryIndex', {
    IndexName: required(indexName),
    KeySchema: globalKeySchema,
    Projection: required(projection),
    ProvisionedThroughput: provisionedThroughput,
    OnDemandThroughput: onDemandThroughput,
    WarmThroughput: warmThroughput,
  }),
);

const globalSecondaryIndexUpdates = list(
  structure('GlobalSecondaryIndexUpdate', {
    Update: structure('UpdateGlobalSecondaryIndexAction', {
      IndexName: required(indexName),
      ProvisionedThroughput: provisionedThroughput,
      OnDemandThroughput: onDemandThroughput,
      WarmThroughput: warmThroughput,
    }),
    Create: structure('CreateGlobalSecondaryIndexAction', {
      Projection: required(projection),
      IndexName: required(indexName),
      ProvisionedThroughput: provisionedThroughput,
      KeySchema: globalKeySchema,
      OnDemandThroughput: onDemandThroughput,
      WarmThroughput: warmThroughput,
    }),
    Delete: structure('DeleteGlobalSecondaryIndexAction', { IndexName: required(indexName) }),
  }),
);

export const streamSpecification = structure('StreamSpecification', {
  StreamEnabled: required(boolean),
  StreamViewType: oneOf('OLD_IMAGE', 'KEYS_ONLY', 'NEW_AND_OLD_IMAGES', 'NEW_IMAGE'),
});

export const sseSpecification = structure('SSESpecification', {
  Enabled: boolean,
  SSEType: oneOf('AES256', 'KMS'),
  KMSMasterKeyId: string({ min: 1, max: 2048 }),
});

/** What it may be is checked after everything else, with a message of its own. */
export const tableClass = string();

/** Their texts are checked by `addTags`, absent ones too. */
export const tags = list(structure('Tag', { Key: string(), Value: string() }));

/** Of ListTables and the like. */
export const limit = (max: number) => integer({ min: 1, max });

/** @throws what DynamoDB says of a missing name before it looks at anything else */
function requireTableName({ TableName }: { readonly TableName?: string }): void {
  if (TableName === undefined) {
    throw validation("The parameter 'TableName' is required but was not present in the request");
  }
}

/** @throws what DynamoDB says of the name, or ARN, of a table there may be */
export function checkTableName(request: { readonly TableName?: string }): void {
  requireTableName(request);
  const { TableName = '' } = request;
  if (TableName.startsWith('arn:')) return;
  const broken = [
    ...(TableName.length < 3 ? ['Member must have length greater than or equal to 3'] : []),
    ...(TableName.length > 255 ? ['Member must have length less than or equal to 255'] : []),
    ...(/^[a-zA-Z0-9_.-]+$/.test(TableName)
      ? []
      : [`Member must satisfy regular expression pattern: ${NAME_PATTERN}`]),
  ];
  if (broken.length === 0) return;
  const told = broken.map(
    (constraint) => `Value '${TableName}' at 'tableName' failed to satisfy constraint: ${constraint}`,
  );
  throw validation(
    `${told.length} validation error${told.length > 1 ? 's' : ''} detected: ${told.join('; ')}`,
  );
}

/** @throws what DynamoDB says of the name of a new table before it looks at anything else */
export function checkNewTableName(request: { readonly TableName?: string }): void {
  requireTableName(request);
  const { TableName = '' } = request;
  if (TableName.length < 3 || TableName.length > 255) {
    throw validation('TableName must be at least 3 characters long and at most 255 characters long');
  }
}

export const updateTableInput = structure('UpdateTableInput', {
  AttributeDefinitions: attributeDefinitions,
  TableName: tableNameOrArn,
  ProvisionedThroughput: provisionedThroughput,
  BillingMode: billingMode,
  GlobalSecondaryIndexUpdates: globalSecondaryIndexUpdates,
  StreamSpecification: streamSpecification,
  SSESpecification: sseSpecification,
  TableClass: tableClass,
  DeletionProtectionEnabled: boolean,
  OnDemandThroughput: onDemandThroughput,
  WarmThroughput: warmThroughput,
});

export type UpdateTableInput = ValueOf<typeof updateTableInput>;
