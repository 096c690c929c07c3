const IDENTIFIER = /[\p{ID_Start}_][\p{ID_Continue}-]*/uy;
const SPACE = /(?:[ \t\r]|\/\*[^]*?\*\/)*/y;
const SPACE_AND_LINES = /(?:\s|\/\*[^]*?\*\/|(?:#|\/\/)[^\n]*)*/y;
const COMMENT_TO_LINE_END = /(?:#|\/\/)[^\n]*/y;

/** A place in a source text, which moves forward as the text is read. */
export class Reader {
  position = 0;
  /** Whether a new line is space here: within parentheses and brackets it is, between the members of an object not. */
  private linesAreSpace = true;

  constructor(readonly source: string) {}

  /** The source from there to here. */
  since(start: number): { readonly text: string } {
    return { text: this.source.slice(start, this.position) };
  }

  get atEnd(): boolean {
    return this.position >= this.source.length;
  }

  /** Skips space and comments; new lines where they are space. */
  skip(): void {
    this.match(this.linesAreSpace ? SPACE_AND_LINES : SPACE);
    if (!this.linesAreSpace) this.match(COMMENT_TO_LINE_END);
  }

  skipWithLines(): void {
    this.match(SPACE_AND_LINES);
  }

  within<T>(linesAreSpace: boolean, read: () => T): T {
    const outer = this.linesAreSpace;
    this.linesAreSpace = linesAreSpace;
    try {
      return read();
    } finally {
      this.linesAreSpace = outer;
    }
  }

  /** Whether this text comes next, without a step. */
  sees(text: string): boolean {
    return this.source.startsWith(text, this.position);
  }

  /** Takes the text when it comes next. */
  take(text: string): boolean {
    if (!this.sees(text)) return false;
    this.position += text.length;
    return true;
  }

  expect(text: string, after: string): void {
    this.skip();
    if (!this.take(text)) this.fail(`expected ${text} ${after}`);
  }

  /** @param pattern a sticky one */
  match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.position;
    const found = pattern.exec(this.source);
    if (found) this.position = pattern.lastIndex;
    return found;
  }

  identifier(): string | undefined {
    return this.match(IDENTIFIER)?.[0];
  }

  /** Takes the word when it comes next and is no part of a longer one. */
  word(word: string): boolean {
    const start = this.position;
    if (this.identifier() === word) return true;
    this.position = start;
    return false;
  }

  fail(problem: string): never {
    const rest = this.source.slice(this.position, this.position + 20).split('\n')[0] ?? '';
    throw new Error(`${problem}, and found ${rest === '' ? 'the end' : rest}`);
  }
}
