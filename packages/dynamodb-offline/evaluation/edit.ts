import type { AttributeValue, Item } from '../attribute-value';
import { validation } from '../errors';
import type { Path } from '../expressions';
import { memberOf } from './compare';

/** What is to be at a path: a value, or nothing. */
export interface Edit {
  readonly path: Path;
  readonly value: AttributeValue | undefined;
}

const MAX_DEPTH = 32;

/**
 * A copy of an item with all edits made at once, so that indexes are those before them. Paths neither overlap nor conflict.
 *
 * @throws {DynamoDBError} a ValidationException when a path leads through what is no document, or the item gets too deep
 */
export function edit(item: Item, edits: readonly Edit[]): Item {
  for (const { path, value } of edits) {
    if (value !== undefined && path.length - 1 + depthOf(value) > MAX_DEPTH) {
      throw validation('Nesting Levels have exceeded supported limits');
    }
  }
  return editMembers(
    item,
    edits.map(({ path, value }) => ({ steps: path, value })),
  );
}

/** How deep a value nests: 1 for what is no document. */
function depthOf(value: AttributeValue): number {
  const within = 'M' in value ? Object.values(value.M) : 'L' in value ? value.L : [];
  return within.reduce((deepest, each) => Math.max(deepest, depthOf(each)), 0) + 1;
}

/** An edit seen from within a document: what is left of its path. */
interface Inner {
  readonly steps: readonly (string | number)[];
  readonly value: AttributeValue | undefined;
}

function editMembers(map: Item, edits: readonly Inner[]): Item {
  const members = new Map(Object.entries(map));
  for (const [step, inner] of byFirstStep(edits)) {
    if (typeof step === 'number') throw invalidPath();
    const value = valueAfter(memberOf(map, step), inner);
    if (value === undefined) members.delete(step);
    else members.set(step, value);
  }
  return Object.fromEntries(members);
}

/** What lies beyond the end is appended in the order of its indexes. */
function editElements(list: readonly AttributeValue[], edits: readonly Inner[]): AttributeValue[] {
  const elements = new Map<number, AttributeValue>(list.entries());
  for (const [step, inner] of byFirstStep(edits)) {
    if (typeof step === 'string') throw invalidPath();
    const value = valueAfter(list[step], inner);
    if (value === undefined) elements.delete(step);
    else elements.set(step, value);
  }
  return [...elements].sort(([left], [right]) => left - right).map(([, value]) => value);
}

function byFirstStep(edits: readonly Inner[]): Map<string | number, Inner[]> {
  const groups = new Map<string | number, Inner[]>();
  for (const { steps, value } of edits) {
    const [first, ...rest] = steps;
    if (first === undefined) continue;
    const group = groups.get(first) ?? [];
    group.push({ steps: rest, value });
    groups.set(first, group);
  }
  return groups;
}

function valueAfter(
  current: AttributeValue | undefined,
  edits: readonly Inner[],
): AttributeValue | undefined {
  const whole = edits.find(({ steps }) => steps.length === 0);
  if (whole) return whole.value;
  if (current && 'M' in current) return { M: editMembers(current.M, edits) };
  if (current && 'L' in current) return { L: editElements(current.L, edits) };
  throw invalidPath();
}

function invalidPath(): Error {
  return validation('The document path provided in the update expression is invalid for update');
}
