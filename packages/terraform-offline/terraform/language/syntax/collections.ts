import type { Reader } from './reader';
import type { Expression, For, ObjectItem } from './tree';

type ReadExpression = (reader: Reader) => Expression;

/** `[a, b]`, or `[for x in list : x]`. */
export function readBrackets(reader: Reader, readExpression: ReadExpression): Expression {
  const start = reader.position;
  reader.take('[');
  return reader.within(true, () => {
    const comprehension = readFor(reader, readExpression, 'tuple', ']');
    if (comprehension) return { ...comprehension, ...reader.since(start) };
    const elements: Expression[] = [];
    for (;;) {
      reader.skip();
      if (reader.take(']')) return { kind: 'tuple', elements, ...reader.since(start) };
      elements.push(readExpression(reader));
      reader.skip();
      if (!reader.take(',') && !reader.sees(']')) reader.fail('expected , or ] after an element');
    }
  });
}

/** `{ a = 1, "b" : 2, (c) = 3 }`, or `{for k, v in map : k => v}`. */
export function readBraces(reader: Reader, readExpression: ReadExpression): Expression {
  const start = reader.position;
  reader.take('{');
  const comprehension = reader.within(true, () => readFor(reader, readExpression, 'object', '}'));
  if (comprehension) return { ...comprehension, ...reader.since(start) };
  return reader.within(false, () => {
    const items: ObjectItem[] = [];
    for (;;) {
      reader.skipWithLines();
      if (reader.take('}')) return { kind: 'object', items, ...reader.since(start) };
      items.push(readItem(reader, readExpression));
      reader.skip();
      if (!reader.take(',') && !reader.sees('}') && !reader.sees('\n')) {
        reader.fail('expected , or a new line or } after a member');
      }
    }
  });
}

function readItem(reader: Reader, readExpression: ReadExpression): ObjectItem {
  const key = asKey(readExpression(reader));
  reader.skip();
  if (!reader.take('=') && !reader.take(':')) reader.fail('expected = or : after the name of a member');
  return { key, value: readExpression(reader) };
}

/** A bare name is no reference, but the key itself. */
function asKey(key: Expression): Expression {
  if (key.kind === 'variable') return { kind: 'literal', value: key.name, text: key.text };
  return key.kind === 'literal' ? { ...key, value: String(key.value) } : key;
}

function readFor(
  reader: Reader,
  readExpression: ReadExpression,
  result: 'tuple' | 'object',
  close: string,
): For | undefined {
  reader.skip();
  if (!reader.word('for')) return undefined;
  reader.skip();
  const first = reader.identifier() ?? reader.fail('expected a name after for');
  const head = { ...readForNames(reader, first), collection: readExpression(reader) };
  reader.expect(':', 'after the collection of a for');
  let value = readExpression(reader);
  let key: Expression | undefined;
  if (result === 'object') {
    key = value;
    reader.expect('=>', 'after the key of a for');
    value = readExpression(reader);
  }
  reader.skip();
  const grouped = reader.take('...');
  reader.skip();
  const condition = reader.word('if') ? readExpression(reader) : undefined;
  reader.expect(close, 'after a for');
  return { kind: 'for', result, ...head, key, value, grouped, condition };
}

/** The rest of `k, v in`, after its first name. */
export function readForNames(
  reader: Reader,
  first: string,
): { readonly keyName: string | undefined; readonly valueName: string } {
  reader.skip();
  let second: string | undefined;
  if (reader.take(',')) {
    reader.skip();
    second = reader.identifier() ?? reader.fail('expected a second name after , in a for');
    reader.skip();
  }
  if (!reader.word('in')) reader.fail('expected in after the names of a for');
  return second === undefined
    ? { keyName: undefined, valueName: first }
    : { keyName: first, valueName: second };
}
