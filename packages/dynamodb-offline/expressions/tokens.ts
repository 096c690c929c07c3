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

// As in the grammar that AWS publishes with its DAX client (Tokens.g4): names begin with a letter, indexes have no leading zeros.
const TOKEN =
  /(?<word>[a-zA-Z][a-zA-Z0-9_]*)|(?<name>#[a-zA-Z0-9_]+)|(?<value>:[a-zA-Z0-9_]+)|(?<index>0|[1-9][0-9]*)|(?<symbol><>|<=|>=|[^ \t\r\n])/gu;

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
    this.tokens = [...text.matchAll(TOKEN)].map((match) => tokenOf(match, KEYWORDS[kind]));
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

function tokenOf({ 0: text, index, groups = {} }: RegExpExecArray, keywords: ReadonlySet<string>): Token {
  const isKeyword = groups.word !== undefined && keywords.has(text.toUpperCase());
  const rules = Object.keys(groups) as TokenType[];
  const type = isKeyword ? 'keyword' : (rules.find((rule) => groups[rule] !== undefined) ?? 'symbol');
  return { type, text, start: index, end: index + text.length };
}
