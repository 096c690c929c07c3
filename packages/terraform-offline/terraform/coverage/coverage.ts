/**
 * What becomes of each attribute that a configuration sets: the one table that the reader, the list of what is not
 * served, `--strict` and the README's matrix are made from. A file here holds the types of one service, by type and
 * attribute, with Terraform's names; the attributes of a block stand in an object under its name. Whoever makes the local
 * cloud serve an attribute changes its row to `served`, and runs `npm run coverage`, which writes the README's table.
 *
 * - `served`: it does what it does on AWS.
 * - `withoutEffect`: nothing that is stored, answered or permitted here depends on it.
 * - `notServed(meaning)`: it is named at start with what that means: a sentence without a full stop.
 * - `refused(why)`: it changes who may call, what is stored or what is answered, so that whatever it belongs to answers
 *   501 with that reason. The reader says where, with `refuseGaps(resource)`, as it reads the resource.
 *
 * `VALUE` in a sentence stands for what is set. Values that follow the sentence are those that change nothing. Without any these are false, 0, empty texts, lists and
 * maps; null is always one. A resource type may have one row in place of those of its attributes. An attribute that has
 * no row, and a type that is not listed, are named at start.
 */
export type Coverage = Readonly<Record<string, Row | Rows>>;

export interface Rows {
  readonly [attribute: string]: Row | Rows;
}

export class Row {
  constructor(
    readonly kind: 'served' | 'without effect' | 'not served' | 'refused',
    /** What that means, or why; empty where there is nothing to say. */
    readonly meaning: string,
    /** The values that change nothing. */
    readonly harmless: readonly unknown[],
  ) {}

  isHarmless(value: unknown): boolean {
    if (value === undefined || value === null) return true;
    if (Array.isArray(value)) return value.every((element) => this.isHarmless(element));
    if (this.harmless.length > 0) return this.harmless.includes(value);
    if (typeof value === 'object') return Object.keys(value).length === 0;
    return value === false || value === 0 || value === '' || value === 'false' || value === '0';
  }
}

export const served = new Row('served', '', []);

export const withoutEffect = new Row('without effect', '', []);

export function notServed(meaning: string, ...harmless: readonly unknown[]): Row {
  return new Row('not served', meaning, harmless);
}

export function refused(why: string, ...harmless: readonly unknown[]): Row {
  return new Row('refused', why, harmless);
}

/** Attributes that any resource may have. */
export const common: Rows = {
  id: withoutEffect,
  region: served,
  tags: withoutEffect,
  tags_all: withoutEffect,
  timeouts: withoutEffect,
};
