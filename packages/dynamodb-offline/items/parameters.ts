import type { AttributeValue, Item } from '../attribute-value';
import { validation, type DynamoDBError } from '../errors';
import { wireValues } from '../evaluation/wire-values';
import {
  checkNames,
  checkValues,
  ExpressionError,
  ExpressionTooLargeError,
  parseProjection,
  Placeholders,
} from '../expressions';
import type { Path } from '../expressions/tree';
import { valueFault, type ValueFault } from '../validation/attribute-value';
import { valueSize } from './size';

/** Makes the error that refuses a request. */
export type Refuse = (message: string) => DynamoDBError;

/**
 * How PutItem and UpdateItem say what is wrong with a request itself, as they do since 2026; what turns out when they read
 * the table they say as it is.
 */
export const announced: Refuse = (message) => validation(`1 validation error detected: ${message}`);

/** The parameters of an operation in the order in which DynamoDB lists them. */
export interface ParameterNames {
  readonly expressions: readonly string[];
  /** Those of the expressions that may have values. */
  readonly withValues: readonly string[];
  readonly legacy: readonly string[];
  /** What DynamoDB adds when there are values without such an expression. */
  readonly whenAbsent?: string;
}

/** Members that expressions stand on. */
export interface PlaceholderParameters {
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>>;
  readonly ExpressionAttributeValues?: Item;
}

/** Refuses expressions beside the parameters that they replace, and names or values without an expression. */
export function checkParameters(
  request: Readonly<Record<string, unknown>> & PlaceholderParameters,
  names: ParameterNames,
  refuse: Refuse = validation,
): void {
  const present = (parameters: readonly string[]) => parameters.filter((name) => request[name] !== undefined);
  const expressions = present(names.expressions);
  const legacy = present(names.legacy);
  if (expressions.length > 0 && legacy.length > 0) {
    throw refuse(
      'Can not use both expression and non-expression parameters in the same request: ' +
        `Non-expression parameters: {${legacy.join(', ')}} Expression parameters: {${expressions.join(', ')}}`,
    );
  }
  if (request.ExpressionAttributeNames && expressions.length === 0) {
    throw refuse('ExpressionAttributeNames can only be specified when using expressions');
  }
  if (request.ExpressionAttributeValues && present(names.withValues).length === 0) {
    const absent = names.whenAbsent ? `: ${names.whenAbsent}` : '';
    throw refuse(`ExpressionAttributeValues can only be specified when using expressions${absent}`);
  }
}

/** The names and values of a request, checked. */
export function placeholdersOf(
  { ExpressionAttributeNames, ExpressionAttributeValues }: PlaceholderParameters,
  refuse: Refuse = validation,
): Placeholders<AttributeValue> {
  parsing(refuse, () => {
    checkNames(ExpressionAttributeNames);
    checkValues(ExpressionAttributeValues);
  });
  for (const [name, value] of Object.entries(ExpressionAttributeValues ?? {})) {
    const fault = valueFault(value);
    if (!fault) continue;
    const isUnplaced = fault.kind === 'nesting' || fault.kind === 'null';
    // Where they are announced, faults of numbers are found earlier than the names of the values.
    if (isUnplaced || (fault.kind === 'number' && refuse === announced)) throw refusal(fault, refuse);
    const message = `ExpressionAttributeValues contains invalid value: ${fault.message} for key ${name}`;
    throw refusal({ ...fault, message }, refuse);
  }
  refuseTooMuch(ExpressionAttributeNames ?? {}, ExpressionAttributeValues ?? {}, refuse);
  return new Placeholders({ ExpressionAttributeNames, ExpressionAttributeValues }, wireValues);
}

/**
 * What all placeholders of a request may stand for, in bytes.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html#limits-expression-parameters-lengths
 */
const MOST_SUBSTITUTED = 2 * 1024 * 1024;

/** The words are those of AWS's DynamoDB Local. */
function refuseTooMuch(names: Readonly<Record<string, string>>, values: Item, refuse: Refuse) {
  let ofNames = 0;
  for (const name of Object.values(names)) ofNames += Buffer.byteLength(name);
  let ofValues = 0;
  for (const value of Object.values(values)) ofValues += valueSize(value);
  if (ofNames > MOST_SUBSTITUTED) throw refuse('ExpressionAttributeNames exceeds max size');
  if (ofValues > MOST_SUBSTITUTED) throw refuse('ExpressionAttributeValues exceeds max size');
  if (ofNames + ofValues > MOST_SUBSTITUTED) {
    throw refuse('Combined size of ExpressionAttributeNames and ExpressionAttributeValues exceeds max size');
  }
}

/** Refuses `AttributesToGet` that name an attribute twice. */
export function checkAttributesToGet(names: readonly string[] | undefined): void {
  const twice = names?.find((name, index) => names.indexOf(name) < index);
  if (twice === undefined) return;
  throw validation(`One or more parameter values were invalid: Duplicate value in attribute name: ${twice}`);
}

/** The paths that a request asks for, from the expression or from the list that it replaces; undefined for all. */
export function projectionOf(
  {
    ProjectionExpression: expression,
    AttributesToGet: names,
  }: { readonly ProjectionExpression?: string; readonly AttributesToGet?: readonly string[] },
  placeholders: Placeholders<AttributeValue>,
): readonly Path[] | undefined {
  if (expression !== undefined) {
    return parsing(validation, () => parseProjection(expression, placeholders));
  }
  return names?.map((name) => [name] as const);
}

/** No operation announces that a value has not exactly one type; of other faults it depends on the operation. */
export function refusal({ kind, message }: ValueFault, refuse: Refuse): DynamoDBError {
  if (kind === 'shape') return validation(message);
  // Where it is announced, the value follows a colon, also when there is none.
  const isEmptyNumber = refuse === announced && message.endsWith('converted to a numeric value');
  return refuse(isEmptyNumber ? `${message}: ` : message);
}

/**
 * Runs a parser; what it refuses is refused in the operation's way.
 * @param tellsSize whether the operation tells the size of an expression that is too large
 */
export function parsing<T>(refuse: Refuse, parse: () => T, { tellsSize = false } = {}): T {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    const size = tellsSize && error instanceof ExpressionTooLargeError ? error.size : undefined;
    throw refuse(size === undefined ? error.message : `${error.message} expression size: ${size}`);
  }
}
