import { validation } from '../errors';
import type { Path } from '../expressions/tree';
import type { Tokens } from './tokens';

const largestIndex = 2_147_483_647;

/** Reads a document path: `a`, `"a b".c[0]`, `a['b']`. */
export function readPath(tokens: Tokens): Path {
  const steps: [string, ...(string | number)[]] = [tokens.identifier()];
  for (;;) {
    if (tokens.takes('.')) steps.push(tokens.identifier());
    else if (tokens.takes('[')) steps.push(readIndex(tokens));
    else return steps;
  }
}

function readIndex(tokens: Tokens): string | number {
  const isNegative = tokens.takes('-');
  const { type, text, place } = tokens.peek();
  if (type !== 'number' && (type !== 'string' || isNegative)) throw tokens.unexpected();
  tokens.next();
  tokens.expect(']');
  if (type === 'string') return text;
  const index = Number(text);
  if ((!isNegative || index === 0) && index <= largestIndex && Number.isInteger(index)) return index;
  const shown = `${isNegative ? '-' : ''}${text}`;
  throw validation(`List index is not within the allowable range; index: [${shown}] at ${place}`);
}
