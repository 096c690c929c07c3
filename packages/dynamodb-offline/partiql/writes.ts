import type { Item } from '../attribute-value';
import { modeled, validation, type DynamoDBError } from '../errors';
import type { Updated } from '../evaluation/update';
import { pathsOf, refusePathsIntoKeys } from '../items/attribute-paths';
import { checkUpdate, updated, type Change, type Changed } from '../items/changes';
import { checkIndexKeys, checkKey, checkKeyOfItem, keyOf } from '../items/keys';
import { itemSize, largestItem } from '../items/size';
import type { Table } from '../tables/table';
import { checkValues } from '../validation/attribute-value';
import { meantBy, type Meant } from './keys';
import { malformed } from './tokens';
import type { Delete, Exists, Insert, Returning, UpdateStatement, WriteStatement } from './tree';

/** What a statement does to one item. */
export interface Write {
  readonly key: Item;
  /** Refuses a key or an item that cannot be in the table. */
  readonly check: () => void;
  readonly change: (returnOnFailure: Change['returnOnFailure']) => Change;
  /** What it answers, once the change is made; undefined when the statement asks for nothing. */
  readonly returned: (changed: Changed) => readonly Item[] | undefined;
}

/**
 * @param refuse makes the error of a statement that does not mean one item
 * @throws {DynamoDBError} a ValidationException when the statement cannot be about this table
 */
export function writeOf(
  table: Table,
  statement: WriteStatement | Exists,
  refuse: (message: string) => DynamoDBError = validation,
): Write {
  if (statement.source.index !== undefined) throw malformed('An index cannot be written');
  switch (statement.type) {
    case 'insert':
      return insert(table, statement);
    case 'update':
      return update(statement, table, refuse);
    case 'delete':
      return remove(statement, table, refuse);
    case 'exists':
      return exists(table, statement);
  }
}

function insert(table: Table, { item }: Insert): Write {
  checkValues(item);
  if (itemSize(item) > largestItem) throw validation('Item size has exceeded the maximum allowed size');
  return {
    key: keyOf(table.key, item),
    check() {
      checkKeyOfItem(table.key, item);
      checkIndexKeys(table, item);
    },
    change: (returnOnFailure) => ({
      table,
      key: keyOf(table.key, item),
      condition: undefined,
      returnOnFailure,
      apply(before) {
        if (before) throw modeled('DuplicateItemException', 'Duplicate primary key exists in table');
        return item;
      },
    }),
    returned: () => undefined,
  };
}

/** An UPDATE makes no item. */
function update(
  { update: actions, where, returning }: UpdateStatement,
  table: Table,
  refuse: (message: string) => DynamoDBError,
): Write {
  const { key, condition } = meantIn(table, where, refuse);
  let touched: Updated['touched'] | undefined;
  const isThere = { type: 'attribute_exists', path: [table.key.hash.name] } as const;
  return {
    key,
    check() {
      checkKey(table.key, key);
      checkUpdate(table, actions);
      refusePathsIntoKeys(table, pathsOf(condition));
    },
    change: (returnOnFailure) => ({
      table,
      key,
      condition: condition ? { type: 'and', conditions: [isThere, condition] } : isThere,
      returnOnFailure,
      apply(before) {
        const result = updated(table, actions, before, key);
        ({ touched } = result);
        return result.item;
      },
    }),
    returned: (changed) => returned(returning, changed, touched),
  };
}

/** A DELETE of an item that is not there is done, whatever its condition. */
function remove(
  { where, returning }: Delete,
  table: Table,
  refuse: (message: string) => DynamoDBError,
): Write {
  if (returning && (returning.what !== 'ALL' || returning.when !== 'OLD')) {
    throw validation(
      `Invalid returning clause: RETURNING ${returning.what} ${returning.when} *. Only RETURNING ALL OLD * is allowed in DELETE statements.`,
    );
  }
  const { key, condition } = meantIn(table, where, refuse);
  const isAbsent = { type: 'attribute_not_exists', path: [table.key.hash.name] } as const;
  const orAbsent = condition && ({ type: 'or', conditions: [isAbsent, condition] } as const);
  return {
    ...checking(table, { key, condition: orAbsent }, () => undefined),
    returned: (changed) => returned(returning, changed),
  };
}

function exists(table: Table, { where }: Exists): Write {
  const meant = meantBy(where, table.key);
  if (!meant?.condition) {
    throw validation('EXISTS() must contain a single item read with additional condition');
  }
  return { ...checking(table, meant, undefined), returned: () => undefined };
}

function checking(
  table: Table,
  { key, condition }: Pick<Meant, 'key' | 'condition'>,
  apply: Change['apply'],
) {
  return {
    key,
    check() {
      checkKey(table.key, key);
      refusePathsIntoKeys(table, pathsOf(condition));
    },
    change: (returnOnFailure: Change['returnOnFailure']): Change => ({
      table,
      key,
      condition,
      returnOnFailure,
      apply,
    }),
  };
}

function meantIn(
  table: Table,
  where: UpdateStatement['where'],
  refuse: (message: string) => DynamoDBError,
): Meant {
  const meant = meantBy(where, table.key);
  if (!meant) throw refuse('Where clause does not contain a mandatory equality on all key attributes');
  if (meant.conflict === undefined) return meant;
  throw refuse(
    `Multiple conditions on same key ${meant.conflict}. Only single item Update/Insert/Delete are supported`,
  );
}

function returned(
  returning: Returning | undefined,
  { before, after }: Changed,
  touched?: Updated['touched'],
): readonly Item[] | undefined {
  if (!returning) return undefined;
  const isOld = returning.when === 'OLD';
  const whole = isOld ? before : after;
  const parts = isOld ? touched?.before : touched?.after;
  const item = returning.what === 'ALL' ? whole : parts;
  return item ? [item] : [];
}
