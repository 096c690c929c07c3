/** The parser of DynamoDB's expressions: pure, with no dependency, fit for a function in production. */
export { ExpressionError, ExpressionTooLargeError } from './error';
export { checkNames, checkValues, Placeholders, type PlaceholderMembers } from './placeholders';
export { parseCondition, type ConditionKind } from './condition';
export { parseKeyCondition } from './key-condition';
export { parseProjection } from './projection';
export { parseUpdate } from './update';
export { isReserved } from './reserved-words';
export type * from './tree';
export type { DataType, ValueRules } from './values';
