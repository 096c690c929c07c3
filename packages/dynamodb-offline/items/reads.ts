import { validation } from '../errors';
import type { Path } from '../expressions/tree';
import { keyAttributes } from '../tables/key-schema';
import type { Index, Table } from '../tables/table';
import type { Refuse } from './parameters';

type Select = 'SPECIFIC_ATTRIBUTES' | 'COUNT' | 'ALL_ATTRIBUTES' | 'ALL_PROJECTED_ATTRIBUTES';

/** The members of Query and Scan that tell which attributes are answered. */
interface Selection {
  readonly Select?: Select;
  readonly IndexName?: string;
  readonly ProjectionExpression?: string;
  readonly AttributesToGet?: readonly string[];
}

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
