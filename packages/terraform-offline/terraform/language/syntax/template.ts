import { readForNames } from './collections';
import type { Reader } from './reader';
import type { Expression } from './tree';

type ReadExpression = (reader: Reader) => Expression;

/** What a template is made of, before its directives are nested. `trimNext`: a `~` at its end. */
type Piece =
  | { readonly kind: 'text'; text: string }
  | { readonly kind: 'value'; readonly value: Expression; readonly trimNext: boolean }
  | Directive;

interface Directive {
  readonly kind: 'if' | 'else' | 'endif' | 'for' | 'endfor';
  /** The condition, or the collection. */
  readonly head: Expression | undefined;
  readonly keyName: string | undefined;
  readonly valueName: string;
  readonly trimNext: boolean;
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' };
/** What has no meaning of its own, up to the end of the line; or one character that has none here. */
const PLAIN = /[^$%"\\\n]+\n?|[^]/y;
const UNICODE = /u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})/y;

/** The rest of the text as a template, without escapes. */
export function readTemplate(reader: Reader, readExpression: ReadExpression): Expression {
  const start = reader.position;
  return nest(readPieces(reader, readExpression, undefined), reader.since(start).text);
}

/** A template between quotes, with backslash escapes. */
export function readQuoted(reader: Reader, readExpression: ReadExpression): Expression {
  const start = reader.position;
  reader.take('"');
  const pieces = readPieces(reader, readExpression, '"');
  if (!reader.take('"')) reader.fail('expected " at the end of a string');
  return nest(pieces, reader.since(start).text);
}

/**
 * Texts end with their line, as in HashiCorp's parser: a `~` takes the space up to there and no more.
 * @param end what ends the template; undefined for the end of the source
 */
function readPieces(reader: Reader, readExpression: ReadExpression, end: '"' | undefined): Piece[] {
  const pieces: Piece[] = [];
  let text = '';
  const flush = () => {
    const last = pieces.at(-1);
    const trimmed = last && last.kind !== 'text' && last.trimNext ? text.trimStart() : text;
    if (text !== '') pieces.push({ kind: 'text', text: trimmed });
    text = '';
  };
  while (!reader.atEnd && !(end !== undefined && reader.sees(end))) {
    if (reader.take('$${')) text += '${';
    else if (reader.take('%%{')) text += '%{';
    else if (reader.sees('${') || reader.sees('%{')) {
      flush();
      pieces.push(readMarked(reader, readExpression, pieces.at(-1)));
    } else if (end !== undefined && reader.take('\\')) text += readEscape(reader);
    else {
      const run = reader.match(PLAIN)?.[0] ?? '';
      text += run;
      if (end === undefined && run.endsWith('\n')) flush();
    }
  }
  flush();
  return pieces;
}

function readEscape(reader: Reader): string {
  const [, four, eight] = reader.match(UNICODE) ?? [];
  if (four ?? eight) return String.fromCodePoint(parseInt(four ?? eight ?? '', 16));
  const escaped = ESCAPES[reader.source.charAt(reader.position)];
  if (escaped === undefined) return reader.fail('expected one of n r t " \\ u U after \\');
  reader.position += 1;
  return escaped;
}

/** `${…}` or `%{…}`; a `~` at its start trims the text before. */
function readMarked(reader: Reader, readExpression: ReadExpression, before: Piece | undefined): Piece {
  const isDirective = reader.take('%{');
  if (!isDirective) reader.take('${');
  if (reader.take('~') && before?.kind === 'text') before.text = before.text.trimEnd();
  return reader.within(true, () => {
    const piece = isDirective
      ? readDirective(reader, readExpression)
      : { kind: 'value' as const, value: readExpression(reader) };
    reader.skip();
    const trimNext = reader.take('~');
    reader.expect('}', `at the end of ${isDirective ? '%{' : '${'}`);
    return { ...piece, trimNext };
  });
}

function readDirective(reader: Reader, readExpression: ReadExpression): Omit<Directive, 'trimNext'> {
  reader.skip();
  const word = reader.identifier();
  const none = { head: undefined, keyName: undefined, valueName: '' };
  if (word === 'else' || word === 'endif' || word === 'endfor') return { ...none, kind: word };
  if (word === 'if') return { ...none, kind: word, head: readExpression(reader) };
  if (word !== 'for') return reader.fail('expected if, else, endif, for or endfor after %{');
  reader.skip();
  const first = reader.identifier() ?? reader.fail('expected a name after for');
  return { kind: word, ...readForNames(reader, first), head: readExpression(reader) };
}

/** One value alone keeps its type: `${x}` is x. */
function nest(pieces: readonly Piece[], text: string): Expression {
  const [only] = pieces;
  if (only === undefined) return { kind: 'literal', value: '', text };
  if (pieces.length === 1 && only.kind === 'value') return only.value;
  if (pieces.every((piece) => piece.kind === 'text')) {
    return { kind: 'literal', value: pieces.map((piece) => piece.text).join(''), text };
  }
  const rest = [...pieces];
  const template = nestUntil(rest, [], text);
  if (rest[0]) throw new Error(`%{ ${rest[0].kind} } stands without its beginning`);
  return template;
}

/** Takes pieces up to one of these directives, which it leaves. */
function nestUntil(pieces: Piece[], ends: readonly Piece['kind'][], text: string): Expression {
  const parts: Expression[] = [];
  for (let piece = pieces[0]; piece && !ends.includes(piece.kind); piece = pieces[0]) {
    if (piece.kind === 'text') parts.push({ kind: 'literal', value: piece.text, text: piece.text });
    else if (piece.kind === 'value') parts.push(piece.value);
    else if (piece.kind !== 'if' && piece.kind !== 'for') break;
    pieces.shift();
    if (piece.kind === 'if' || piece.kind === 'for') parts.push(nestDirective(piece, pieces, text));
  }
  return { kind: 'template', parts, text };
}

function nestDirective(directive: Directive, pieces: Piece[], text: string): Expression {
  const head = directive.head ?? { kind: 'literal', value: null, text };
  const closing = directive.kind === 'if' ? 'endif' : 'endfor';
  const value = nestUntil(pieces, ['else', closing], text);
  let whenFalse: Expression = { kind: 'literal', value: '', text };
  if (directive.kind === 'if' && pieces[0]?.kind === 'else') {
    pieces.shift();
    whenFalse = nestUntil(pieces, [closing], text);
  }
  if (pieces.shift()?.kind !== closing) throw new Error(`%{ ${directive.kind} } has no %{ ${closing} }`);
  if (directive.kind === 'if') {
    return { kind: 'conditional', condition: head, whenTrue: value, whenFalse, text };
  }
  return {
    kind: 'for',
    result: 'text',
    keyName: directive.keyName,
    valueName: directive.valueName,
    collection: head,
    key: undefined,
    value,
    condition: undefined,
    grouped: false,
    text,
  };
}
