import { ExpressionError } from './error';
import type { Tokens } from './tokens';
import type { ValueRules } from './values';

/** The members of a request that its expressions stand on. */
export interface PlaceholderMembers<Value> {
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>> | undefined;
  readonly ExpressionAttributeValues?: Readonly<Record<string, Value>> | undefined;
}

/**
 * The `#names` and `:values` of one request, or of one element of a transaction. It notes which of them its expressions
 * use, since DynamoDB refuses the request when one is left over.
 */
export class Placeholders<Value> {
  private readonly names: ReadonlyMap<string, string>;
  private readonly values: ReadonlyMap<string, Value>;
  private readonly used = new Set<string>();

  constructor(
    members: PlaceholderMembers<Value>,
    readonly rules?: ValueRules<Value>,
  ) {
    this.names = new Map(Object.entries(members.ExpressionAttributeNames ?? {}));
    this.values = new Map(Object.entries(members.ExpressionAttributeValues ?? {}));
  }

  /** @throws {ExpressionError} when it is not defined */
  name(placeholder: string, tokens: Tokens): string {
    const name = this.names.get(placeholder);
    if (name === undefined) {
      const message = 'An expression attribute name used in the document path is not defined; attribute name';
      throw tokens.refusal(`${message}: ${placeholder}`);
    }
    this.used.add(placeholder);
    return name;
  }

  /** @throws {ExpressionError} when it is not defined */
  value(placeholder: string, tokens: Tokens): Value {
    const value = this.values.get(placeholder);
    if (value === undefined) {
      const message = 'An expression attribute value used in expression is not defined; attribute value';
      throw tokens.refusal(`${message}: ${placeholder}`);
    }
    this.used.add(placeholder);
    return value;
  }

  /**
   * To be called when every expression of the request is parsed.
   *
   * @throws {ExpressionError} when a name or a value is in none of them
   */
  refuseUnused(): void {
    this.refuse('ExpressionAttributeNames', this.names);
    this.refuse('ExpressionAttributeValues', this.values);
  }

  private refuse(member: keyof PlaceholderMembers<Value>, defined: ReadonlyMap<string, unknown>): void {
    const unused = [...defined.keys()].filter((key) => !this.used.has(key));
    if (unused.length > 0) {
      throw new ExpressionError(
        `Value provided in ${member} unused in expressions: keys: {${unused.join(', ')}}`,
      );
    }
  }
}

const MAX_KEY_BYTES = 255;

/**
 * @throws {ExpressionError} when there is no name, or one that is not written as a `#name`, stands for nothing or is over
 *   255 bytes
 */
export function checkNames(names: PlaceholderMembers<never>['ExpressionAttributeNames']): void {
  if (names === undefined) return;
  const member = 'ExpressionAttributeNames';
  if (Object.keys(names).length === 0) throw new ExpressionError(`${member} must not be empty`);
  for (const [key, name] of Object.entries(names)) {
    checkKey(member, key, /^#[a-zA-Z0-9_]+$/, (size) => ` size of key: ${size}`);
    if (name === '') {
      throw new ExpressionError(`${member} contains invalid value: Empty attribute name for key ${key}`);
    }
  }
}

/**
 * @param fault what is wrong with a value, in DynamoDB's words, if anything is
 * @throws {ExpressionError} when there is no value, or one that is not written as a `:value`, is over 255 bytes or faulty
 */
export function checkValues<Value>(
  values: PlaceholderMembers<Value>['ExpressionAttributeValues'],
  fault: (value: Value) => string | undefined = () => undefined,
): void {
  if (values === undefined) return;
  const member = 'ExpressionAttributeValues';
  if (Object.keys(values).length === 0) throw new ExpressionError(`${member} must not be empty`);
  for (const [key, value] of Object.entries(values)) {
    checkKey(member, key, /^:[a-zA-Z0-9_]+$/, () => '');
    const found = fault(value);
    if (found !== undefined) {
      throw new ExpressionError(`${member} contains invalid value: ${found} for key ${key}`);
    }
  }
}

/** DynamoDB looks at the length first, and tells it of names only. */
function checkKey(member: string, key: string, form: RegExp, sizeOf: (size: number) => string): void {
  const size = new TextEncoder().encode(key).length;
  if (size > MAX_KEY_BYTES) {
    const message = 'The expression attribute map contains a key that is too long;';
    throw new ExpressionError(`${member} contains invalid key: ${message}${sizeOf(size)}`);
  }
  if (!form.test(key))
    throw new ExpressionError(`${member} contains invalid key: Syntax error; key: "${key}"`);
}
