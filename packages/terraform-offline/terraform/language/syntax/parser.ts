import { messageOf } from '../../../message-of';
import { readHeredoc } from './heredoc';
import { Reader } from './reader';
import { readQuoted, readTemplate } from './template';
import { readBraces, readBrackets } from './collections';
import type { BinaryOperator, Expression, Step } from './tree';

/** From the loosest to the tightest: https://developer.hashicorp.com/terraform/language/expressions/operators */
const PRECEDENCE: readonly (readonly BinaryOperator[])[] = [
  ['||'],
  ['&&'],
  ['==', '!='],
  ['<=', '>=', '<', '>'],
  ['+', '-'],
  ['*', '/', '%'],
];

const NUMBER = /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const LEGACY_INDEX = /\.(\d+)/y;
const LITERALS = new Map<string, boolean | null>([
  ['true', true],
  ['false', false],
  ['null', null],
]);

/**
 * One expression, and nothing after it.
 * @throws saying what was expected and what was found
 */
export function parseExpression(source: string): Expression {
  const reader = new Reader(source);
  return reading(`the expression ${source}`, () => {
    const expression = readExpression(reader);
    reader.skip();
    if (!reader.atEnd) reader.fail('expected the end of the expression');
    return expression;
  });
}

/** A whole text as a template: a string of Terraform's JSON, or a file for `templatefile`. */
export function parseTemplate(source: string): Expression {
  return reading(`the template ${source}`, () => readTemplate(new Reader(source), readExpression));
}

function reading(what: string, read: () => Expression): Expression {
  try {
    return read();
  } catch (error) {
    throw new Error(`cannot read ${what}: ${messageOf(error)}`, { cause: error });
  }
}

function readExpression(reader: Reader): Expression {
  reader.skip();
  const start = reader.position;
  const condition = readBinary(reader, 0);
  reader.skip();
  if (!reader.take('?')) return condition;
  const whenTrue = readExpression(reader);
  reader.expect(':', 'between the two results of a condition');
  const whenFalse = readExpression(reader);
  return { kind: 'conditional', condition, whenTrue, whenFalse, ...reader.since(start) };
}

function readBinary(reader: Reader, level: number): Expression {
  const operators = PRECEDENCE[level];
  if (!operators) return readUnary(reader);
  reader.skip();
  const start = reader.position;
  let left = readBinary(reader, level + 1);
  for (;;) {
    reader.skip();
    const operator = operators.find((candidate) => reader.take(candidate));
    if (!operator) return left;
    const right = readBinary(reader, level + 1);
    left = { kind: 'binary', operator, left, right, ...reader.since(start) };
  }
}

function readUnary(reader: Reader): Expression {
  reader.skip();
  const start = reader.position;
  const operator = (['-', '!'] as const).find((candidate) => reader.take(candidate));
  if (!operator) return readSteps(reader, readTerm(reader), start);
  const operand = readUnary(reader);
  return { kind: 'unary', operator, operand, ...reader.since(start) };
}

function readTerm(reader: Reader): Expression {
  const start = reader.position;
  if (reader.take('(')) {
    const inner = reader.within(true, () => {
      const expression = readExpression(reader);
      reader.expect(')', 'after an expression in parentheses');
      return expression;
    });
    return { kind: 'parentheses', inner, ...reader.since(start) };
  }
  if (reader.sees('[')) return readBrackets(reader, readExpression);
  if (reader.sees('{')) return readBraces(reader, readExpression);
  if (reader.sees('"')) return readQuoted(reader, readExpression);
  if (reader.sees('<<')) return readHeredoc(reader, readExpression);
  const number = reader.match(NUMBER)?.[0];
  if (number !== undefined) return { kind: 'literal', value: exactNumber(number), ...reader.since(start) };
  const name = readName(reader);
  const literal = LITERALS.get(name);
  if (reader.take('(')) return { kind: 'call', name, ...readArguments(reader), ...reader.since(start) };
  return literal === undefined
    ? { kind: 'variable', name, ...reader.since(start) }
    : { kind: 'literal', value: literal, ...reader.since(start) };
}

/** `upper`, or `provider::aws::arn_parse`. */
function readName(reader: Reader): string {
  let name = reader.identifier() ?? reader.fail('expected an expression');
  while (reader.take('::')) name += `::${reader.identifier() ?? reader.fail('expected a name after ::')}`;
  return name;
}

function exactNumber(text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && !Number.isSafeInteger(number) && /^\d+$/.test(text)) {
    throw new Error(`${text} has more digits than are computed with here: write it as a string`);
  }
  return number;
}

function readArguments(reader: Reader): { args: Expression[]; expandLast: boolean } {
  return reader.within(true, () => {
    const args: Expression[] = [];
    for (;;) {
      reader.skip();
      if (reader.take(')')) return { args, expandLast: false };
      args.push(readExpression(reader));
      reader.skip();
      if (reader.take('...')) {
        reader.expect(')', 'after ...');
        return { args, expandLast: true };
      }
      if (!reader.take(',') && !reader.sees(')')) reader.fail('expected , or ) after an argument');
    }
  });
}

/** `.name`, `[key]`, `.0`, `[*]` and `.*`, as many as there are. */
function readSteps(reader: Reader, term: Expression, start: number): Expression {
  let of = term;
  for (;;) {
    reader.skip();
    if (reader.take('[*]')) {
      of = { kind: 'splat', of, steps: readSplatSteps(reader, true), ...reader.since(start) };
    } else if (reader.take('.*')) {
      of = { kind: 'splat', of, steps: readSplatSteps(reader, false), ...reader.since(start) };
    } else {
      const step = readStep(reader, true);
      if (!step) return of;
      of = { ...step, of, ...reader.since(start) };
    }
  }
}

/** What is done to each element. After `.*`, an index is taken of the whole result instead. */
function readSplatSteps(reader: Reader, full: boolean): Step[] {
  const steps: Step[] = [];
  for (;;) {
    reader.skip();
    const step = reader.sees('[*]') || reader.sees('.*') ? undefined : readStep(reader, full);
    if (!step) return steps;
    steps.push(step);
  }
}

function readStep(reader: Reader, withIndex: boolean): Step | undefined {
  if (reader.sees('...')) return undefined;
  const legacy = reader.match(LEGACY_INDEX)?.[1];
  if (legacy !== undefined) {
    return { kind: 'index', key: { kind: 'literal', value: Number(legacy), text: legacy } };
  }
  if (reader.take('.')) {
    reader.skip();
    return { kind: 'attribute', name: reader.identifier() ?? reader.fail('expected a name after .') };
  }
  if (!withIndex || !reader.take('[')) return undefined;
  const key = reader.within(true, () => {
    const expression = readExpression(reader);
    reader.expect(']', 'after an index');
    return expression;
  });
  return { kind: 'index', key };
}
