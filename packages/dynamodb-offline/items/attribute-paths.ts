import { validation } from '../errors';
import type { Comparand, Condition, Path } from '../expressions/tree';
import { keyAttributes } from '../tables/key-schema';
import type { Table } from '../tables/table';

/** All paths of a condition, in the order in which they are written. */
export function pathsOf(condition: Condition<unknown> | undefined): readonly Path[] {
  if (!condition) return [];
  switch (condition.type) {
    case 'and':
    case 'or':
      return condition.conditions.flatMap(pathsOf);
    case 'not':
      return pathsOf(condition.condition);
    case 'comparison':
      return [condition.left, condition.right].flatMap(pathsOfOperand);
    case 'between':
      return [condition.operand, condition.lower, condition.upper].flatMap(pathsOfOperand);
    case 'in':
      return [condition.operand, ...condition.candidates].flatMap(pathsOfOperand);
    case 'attribute_exists':
    case 'attribute_not_exists':
      return [condition.path];
    case 'attribute_type':
      return pathsOfOperand(condition.operand);
    case 'begins_with':
    case 'contains':
      return [condition.operand, condition.argument].flatMap(pathsOfOperand);
  }
}

/** Refuses paths into attributes that are keys: of the table first, then of its indexes. */
export function refusePathsIntoKeys(table: Table, paths: readonly Path[]): void {
  const nested = new Set(paths.filter(({ length }) => length > 1).map(([name]) => name));
  if (nested.size === 0) return;
  for (const { name } of keyAttributes(table.key)) if (nested.has(name)) throw intoKey(`Key: ${name}`);
  for (const index of table.indexes.values()) {
    for (const { name } of keyAttributes(index.key)) if (nested.has(name)) throw intoKey(`IndexKey: ${name}`);
  }
}

function pathsOfOperand(operand: Comparand<unknown>): readonly Path[] {
  if (operand.type === 'path') return [operand.path];
  return operand.type === 'size' ? pathsOfOperand(operand.of) : [];
}

function intoKey(which: string) {
  return validation(
    `Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: ${which}`,
  );
}
