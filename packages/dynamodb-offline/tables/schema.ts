import { validation } from '../errors';
import type { ValueOf } from '../validation/shape';
import type { BillingMode, Projection } from './definition';
import type { AttributeDefinition, KeySchemaElement } from './key-schema';
import type { globalSecondaryIndexes, localSecondaryIndexes } from './request-shapes';

type LocalIndex = ValueOf<typeof localSecondaryIndexes>[number];
type GlobalIndex = ValueOf<typeof globalSecondaryIndexes>[number];

/** What CreateTable gets of keys and indexes. */
export interface RequestedSchema {
  readonly AttributeDefinitions: readonly AttributeDefinition[];
  readonly KeySchema: readonly KeySchemaElement[];
  readonly LocalSecondaryIndexes?: readonly LocalIndex[];
  readonly GlobalSecondaryIndexes?: readonly GlobalIndex[];
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html */
const MOST_LOCAL_INDEXES = 5;
export const MOST_GLOBAL_INDEXES = 20;
const MOST_PROJECTED_ATTRIBUTES = 100;
const MOST_KEY_ATTRIBUTES = 4;

export function invalidParameters(reason: string): Error {
  return validation(`One or more parameter values were invalid: ${reason}`);
}

/** @throws the first thing that DynamoDB would say is wrong with the keys and indexes of a new table */
export function checkSchema(request: RequestedSchema, billingMode: BillingMode): void {
  const { AttributeDefinitions, KeySchema, LocalSecondaryIndexes, GlobalSecondaryIndexes } = request;
  const defined = AttributeDefinitions.map(({ AttributeName }) => AttributeName);
  const twice = defined.find((name, index) => defined.indexOf(name) !== index);
  if (KeySchema.length > defined.length) {
    throw validation('Invalid KeySchema: Some index key attribute have no definition');
  }
  checkKeys(KeySchema, defined);
  if (twice !== undefined) throw validation(`Attribute Name is duplicated: ${twice}`);
  if (!LocalSecondaryIndexes && !GlobalSecondaryIndexes && KeySchema.length !== defined.length) {
    throw invalidParameters(
      'Number of attributes in KeySchema does not exactly match number of attributes defined in AttributeDefinitions',
    );
  }
  const names = new Set<string>();
  const checkNew = (name: string) => {
    if (names.has(name)) throw invalidParameters(`Duplicate index name: ${name}`);
    names.add(name);
  };
  if (LocalSecondaryIndexes) {
    if (LocalSecondaryIndexes.length === 0) throw invalidParameters('List of LocalSecondaryIndexes is empty');
    if (KeySchema.length < 2) {
      throw invalidParameters(
        'Table KeySchema does not have a range key, which is required when specifying a LocalSecondaryIndex',
      );
    }
    for (const index of LocalSecondaryIndexes) {
      checkLocalIndex(index, KeySchema[0]!.AttributeName, defined);
      checkNew(index.IndexName);
    }
    if (LocalSecondaryIndexes.length > MOST_LOCAL_INDEXES) {
      throw invalidParameters(
        `Number of LocalSecondaryIndexes exceeds per-table limit of ${MOST_LOCAL_INDEXES}`,
      );
    }
  }
  if (GlobalSecondaryIndexes) {
    if (GlobalSecondaryIndexes.length === 0)
      throw invalidParameters('List of GlobalSecondaryIndexes is empty');
    for (const index of GlobalSecondaryIndexes) {
      checkGlobalIndex(index, defined, billingMode);
      checkNew(index.IndexName);
    }
    if (GlobalSecondaryIndexes.length > MOST_GLOBAL_INDEXES) {
      throw invalidParameters(
        `GlobalSecondaryIndex count exceeds the per-table limit of ${MOST_GLOBAL_INDEXES}`,
      );
    }
  }
  const indexes = [...(LocalSecondaryIndexes ?? []), ...(GlobalSecondaryIndexes ?? [])];
  checkAllUsed(defined, [KeySchema, ...indexes.map((index) => index.KeySchema)]);
  checkProjectedAttributes(indexes);
}

function checkLocalIndex(
  { IndexName, KeySchema, Projection }: LocalIndex,
  tableHash: string,
  defined: string[],
) {
  checkKeys(KeySchema, defined);
  const [hash, range] = KeySchema;
  if (!range) throw invalidParameters(`Index KeySchema does not have a range key for index: ${IndexName}`);
  if (hash!.AttributeName !== tableHash) {
    throw invalidParameters(
      `Index KeySchema does not have the same leading hash key as table KeySchema for index: ${IndexName}. ` +
        `index hash key: ${hash!.AttributeName}, table hash key: ${tableHash}`,
    );
  }
  checkProjection(Projection);
}

/** Of a new table, or of one that gets an index. */
export function checkGlobalIndex(
  { IndexName, KeySchema, Projection, ProvisionedThroughput }: GlobalIndex,
  defined: readonly string[],
  billingMode: BillingMode,
): void {
  checkIndexKeys(KeySchema, defined);
  checkProjection(Projection);
  if (billingMode === 'PAY_PER_REQUEST' && ProvisionedThroughput) {
    throw invalidParameters(
      `ProvisionedThroughput should not be specified for index: ${IndexName} when BillingMode is PAY_PER_REQUEST`,
    );
  }
  if (billingMode === 'PROVISIONED' && !ProvisionedThroughput) {
    throw invalidParameters(`ProvisionedThroughput is not specified for index: ${IndexName}`);
  }
}

function checkKeys(keySchema: readonly KeySchemaElement[], defined: readonly string[]): void {
  checkDefined(keySchema, defined);
  const [hash, range] = keySchema;
  if (hash?.AttributeName === range?.AttributeName) {
    throw validation('Both the Hash Key and the Range Key element in the KeySchema have the same name');
  }
  if (hash?.KeyType !== 'HASH') {
    throw validation('Invalid KeySchema: The first KeySchemaElement is not a HASH key type');
  }
  if (range && range.KeyType !== 'RANGE') {
    throw validation('Invalid KeySchema: The second KeySchemaElement is not a RANGE key type');
  }
}

/**
 * Of a global index: its partition key and its sort key may have up to four attributes each. DynamoDB's words for what
 * breaks this have not been seen.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/GSI.DesignPattern.MultiAttributeKeys.html
 */
function checkIndexKeys(keySchema: readonly KeySchemaElement[], defined: readonly string[]): void {
  const types = keySchema.map(({ KeyType }) => KeyType);
  const hashes = types.lastIndexOf('HASH') + 1;
  if (hashes < 2 && keySchema.length < 3) {
    checkKeys(keySchema, defined);
    return;
  }
  checkDefined(keySchema, defined);
  const names = keySchema.map(({ AttributeName }) => AttributeName);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw validation(`Invalid KeySchema: The attribute ${twice} is in it twice`);
  if (types.slice(0, hashes).includes('RANGE') || hashes === 0) {
    throw validation('Invalid KeySchema: The HASH key elements must come before the RANGE key elements');
  }
  if (hashes > MOST_KEY_ATTRIBUTES || keySchema.length - hashes > MOST_KEY_ATTRIBUTES) {
    throw validation(
      `Invalid KeySchema: There may be ${MOST_KEY_ATTRIBUTES} HASH and ${MOST_KEY_ATTRIBUTES} RANGE key elements`,
    );
  }
}

function checkDefined(keySchema: readonly KeySchemaElement[], defined: readonly string[]): void {
  const keys = keySchema.map(({ AttributeName }) => AttributeName);
  if (keys.every((key) => defined.includes(key))) return;
  throw invalidParameters(
    `Some index key attributes are not defined in AttributeDefinitions. Keys: ${listed(keys)}, AttributeDefinitions: ${listed(defined)}`,
  );
}

function checkProjection({
  ProjectionType: type,
  NonKeyAttributes: attributes,
}: LocalIndex['Projection']): void {
  if (type === undefined) throw invalidParameters('Unknown ProjectionType: null');
  if (attributes && type !== 'INCLUDE') {
    throw invalidParameters(`ProjectionType is ${type}, but NonKeyAttributes is specified`);
  }
  if (type !== 'INCLUDE') return;
  if (!attributes)
    throw invalidParameters('ProjectionType is INCLUDE, but NonKeyAttributes is not specified');
  const twice = attributes.find((name, index) => attributes.indexOf(name) !== index);
  if (twice !== undefined) throw invalidParameters(`Duplicate element in NonKeyAttributes: ${twice}`);
}

function checkAllUsed(
  defined: readonly string[],
  keySchemas: readonly (readonly KeySchemaElement[])[],
): void {
  const used = [...new Set(keySchemas.flat().map(({ AttributeName }) => AttributeName))];
  if (defined.some((name) => !used.includes(name))) {
    throw invalidParameters(
      `Some AttributeDefinitions are not used. AttributeDefinitions: ${listed(defined)}, keys used: ${listed(used)}`,
    );
  }
}

function checkProjectedAttributes(indexes: readonly LocalIndex[]): void {
  const all = indexes.flatMap(({ Projection }) => Projection.NonKeyAttributes ?? []);
  if (all.length > MOST_PROJECTED_ATTRIBUTES) {
    throw invalidParameters(
      `Number of projected attributes of all secondary indexes exceeds the per-table limit of ${MOST_PROJECTED_ATTRIBUTES}`,
    );
  }
}

/** Of a projection that has been checked. */
export function projectionOf({
  ProjectionType,
  NonKeyAttributes = [],
}: LocalIndex['Projection']): Projection {
  return { type: ProjectionType!, attributes: NonKeyAttributes };
}

function listed(names: readonly string[]): string {
  return `[${names.join(', ')}]`;
}
