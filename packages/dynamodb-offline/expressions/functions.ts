/** The functions that are conditions; `size` is a number that conditions compare, the others are values of updates. */
export type ConditionFunction =
  'attribute_exists' | 'attribute_not_exists' | 'attribute_type' | 'begins_with' | 'contains';

export type UpdateFunction = 'if_not_exists' | 'list_append';

/** How many operands each takes. Names of functions are written in lower case only. */
const OPERANDS: Readonly<Record<ConditionFunction | 'size' | UpdateFunction, number>> = {
  attribute_exists: 1,
  attribute_not_exists: 1,
  attribute_type: 2,
  begins_with: 2,
  contains: 2,
  size: 1,
  if_not_exists: 2,
  list_append: 2,
};

export function isFunction(name: string): name is keyof typeof OPERANDS {
  return Object.hasOwn(OPERANDS, name);
}

export function isUpdateFunction(name: string): name is UpdateFunction {
  return name === 'if_not_exists' || name === 'list_append';
}

export function isConditionFunction(name: string): name is ConditionFunction {
  return isFunction(name) && name !== 'size' && !isUpdateFunction(name);
}

export function takes(name: keyof typeof OPERANDS, count: number): boolean {
  return count === OPERANDS[name];
}

export function wrongCount(name: string, count: number): string {
  return `Incorrect number of operands for operator or function; operator or function: ${name}, number of operands: ${count}`;
}

export function wrongType(operator: string, type: string): string {
  return `Incorrect operand type for operator or function; operator or function: ${operator}, operand type: ${type}`;
}

export function notAPath(name: string): string {
  return `Operator or function requires a document path; operator or function: ${name}`;
}

export function misused(name: string): string {
  return `The function is not allowed to be used this way in an expression; function: ${name}`;
}
