import type { AttributeValue, Item } from '../attribute-value';
import { validation } from '../errors';
import type { Path } from '../expressions/tree';
import { keyAttributes } from '../tables/key-schema';
import type { Index, Table } from '../tables/table';
import { itemFault } from '../validation/attribute-value';
import { checkKey, checkKeyValue, keyOf } from './keys';
import type { Refuse } from './parameters';

type Select = 'SPECIFIC_ATTRIBUTES' | 'COUNT' | 'ALL_ATTRIBUTES' | 'ALL_PROJECTED_ATTRIBUTES';

/** The members of Query and Scan that tell which attributes are answered. */
interface Selection {
  readonly Select?: Select;
  readonly IndexName?: string;
  readonly ProjectionExpression?: string;
  readonly AttributesToGet?: readonly string[];
}

const invalidStart = 'The provided starting key is invalid';

/** Refuses a `Select` that contradicts the rest of the request. */
export function checkSelect(request: Selection, refuse: Refuse): void {
  const { Select: select } = request;
  if (select === undefined) return;
  const listed = (['ProjectionExpression', 'AttributesToGet'] as const).find(
    (name) => request[name] !== undefined,
  );
  if (select === 'SPECIFIC_ATTRIBUTES') {
    if (listed) return;
    throw refuse(
      'Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES',
    );
  }
  if (listed) {
    const what = select === 'COUNT' ? 'only the Count' : select;
    throw refuse(`Cannot specify the ${listed} when choosing to get ${what}`);
  }
  if (select === 'ALL_PROJECTED_ATTRIBUTES' && request.IndexName === undefined) {
    throw validation('ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName');
  }
}

/** The index that is to be read; undefined for the table. */
export function indexOf(
  table: Table,
  name: string | undefined,
  isConsistent: boolean | undefined,
): Index | undefined {
  if (name === undefined) return undefined;
  const index = table.indexes.get(name);
  if (!index) throw validation(`The table does not have the specified index: ${name}`);
  if (index.kind === 'global' && isConsistent) {
    throw validation('Consistent reads are not supported on global secondary indexes');
  }
  if (index.backfilling) {
    throw validation(`Cannot read from backfilling global secondary index: ${name}`);
  }
  return index;
}

/**
 * Whether rows of this index have to be completed from the table, which only local indexes are: the global ones refuse
 * attributes that they do not have.
 */
export function needsWholeItems(
  table: Table,
  index: Index | undefined,
  select: Select | undefined,
  projection: readonly Path[] | undefined,
): boolean {
  if (!index || index.projection.type === 'ALL') return false;
  const has = new Set([
    ...keyAttributes(table.key).map(({ name }) => name),
    ...keyAttributes(index.key).map(({ name }) => name),
    ...index.projection.attributes,
  ]);
  const missing = [...new Set((projection ?? []).map(([name]) => name))].filter((name) => !has.has(name));
  if (index.kind === 'local') return select === 'ALL_ATTRIBUTES' || missing.length > 0;
  if (select === 'ALL_ATTRIBUTES') {
    throw validation(
      'One or more parameter values were invalid: Select type ALL_ATTRIBUTES is not supported for global secondary ' +
        `index ${index.name} because its projection type is not ALL`,
    );
  }
  if (missing.length > 0) {
    throw validation(
      `One or more parameter values were invalid: Global secondary index ${index.name} does not project [${missing.join(', ')}]`,
    );
  }
  return false;
}

/** Refuses an `ExclusiveStartKey` whose values are none. Of some faults, DynamoDB does not say where they are. */
export function checkStartValues(startKey: Item | undefined): void {
  const fault = startKey && itemFault(startKey);
  if (!fault) return;
  const isUnplaced = fault.kind === 'number' || /duplicates|number set/.test(fault.message);
  throw validation(isUnplaced ? fault.message : `${invalidStart}: ${fault.message}`);
}

/** Refuses an `ExclusiveStartKey` that is no position in what is read. */
export function checkStartKey(
  table: Table,
  index: Index | undefined,
  startKey: Item,
  whenCountDiffers = invalidStart,
): void {
  const names = new Set(
    [...keyAttributes(table.key), ...(index ? keyAttributes(index.key) : [])].map(({ name }) => name),
  );
  if (Object.keys(startKey).length !== names.size) throw validation(whenCountDiffers);
  for (const attribute of index ? keyAttributes(index.key) : []) {
    const value: AttributeValue | undefined = startKey[attribute.name];
    if (!value) throw validation(invalidStart);
    checkKeyValue(attribute, value, attribute === index?.key.hash);
  }
  try {
    const known = keyAttributes(table.key).filter(({ name }) => startKey[name]);
    checkKey(table.key, known.length === keyAttributes(table.key).length ? keyOf(table.key, startKey) : {});
  } catch (error) {
    throw validation(`${invalidStart}: ${(error as Error).message}`);
  }
}
