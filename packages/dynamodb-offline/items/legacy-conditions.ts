import type { AttributeValue } from '../attribute-value';
import { validation } from '../errors';
import { compareValues } from '../evaluation/compare';
import type { Comparator, Condition, Operand } from '../expressions/tree';
import { valueFault } from '../validation/attribute-value';
import type { comparisonOperator, conditions, expected } from '../validation/members';
import type { ValueOf } from '../validation/shape';
import { typeOf } from './keys';
import { refusal, type Refuse } from './parameters';

type ComparisonOperator = ValueOf<typeof comparisonOperator>;
type Expected = ValueOf<typeof expected>;
type Conditions = ValueOf<typeof conditions>;
type ExpectedValue = Expected[string];

/** How many values each operator takes, and of which types; nothing stands for every type. */
const operators: Readonly<
  Record<ComparisonOperator, { least: number; most: number; types?: readonly string[] }>
> = {
  EQ: { least: 1, most: 1 },
  NE: { least: 1, most: 1 },
  LE: { least: 1, most: 1, types: ['S', 'N', 'B'] },
  LT: { least: 1, most: 1, types: ['S', 'N', 'B'] },
  GE: { least: 1, most: 1, types: ['S', 'N', 'B'] },
  GT: { least: 1, most: 1, types: ['S', 'N', 'B'] },
  CONTAINS: { least: 1, most: 1, types: ['S', 'N', 'B', 'BOOL', 'NULL'] },
  NOT_CONTAINS: { least: 1, most: 1, types: ['S', 'N', 'B', 'BOOL', 'NULL'] },
  BEGINS_WITH: { least: 1, most: 1, types: ['S', 'B'] },
  IN: { least: 1, most: Infinity, types: ['S', 'N', 'B'] },
  BETWEEN: { least: 2, most: 2, types: ['S', 'N', 'B'] },
  NULL: { least: 0, most: 0 },
  NOT_NULL: { least: 0, most: 0 },
};

const invalid = 'One or more parameter values were invalid: ';

/**
 * Refuses a `ConditionalOperator` that has nothing to join.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/LegacyConditionalParameters.ConditionalOperator.html
 */
export function checkConditionalOperator(
  conditionalOperator: string | undefined,
  joined: object | undefined,
  refuse: Refuse = validation,
): void {
  if (conditionalOperator === undefined) return;
  const count = Object.keys(joined ?? {}).length;
  if (count === 0) throw refuse('ConditionalOperator cannot be used without Filter or Expected');
  if (count === 1) {
    throw refuse('ConditionalOperator can only be used when Filter or Expected has two or more elements');
  }
}

/** Refuses a wrong `QueryFilter`, `ScanFilter` or `KeyConditions`. */
export function checkConditions(legacy: Conditions | undefined): void {
  for (const { AttributeValueList: values = [], ComparisonOperator: operator } of Object.values(
    legacy ?? {},
  )) {
    checkOperands(operator, values, validation);
  }
}

/** Refuses a wrong `Expected`. */
export function checkExpected(legacy: Expected | undefined, refuse: Refuse): void {
  for (const [name, condition] of Object.entries(legacy ?? {})) checkExpectedValue(name, condition, refuse);
}

/**
 * `Expected` as a condition; undefined when it expects nothing.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/LegacyConditionalParameters.Expected.html
 */
export function expectedCondition(legacy: Expected | undefined, join: 'AND' | 'OR' = 'AND') {
  return joined(
    Object.entries(legacy ?? {}).map(([name, { Value, Exists, ComparisonOperator, AttributeValueList }]) => {
      const values = AttributeValueList ?? (Value ? [Value] : []);
      return comparison(name, ComparisonOperator ?? (Exists === false ? 'NULL' : 'EQ'), values);
    }),
    join,
  );
}

/** `QueryFilter`, `ScanFilter` or `KeyConditions` as a condition; undefined when there is none in it. */
export function legacyCondition(legacy: Conditions | undefined, join: 'AND' | 'OR' = 'AND') {
  return joined(
    Object.entries(legacy ?? {}).map(([name, { ComparisonOperator, AttributeValueList = [] }]) =>
      comparison(name, ComparisonOperator, AttributeValueList),
    ),
    join,
  );
}

function checkExpectedValue(name: string, condition: ExpectedValue, refuse: Refuse) {
  const { Value, Exists, ComparisonOperator, AttributeValueList } = condition;
  const refuseFor = (message: string) => refuse(`${invalid}${message} for Attribute: ${name}`);
  if (Value && AttributeValueList) throw refuseFor('Value and AttributeValueList cannot be used together');
  if (ComparisonOperator !== undefined) {
    if (Exists !== undefined) throw refuseFor('Exists and ComparisonOperator cannot be used together');
    const needsNone = ComparisonOperator === 'NULL' || ComparisonOperator === 'NOT_NULL';
    if (!needsNone && !Value && !AttributeValueList) {
      throw refuseFor(
        `Value or AttributeValueList must be used with ComparisonOperator: ${ComparisonOperator}`,
      );
    }
    checkOperands(ComparisonOperator, AttributeValueList ?? (Value ? [Value] : []), refuse);
    return;
  }
  if (AttributeValueList) throw refuseFor('AttributeValueList can only be used with a ComparisonOperator');
  if (Exists !== false && !Value)
    throw refuseFor(`Value must be provided when Exists is ${Exists ?? 'null'}`);
  if (Exists === false && Value) throw refuseFor('Value cannot be used when Exists is false');
  const fault = Value && valueFault(Value);
  if (fault) throw refusal(fault, refuse);
}

function checkOperands(operator: ComparisonOperator, values: readonly AttributeValue[], refuse: Refuse) {
  for (const value of values) {
    const fault = valueFault(value);
    if (fault) throw refusal(fault, refuse);
  }
  const { least, most, types } = operators[operator];
  if (values.length < least || values.length > most) {
    throw refuse(`${invalid}Invalid number of argument(s) for the ${operator} ComparisonOperator`);
  }
  const [first] = values;
  if (!first) return;
  const type = typeOf(first);
  if (values.some((value) => typeOf(value) !== type)) {
    throw refuse(`${invalid}AttributeValues inside AttributeValueList must be of same type`);
  }
  if (types && !types.includes(type)) {
    throw refuse(`${invalid}ComparisonOperator ${operator} is not valid for ${type} AttributeValue type`);
  }
  if (operator === 'BETWEEN' && compareValues(first, values[1]!)! > 0) {
    throw refuse(
      'The BETWEEN condition was provided a range where the lower bound is greater than the upper bound',
    );
  }
}

const comparators = {
  EQ: '=',
  NE: '<>',
  LE: '<=',
  LT: '<',
  GE: '>=',
  GT: '>',
} as const satisfies Partial<Record<ComparisonOperator, Comparator>>;

function comparison(
  name: string,
  operator: ComparisonOperator,
  values: readonly AttributeValue[],
): Condition<AttributeValue> {
  const path = [name] as const;
  const attribute: Operand<AttributeValue> = { type: 'path', path };
  const [first, second] = values.map((value): Operand<AttributeValue> => ({ type: 'value', value }));
  if (isComparison(operator)) {
    return { type: 'comparison', comparator: comparators[operator], left: attribute, right: first! };
  }
  switch (operator) {
    case 'NULL':
      return { type: 'attribute_not_exists', path };
    case 'NOT_NULL':
      return { type: 'attribute_exists', path };
    case 'BEGINS_WITH':
      return { type: 'begins_with', operand: attribute, argument: first! };
    case 'BETWEEN':
      return { type: 'between', operand: attribute, lower: first!, upper: second! };
    case 'IN':
      return {
        type: 'in',
        operand: attribute,
        candidates: values.map((value) => ({ type: 'value', value })),
      };
    case 'NOT_CONTAINS': {
      // Unlike NOT contains(…), it does not hold for an attribute that is not there.
      const condition: Condition<AttributeValue> = { type: 'contains', operand: attribute, argument: first! };
      return {
        type: 'and',
        conditions: [
          { type: 'attribute_exists', path },
          { type: 'not', condition },
        ],
      };
    }
    case 'CONTAINS':
      return { type: 'contains', operand: attribute, argument: first! };
  }
}

function isComparison(operator: ComparisonOperator): operator is keyof typeof comparators {
  return operator in comparators;
}

function joined(list: readonly Condition<AttributeValue>[], join: 'AND' | 'OR') {
  if (list.length < 2) return list[0];
  return { type: join === 'OR' ? 'or' : 'and', conditions: list } as const;
}
