import type { Block } from '../language/configuration/block';
import { hasLocalValues } from '../language/configuration/local-values';
import type { Resource } from '../language/configuration/resource';
import { common, notServed, Row, type Rows, served } from './coverage';
import { TABLE } from './table';

/** Something that is set, and not served. */
export interface Gap {
  readonly isRefused: boolean;
  /** What it is, and for what is refused also why. */
  readonly reason: string;
  /** What it means; empty for what is refused, where it depends on what it belongs to. */
  readonly meaning: string;
}

const UNKNOWN = 'it counts for nothing here';

/** Everything that a resource or data source sets and that is not served, or, where that is the type, the resource. */
export function gapsOf(resource: Resource): readonly Gap[] {
  return [...gapsOfType(resource), ...provisioners(resource)];
}

function gapsOfType(resource: Resource): readonly Gap[] {
  const { type, where } = resource;
  const covered = Object.hasOwn(TABLE, type) ? TABLE[type] : ofOtherType(type);
  if (!(covered instanceof Row)) return gapsIn(resource, { ...common, ...covered });
  if (covered.kind === 'not served') {
    return [{ isRefused: false, reason: `${where} is not served`, meaning: covered.meaning }];
  }
  return covered.kind === 'refused' ? [refusal(`${where}: ${covered.meaning}`)] : [];
}

/** https://developer.hashicorp.com/terraform/language/provisioners */
function provisioners({ where, hasProvisioners }: Resource): readonly Gap[] {
  if (!hasProvisioners) return [];
  const meaning = 'nothing is run: what it would make must be there already';
  return [{ isRefused: false, reason: `${where}.provisioner is not served`, meaning }];
}

/** A type that the table does not have. Whoever reads a data source says when it is not known. */
function ofOtherType(type: string): Row {
  if (type.startsWith('data.') || hasLocalValues(type)) return served;
  return notServed(
    type.startsWith('aws_')
      ? 'what refers to it has local values, and requests to it reach nothing here'
      : 'it is not made, and what refers to it needs --value',
  );
}

/**
 * For the reader of a resource, before it makes anything of it.
 * @throws when the resource sets what is refused
 */
export function refuseGaps(resource: Resource): void {
  refuse(gapsOf(resource));
}

/**
 * Likewise, of what another document says in the words of a resource type that has rows.
 * @throws when it sets what is refused of such a resource
 */
export function refuseGapsOf(type: string, block: Block): void {
  const rows = TABLE[type];
  if (rows && !(rows instanceof Row)) refuse(gapsIn(block, rows));
}

function refuse(gaps: readonly Gap[]): void {
  const reasons = gaps.filter(({ isRefused }) => isRefused).map(({ reason }) => reason);
  if (reasons.length > 0) throw new Error(reasons.join('; '));
}

function gapsIn(block: Block, rows: Rows): readonly Gap[] {
  return block.written.flatMap((name): readonly Gap[] => {
    const row = Object.hasOwn(rows, name) ? rows[name] : undefined;
    const where = `${block.where}.${name}`;
    if (row instanceof Row) {
      if (row.kind === 'served' || row.kind === 'without effect') return [];
      const value = readable(block, name);
      if (row.isHarmless(value)) return [];
      const meaning = row.meaning.replace('VALUE', typeof value === 'string' ? value : 'it');
      return row.kind === 'refused'
        ? [refusal(`${where}: ${meaning}`)]
        : [{ isRefused: false, reason: `${where} is not served`, meaning }];
    }
    if (!row) {
      const isSet = readable(block, name) !== undefined;
      return isSet ? [{ isRefused: false, reason: `${where} is not known here`, meaning: UNKNOWN }] : [];
    }
    return blocksOf(block, name).flatMap((inner) => gapsIn(inner, row));
  });
}

function refusal(reason: string): Gap {
  return { isRefused: true, reason, meaning: '' };
}

/** What stands for a value that is not known: it may be any. */
const ANY = Symbol('not known');

function readable(block: Block, name: string): unknown {
  try {
    return block.value(name);
  } catch {
    return ANY;
  }
}

/** Whoever reads those that cannot be evaluated says so. */
function blocksOf(block: Block, name: string): readonly Block[] {
  try {
    return block.blocks(name);
  } catch {
    return [];
  }
}
