import { validation, type DynamoDBError } from '../errors';

export interface Token {
  /** `quoted`: an identifier in double quotes. */
  readonly type: 'word' | 'quoted' | 'string' | 'number' | 'symbol' | 'end';
  /** Without quotes. */
  readonly text: string;
  /** Where it is, as DynamoDB's messages tell it: line, column and length. */
  readonly place: string;
}

/** Of a kind of token, what it looks like; each matches where the text goes on, in time that its length bounds. */
const KINDS: readonly (readonly [Token['type'] | 'space', RegExp])[] = [
  ['space', /\s+/y],
  ['space', /--[^\n]*/y],
  ['word', /[A-Za-z_$][\w$]*/y],
  ['quoted', /"(?:[^"]|"")*"/y],
  ['string', /'(?:[^']|'')*'/y],
  ['number', /(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y],
  ['symbol', /<<|>>|<=|>=|<>|!=|[=<>()[\]{},.:;*+?-]/y],
];

/** Words of the language, which name an attribute in double quotes only. */
const KEYWORDS = new Set(
  (
    'ALL AND AS ASC BETWEEN BY DELETE DESC EXISTS FALSE FROM IN INSERT INTO IS LIKE MISSING NOT NULL OR ORDER REMOVE ' +
    'RETURNING SELECT SET TRUE UPDATE VALUE VALUES WHERE'
  ).split(' '),
);

/** What DynamoDB says of a statement that it cannot read. */
export function malformed(detail: string): DynamoDBError {
  return validation(`Statement wasn't well formed, can't be processed: ${detail}`);
}

/** The tokens of a statement, read from left to right. */
export class Tokens {
  private readonly tokens: readonly Token[];
  private position = 0;

  constructor(statement: string) {
    this.tokens = tokensOf(statement);
  }

  peek(ahead = 0): Token {
    return this.tokens[Math.min(this.position + ahead, this.tokens.length - 1)]!;
  }

  next(): Token {
    const token = this.peek();
    this.position++;
    return token;
  }

  /** Whether the next token is this symbol, or this word in any case. */
  sees(text: string, ahead = 0): boolean {
    const token = this.peek(ahead);
    return token.type === 'symbol' ? token.text === text : isWord(token, text);
  }

  /** Takes the next token when it is this symbol or word. */
  takes(text: string): boolean {
    const isNext = this.sees(text);
    if (isNext) this.position++;
    return isNext;
  }

  /** Takes several words in a row, or none of them. */
  takesAll(...words: readonly string[]): boolean {
    if (!words.every((word, ahead) => this.sees(word, ahead))) return false;
    this.position += words.length;
    return true;
  }

  expect(text: string): void {
    if (!this.takes(text)) throw malformed(`Expected ${text} at ${this.peek().place}`);
  }

  /** The name of a table or of an attribute. */
  identifier(): string {
    const token = this.peek();
    if (token.type !== 'quoted' && (token.type !== 'word' || KEYWORDS.has(token.text.toUpperCase()))) {
      throw this.unexpected();
    }
    return this.next().text;
  }

  unexpected(): DynamoDBError {
    return malformed(`Unexpected term at ${this.peek().place}`);
  }
}

function isWord({ type, text }: Token, word: string) {
  return type === 'word' && text.toUpperCase() === word;
}

function tokensOf(statement: string): Token[] {
  const tokens: Token[] = [];
  const place = placesIn(statement);
  let at = 0;
  while (at < statement.length) {
    const { type, end } = tokenAt(statement, at, place);
    const text = statement.slice(at, end);
    if (type !== 'space') tokens.push({ type, text: unquoted(type, text), place: place(at, text.length) });
    at = end;
  }
  return [...tokens, { type: 'end', text: '', place: place(at, 0) }];
}

type Places = (at: number, length: number) => string;

function tokenAt(statement: string, at: number, place: Places) {
  if (statement.startsWith('/*', at)) {
    const end = statement.indexOf('*/', at);
    if (end < 0) throw malformed(`Unclosed comment at ${place(at, 2)}`);
    return { type: 'space' as const, end: end + 2 };
  }
  for (const [type, pattern] of KINDS) {
    pattern.lastIndex = at;
    if (pattern.test(statement)) return { type, end: pattern.lastIndex };
  }
  throw malformed(`Invalid character at ${place(at, 1)}`);
}

function unquoted(type: Token['type'], text: string): string {
  if (type === 'string') return text.slice(1, -1).replaceAll("''", "'");
  return type === 'quoted' ? text.slice(1, -1).replaceAll('""', '"') : text;
}

/** Tells where a token is; to be asked from left to right. */
function placesIn(statement: string): Places {
  let line = 1;
  let start = 0;
  return (at, length) => {
    for (
      let end = statement.indexOf('\n', start);
      end >= 0 && end < at;
      end = statement.indexOf('\n', start)
    ) {
      line++;
      start = end + 1;
    }
    return `${line}:${at - start + 1}:${length}`;
  };
}
