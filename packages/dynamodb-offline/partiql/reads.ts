import type { AttributeValue, Item } from '../attribute-value';
import { validation } from '../errors';
import { compareValues, equalValues, typeOf } from '../evaluation/compare';
import type { RangeCondition } from '../evaluation/key-condition';
import type { Condition } from '../expressions/tree';
import { pathsOf } from '../items/attribute-paths';
import type { KeyRange } from '../storage/store';
import { hasSeveralAttributes, keyAttributes, type KeyAttribute, type KeySchema } from '../tables/key-schema';
import type { Rows } from '../tables/rows';
import { keyConditionsOn } from './keys';
import type { Order } from './tree';

type Where = Condition<AttributeValue>;

/** Into how many reads DynamoDB takes a SELECT apart. */
const mostReads = 50;

/** How a SELECT reads. */
export interface Plan {
  readonly ranges: readonly KeyRange[];
  readonly reverse: boolean;
  /** Whether it reads whole partitions or parts of them, not everything. */
  readonly isKeyed: boolean;
  /** The attributes beside the key that decide about what is read, of each branch of the condition, in the order of the partitions. */
  readonly filtered: readonly (readonly string[])[];
}

/** One of the reads that a condition is taken apart into. */
interface Read {
  readonly hash: AttributeValue;
  readonly range: KeyRange;
}

/**
 * What a SELECT has to read: the partitions that its condition names, else everything.
 * @throws {DynamoDBError} a ValidationException when the reads overlap, are too many, or have no order
 */
export function planOf(
  where: Where | undefined,
  order: readonly Order[],
  schema: KeySchema,
  rows: Rows,
): Plan {
  checkOrder(where, order, schema);
  // An index whose key has several attributes is read whole, and filtered.
  const isKeyed =
    where !== undefined && !hasSeveralAttributes(schema) && partitionsIn(where, schema).length > 0;
  if (order.length > 0 && !isKeyed) {
    throw validation(
      'Must have at least one non-optional hash key condition in WHERE clause when using ORDER BY clause.',
    );
  }
  if (!isKeyed) return { ranges: [rows.segmentRange(0, 1)], reverse: false, isKeyed, filtered: [] };
  const branches = branchesOf(where, schema);
  for (const branch of branches) checkTypes(branch, schema);
  const reads = branches.flatMap((branch) => readOf(branch, schema, rows));
  const [byHash, byRange] = [schema.hash, schema.range].map((attribute) =>
    order.find(({ path }) => path[0] === attribute?.name),
  );
  // An order of partitions alone turns that of the rows within them, as observed in 2026.
  const reverse = order.length > 0 && (byRange?.descending ?? true);
  reads.sort((a, b) => compareReads(a, b, byHash?.descending ?? false, reverse));
  refuseOverlaps(reads, reverse);
  const hasOneHash = reads.every(({ hash }) => compareValues(hash, reads[0]!.hash) === 0);
  if (order.length > 0 && !byHash && !hasOneHash) {
    throw validation(
      'Must have hash key in ORDER BY clause when more than one hash key condition specified in WHERE clause.',
    );
  }
  return {
    ranges: reads.map(({ range }) => range),
    reverse,
    isKeyed,
    filtered: filteredBy(branches, schema),
  };
}

/**
 * What is left to be read behind a position.
 * @throws when it is none of what the plan reads
 */
export function rangesAfter(rows: Rows, { ranges, reverse }: Plan, position: Item): readonly KeyRange[] {
  const at = ranges.findIndex((range) => rows.contains(range, position));
  if (at < 0) throw new RangeError('nothing is read there');
  return [rows.after(ranges[at]!, position, reverse), ...ranges.slice(at + 1)];
}

function checkOrder(where: Where | undefined, order: readonly Order[], schema: KeySchema) {
  if (order.length === 0) return;
  if (!where) throw validation('Must have WHERE clause in the statement when using ORDER BY clause.');
  const names = keyAttributes(schema).map(({ name }) => name);
  const other = order.find(({ path }) => path.length > 1 || !names.includes(path[0]));
  if (other)
    throw validation(`Attribute ${other.path.join('.')} in ORDER BY clause must be part of the primary key`);
}

/** The partition keys that a condition names; none when rows of any partition may meet it. */
export function partitionsIn(where: Where, schema: KeySchema): readonly AttributeValue[] {
  if (where.type === 'and') return where.conditions.flatMap((each) => partitionsIn(each, schema));
  if (where.type === 'or') {
    const branches = where.conditions.map((each) => partitionsIn(each, schema));
    return branches.every(({ length }) => length > 0) ? branches.flat() : [];
  }
  return keyConditionsOn(schema.hash.name, where).flatMap((condition) =>
    condition.operator === '=' ? [condition.value] : [],
  );
}

/** A branch is met when all its conditions are; the whole condition when one of the branches is. */
type Branch = readonly Where[];

function branchesOf(where: Where, schema: KeySchema): readonly Branch[] {
  const branches = alternatives(where, schema);
  if (branches.length <= mostReads) return branches;
  throw validation('Too many decomposed read operations for a given query.');
}

/** What does not concern keys is not taken apart. */
function alternatives(where: Where, schema: KeySchema): readonly Branch[] {
  if (!concernsKeys(where, schema)) return [[where]];
  if (where.type === 'or') {
    return where.conditions.flatMap((each) => alternatives(each, schema)).slice(0, mostReads + 1);
  }
  if (where.type === 'and') {
    return where.conditions.reduce<readonly Branch[]>(
      (branches, each) => {
        const others = alternatives(each, schema);
        return branches
          .flatMap((branch) => others.map((other) => [...branch, ...other]))
          .slice(0, mostReads + 1);
      },
      [[]],
    );
  }
  if (where.type !== 'in') return [[where]];
  return where.candidates.map((right) => [
    { type: 'comparison', comparator: '=', left: where.operand, right },
  ]);
}

function concernsKeys(where: Where, schema: KeySchema): boolean {
  if (where.type === 'and' || where.type === 'or') {
    return where.conditions.some((each) => concernsKeys(each, schema));
  }
  return keyAttributes(schema).some(({ name }) => keyConditionsOn(name, where).length > 0);
}

/** None where nothing can meet the branch. */
function readOf(branch: Branch, { hash, range }: KeySchema, rows: Rows): Read[] {
  const [value, ...others] = hashesOf(branch, hash);
  if (!value || others.some((other) => !equalValues(other, value))) return [];
  const ranges = range
    ? on(range, branch).map((condition) => rows.hashRange({ hash: [value], leading: [], range: condition }))
    : [];
  const { gte, lt } = ranges.reduce(intersection, rows.hashRange({ hash: [value], leading: [] }));
  return gte!.compare(lt!) < 0 ? [{ hash: value, range: { gte, lt } }] : [];
}

function on({ name }: KeyAttribute, branch: Branch): readonly RangeCondition[] {
  return branch.flatMap((condition) => keyConditionsOn(name, condition));
}

function hashesOf(branch: Branch, hash: KeyAttribute): readonly AttributeValue[] {
  return on(hash, branch).flatMap((condition) => (condition.operator === '=' ? [condition.value] : []));
}

function filteredBy(branches: readonly Branch[], schema: KeySchema): readonly (readonly string[])[] {
  const [...sorted] = branches;
  const hashOf = (branch: Branch) => hashesOf(branch, schema.hash)[0]!;
  sorted.sort((a, b) => compareValues(hashOf(a), hashOf(b))!);
  return sorted.map((branch) =>
    branch
      .filter((condition) => !concernsKeys(condition, schema))
      .flatMap(pathsOf)
      .map(([name]) => name),
  );
}

function intersection(one: KeyRange, two: KeyRange): KeyRange {
  return {
    gte: one.gte!.compare(two.gte!) > 0 ? one.gte : two.gte,
    lt: one.lt!.compare(two.lt!) < 0 ? one.lt : two.lt,
  };
}

function checkTypes(branch: Branch, schema: KeySchema) {
  for (const attribute of keyAttributes(schema)) {
    for (const condition of on(attribute, branch)) checkType(attribute, condition);
  }
}

function checkType({ name, type }: KeyAttribute, condition: RangeCondition) {
  const values =
    condition.operator === 'between'
      ? [condition.lower, condition.upper]
      : [condition.operator === 'begins_with' ? condition.prefix : condition.value];
  const hasPrefixes = type !== 'N' || condition.operator !== 'begins_with';
  if (hasPrefixes && values.every((value) => typeOf(value) === type)) return;
  throw validation(`Key attribute's data type should match its data type in table's schema: Key ${name}`);
}

function compareReads(a: Read, b: Read, hashDescending: boolean, reverse: boolean): number {
  const byHash = compareValues(a.hash, b.hash)!;
  if (byHash !== 0) return hashDescending ? -byHash : byHash;
  const byRange = a.range.gte!.compare(b.range.gte!);
  return reverse ? -byRange : byRange;
}

/** Neighbours are enough to look at, since the reads are in order; reads of different partitions cannot overlap. */
function refuseOverlaps(reads: readonly Read[], reverse: boolean) {
  for (const [index, { range }] of reads.entries()) {
    const { range: next } = reads[index + 1] ?? {};
    if (!next) return;
    const [first, second] = reverse ? [next, range] : [range, next];
    if (first.gte!.compare(second.lt!) < 0 && second.gte!.compare(first.lt!) < 0) {
      throw validation('Overlapping conditions with range keys are not supported in where clause');
    }
  }
}
