import { ExpressionError, ExpressionTooLargeError } from './error';

/** The parameters that hold expressions; messages begin with their names. */
export type ExpressionKind =
  | 'UpdateExpression'
  | 'ConditionExpression'
  | 'FilterExpression'
  | 'KeyConditionExpression'
  | 'ProjectionExpression';

/** `end` stands behind the last one; what no rule takes is a `symbol` of one character, so that reading tokens never fails. */
export type TokenType = 'word' | 'keyword' | 'name' | 'value' | 'index' | 'symbol' | 'end';

const CONDITION_KEYWORDS = new Set(['AND', 'OR', 'NOT', 'BETWEEN', 'IN']);

/** Words that cannot be names, in any case; in other expressions they are reserved words like any other. */
const KEYWORDS: Readonly<Record<ExpressionKind, ReadonlySet<string>>> = {
  UpdateExpression: new Set(['SET', 'REMOVE', 'ADD', 'DELETE']),
  ConditionExpression: CONDITION_KEYWORDS,
  FilterExpression: CONDITION_KEYWORDS,
  KeyConditionExpression: CONDITION_KEYWORDS,
  ProjectionExpression: new Set(),
};

export interface Token {
  readonly type: TokenType;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const MAX_BYTES = 4096;

/** The tokens of one expression, read from the left. */
export class Tokens {
  private readonly tokens: readonly Token[];
  private position = 0;

  /** @throws {ExpressionError} when the expression is empty or over 4 KB */
  constructor(
    readonly kind: ExpressionKind,
    private readonly text: string,
  ) {
    if (text === '') throw this.refusal('The expression can not be empty;');
    const size = new TextEncoder().encode(text).length;
    if (size > MAX_BYTES) {
      const message = 'Expression size has exceeded the maximum allowed size;';
      throw new ExpressionTooLargeError(`Invalid ${kind}: ${message}`, size);
    }
    this.tokens = tokensOf(text, KEYWORDS[kind]);
  }

  peek(ahead = 0): Token {
    return this.tokens[this.position + ahead] ?? { type: 'end', text: '<EOF>', start: 0, end: 0 };
  }

  next(): Token {
    const token = this.peek();
    this.position++;
    return token;
  }

  /** Whether the next token is this symbol. */
  sees(symbol: string): boolean {
    const token = this.peek();
    return token.type === 'symbol' && token.text === symbol;
  }

  /** Takes the next token if it is this symbol. */
  takes(symbol: string): boolean {
    const seen = this.sees(symbol);
    if (seen) this.position++;
    return seen;
  }

  /** @throws {ExpressionError} unless the next token is this symbol */
  expect(symbol: string): void {
    if (!this.takes(symbol)) throw this.syntaxError();
  }

  expectEnd(): void {
    if (this.peek().type !== 'end') throw this.syntaxError();
  }

  /** The next token in upper case, if it is a keyword. */
  keyword(): string | undefined {
    const token = this.peek();
    return token.type === 'keyword' ? token.text.toUpperCase() : undefined;
  }

  /** DynamoDB quotes the token that it cannot take, and the text from the token before it to the one behind it. */
  syntaxError(): ExpressionError {
    const before = this.tokens[this.position - 1];
    const token = this.tokens[this.position];
    const last = this.tokens[this.position + 1] ?? token ?? before;
    const near = this.text.slice((before ?? token)?.start ?? 0, last?.end ?? 0);
    return this.refusal(`Syntax error; token: "${this.peek().text}", near: "${near}"`);
  }

  refusal(message: string): ExpressionError {
    return new ExpressionError(`Invalid ${this.kind}: ${message}`);
  }
}

function tokensOf(text: string, keywords: ReadonlySet<string>): Token[] {
  const tokens: Token[] = [];
  for (let start = 0; start < text.length; start++) {
    if (' \t\r\n'.includes(text.charAt(start))) continue;
    const token = tokenAt(text, start, keywords);
    tokens.push(token);
    start = token.end - 1;
  }
  return tokens;
}

/** As in the grammar that AWS publishes with its DAX client (Tokens.g4). */
function tokenAt(text: string, start: number, keywords: ReadonlySet<string>): Token {
  const token = (type: TokenType, end: number): Token => ({ type, text: text.slice(start, end), start, end });
  const first = text.charAt(start);
  if (isLetter(first)) {
    const word = token('word', endOf(isNameCharacter, text, start));
    return keywords.has(word.text.toUpperCase()) ? { ...word, type: 'keyword' } : word;
  }
  if ((first === '#' || first === ':') && isNameCharacter(text.charAt(start + 1))) {
    return token(first === '#' ? 'name' : 'value', endOf(isNameCharacter, text, start + 1));
  }
  // An index has no leading zeros.
  if (first === '0') return token('index', start + 1);
  if (isDigit(first)) return token('index', endOf(isDigit, text, start));
  if (['<>', '<=', '>='].includes(text.slice(start, start + 2))) return token('symbol', start + 2);
  return token('symbol', start + String.fromCodePoint(text.codePointAt(start) ?? 0).length);
}

function endOf(belongs: (character: string) => boolean, text: string, start: number): number {
  let end = start;
  while (end < text.length && belongs(text.charAt(end))) end++;
  return end;
}

function isLetter(character: string): boolean {
  return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z');
}

function isDigit(character: string): boolean {
  return character >= '0' && character <= '9';
}

function isNameCharacter(character: string): boolean {
  return isLetter(character) || isDigit(character) || character === '_';
}
