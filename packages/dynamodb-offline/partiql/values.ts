import type { AttributeValue, Item } from '../attribute-value';
import { validation } from '../errors';
import { NumberError, normalizeNumber } from '../evaluation/number';
import { valueFault } from '../validation/attribute-value';
import { malformed, type Tokens } from './tokens';

/** Documents may be 32 levels deep. */
const deepestLevel = 32;

/** Reads the values of a statement, with the parameters that it has for its `?`. */
export class Values {
  private used = 0;

  constructor(
    private readonly tokens: Tokens,
    private readonly parameters: readonly AttributeValue[],
  ) {}

  /** Whether a value begins here. */
  get isNext(): boolean {
    const { type } = this.tokens.peek();
    if (type === 'string' || type === 'number') return true;
    return ['?', '-', '+', '[', '{', '<<', 'TRUE', 'FALSE', 'NULL'].some((text) => this.tokens.sees(text));
  }

  /** @throws {DynamoDBError} when the request has another number of parameters than the statement */
  checkCount(): void {
    if (this.used !== this.parameters.length) throw wrongCount();
  }

  /** A value; in documents and sets, parameters have no place. */
  value(): AttributeValue {
    if (!this.tokens.takes('?')) return this.literal('root', 1);
    const value = this.parameters[this.used++];
    if (!value) throw wrongCount();
    return value;
  }

  /** The item of an INSERT, whose attributes may be parameters. */
  item(): Item {
    return this.members('root', () => this.value());
  }

  private literal(key: string, level: number): AttributeValue {
    const { tokens } = this;
    const token = tokens.peek();
    if (level > deepestLevel) throw validation(`Nesting Levels have exceeded supported limits under ${key}`);
    if (tokens.takes('?')) {
      throw validation(`Unsupported data type: Parameter under key ${key} at ${token.place}`);
    }
    if (token.type === 'string') return { S: tokens.next().text };
    if (tokens.sees('{')) {
      return { M: this.members(key, (name) => this.literal(`${key}.${name}`, level + 1)) };
    }
    if (tokens.takes('[')) {
      return { L: this.elements(']', (index) => this.literal(`${key}[${index}]`, level + 1)) };
    }
    if (tokens.takes('<<')) return this.set(key, level);
    if (tokens.takes('TRUE')) return { BOOL: true };
    if (tokens.takes('FALSE')) return { BOOL: false };
    if (tokens.takes('NULL')) return { NULL: true };
    return { N: this.number() };
  }

  private number(): string {
    let isNegative = false;
    for (;;) {
      if (this.tokens.takes('-')) isNegative = !isNegative;
      else if (!this.tokens.takes('+')) break;
    }
    if (this.tokens.peek().type !== 'number') throw this.tokens.unexpected();
    try {
      return normalizeNumber(`${isNegative ? '-' : ''}${this.tokens.next().text}`);
    } catch (error) {
      if (error instanceof NumberError) throw validation(error.message);
      throw error;
    }
  }

  private members(key: string, read: (name: string) => AttributeValue): Item {
    this.tokens.expect('{');
    const members = new Map<string, AttributeValue>();
    this.elements('}', () => {
      const { type, text } = this.tokens.peek();
      if (type !== 'string') throw this.tokens.unexpected();
      this.tokens.next();
      if (members.has(text)) throw malformed(`${text} is twice under ${key}`);
      this.tokens.expect(':');
      members.set(text, read(text));
    });
    return Object.fromEntries(members);
  }

  /** A bag of strings or of numbers is a set. */
  private set(key: string, level: number): AttributeValue {
    const texts: string[] = [];
    const members = this.elements('>>', (index) => {
      texts.push(this.tokens.peek().text);
      return this.literal(`${key}[${index}]`, level + 1);
    });
    if (members.length === 0) throw validation('Empty bags are not supported');
    const strings = members.flatMap((member) => ('S' in member ? [member.S] : []));
    const numbers = members.flatMap((member) => ('N' in member ? [member.N] : []));
    if (strings.length < members.length && numbers.length < members.length) {
      throw validation(
        'Unsupported data type in Bag. DynamoDB only supports either numbers or strings in bags',
      );
    }
    const isOfStrings = strings.length > 0;
    const distinct = new Set(isOfStrings ? strings : numbers);
    if (distinct.size < members.length) {
      throw validation(
        `One or more parameter values were invalid: Input collection [${texts.join(', ')}] contains duplicates${isOfStrings ? '.' : `! under ${key}`}`,
      );
    }
    return isOfStrings ? { SS: strings } : { NS: numbers };
  }

  private elements<T>(end: ']' | '}' | '>>', read: (index: number) => T): T[] {
    const elements: T[] = [];
    if (this.tokens.takes(end)) return elements;
    do elements.push(read(elements.length));
    while (this.tokens.takes(','));
    this.tokens.expect(end);
    return elements;
  }
}

function wrongCount() {
  return validation("Number of parameters in request and statement don't match.");
}

/** Refuses parameters that are no values. */
export function checkParameterValues(parameters: readonly AttributeValue[] = []): void {
  for (const value of parameters) {
    const fault = valueFault(value);
    if (fault) throw validation(fault.message);
  }
}
