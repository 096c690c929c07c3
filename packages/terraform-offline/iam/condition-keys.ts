import { CONDITION_OPERATORS } from './condition-operators';
import type { Condition, Statement } from './policy';
import { variablesIn, type VariableValue } from './wildcards';

/** The values of a condition key, by its name in lower case; none where the request has none. */
export type ConditionKeys = (name: string) => string | readonly string[] | undefined;

/**
 * What is known of a request here.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html#amazondynamodb-policy-keys
 */
const SERVED: ReadonlySet<string> = new Set(
  [
    'aws:CurrentTime',
    'aws:EpochTime',
    'aws:PrincipalArn',
    'aws:RequestedRegion',
    'aws:SecureTransport',
    'aws:SourceAccount',
    'aws:SourceArn',
    'aws:SourceIp',
    'dynamodb:Attributes',
    'dynamodb:EnclosingOperation',
    'dynamodb:LeadingKeys',
    'dynamodb:ReturnConsumedCapacity',
    'dynamodb:ReturnValues',
    'dynamodb:Select',
  ].map((name) => name.toLowerCase()),
);

/** The condition keys of a statement, in variables too, whose values are not known here. */
export function unservedKeys({ resources, notResources, conditions = [] }: Statement): string[] {
  const texts = [...resources, ...notResources];
  const keys = [...conditions.flatMap(keysOf), ...texts.flatMap(variableKeys)];
  return [...new Set(keys)].filter((key) => !SERVED.has(key.toLowerCase()));
}

/** Whether a condition compares what is not known here. */
export function isUnserved({ key, values }: Condition): boolean {
  return keysOf({ operator: '', key, values }).some((one) => !SERVED.has(one.toLowerCase()));
}

/** Whether there are variables in a pattern that are not known here. */
export function hasUnservedVariable(pattern: string): boolean {
  return variableKeys(pattern).some((key) => !SERVED.has(key.toLowerCase()));
}

function keysOf({ key, values }: Condition): string[] {
  return [key, ...values.flatMap(variableKeys)];
}

/** `${*}`, `${?}` and `${$}` stand for the characters themselves, and are no keys. */
function variableKeys(text: string): string[] {
  return variablesIn(text)
    .map((variable) => nameAndDefault(variable).name)
    .filter((name) => !ESCAPED.has(name));
}

const ESCAPED: ReadonlySet<string> = new Set(['*', '?', '$']);

/**
 * What the variables of a policy stand for in a request.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
export function variableValues(keys: ConditionKeys): VariableValue {
  return (variable) => {
    const { name, otherwise } = nameAndDefault(variable);
    if (ESCAPED.has(name)) return name;
    const value = keys(name.toLowerCase());
    // A key of several values is no variable.
    return typeof value === 'string' ? value : otherwise;
  };
}

/** `aws:PrincipalTag/team, 'nobody'` */
function nameAndDefault(variable: string): { readonly name: string; readonly otherwise: string | undefined } {
  const [, name, otherwise] = /^\s*(.*?)\s*(?:,\s*'(.*)'\s*)?$/.exec(variable) ?? [];
  return { name: name ?? variable, otherwise };
}

const QUALIFIED = /^(?:(ForAllValues|ForAnyValue):)?(.*?)(IfExists)?$/;

/**
 * Whether a condition holds.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html
 * @param valueOf of policy variables. Default: `${` is text
 */
export function holds(
  { operator, key, values }: Condition,
  keys: ConditionKeys,
  valueOf: VariableValue | undefined,
): boolean {
  const [, set, name = operator, ifExists] = QUALIFIED.exec(operator) ?? [];
  const actual = [keys(key.toLowerCase()) ?? []].flat();
  const isAbsent = actual.length === 0;
  if (name === 'Null') return values.some((wanted) => (wanted.toLowerCase() === 'true') === isAbsent);
  const { negates, compare } = CONDITION_OPERATORS[name]!;
  if (isAbsent) return ifExists !== undefined || set === 'ForAllValues' || (negates && set === undefined);
  const holdsFor = (value: string) => values.some((wanted) => compare(wanted, value, valueOf)) !== negates;
  const forAll = set === 'ForAllValues' || (set === undefined && negates);
  return forAll ? actual.every(holdsFor) : actual.some(holdsFor);
}
