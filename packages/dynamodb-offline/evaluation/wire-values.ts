import type { AttributeValue } from '../attribute-value';
import { isReserved, type ValueRules } from '../expressions';
import { compareValues, typeOf } from './compare';

/** What the parser of expressions has to know of names and DynamoDB's values. */
export const wireValues: ValueRules<AttributeValue> = {
  isReserved,
  typeOf,
  textOf: (value) => ('S' in value ? value.S : ''),
  isAscending: (lower, upper) => (compareValues(lower, upper) ?? 0) <= 0,
  describe: (value) =>
    `{${Object.entries(value)
      .map(([type, data]) => `${type}:${String(data)}`)
      .join()}}`,
};
