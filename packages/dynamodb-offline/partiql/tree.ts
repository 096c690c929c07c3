import type { AttributeValue, Item } from '../attribute-value';
import type { Condition, Path, Update } from '../expressions/tree';

/** What a statement reads or writes. */
export interface Source {
  /** The name of a table, or its ARN. */
  readonly table: string;
  readonly index?: string;
}

export interface Order {
  readonly path: Path;
  readonly descending: boolean;
}

export interface Select {
  readonly type: 'select';
  readonly source: Source;
  /** Undefined for `*`. */
  readonly columns: readonly Path[] | undefined;
  readonly where: Condition<AttributeValue> | undefined;
  readonly order: readonly Order[];
}

export interface Insert {
  readonly type: 'insert';
  readonly source: Source;
  readonly item: Item;
}

/** `RETURNING ALL OLD *` and the like. */
export interface Returning {
  readonly what: 'ALL' | 'MODIFIED';
  readonly when: 'OLD' | 'NEW';
}

export interface UpdateStatement {
  readonly type: 'update';
  readonly source: Source;
  readonly update: Update<AttributeValue>;
  readonly where: Condition<AttributeValue> | undefined;
  readonly returning: Returning | undefined;
}

export interface Delete {
  readonly type: 'delete';
  readonly source: Source;
  readonly where: Condition<AttributeValue> | undefined;
  readonly returning: Returning | undefined;
}

/** What a transaction only checks. */
export interface Exists {
  readonly type: 'exists';
  readonly source: Source;
  readonly where: Condition<AttributeValue> | undefined;
}

export type WriteStatement = Insert | UpdateStatement | Delete;

export type Statement = Select | WriteStatement | Exists;
