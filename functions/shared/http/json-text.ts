import { Problem } from './problem';

/** Room for any body whose item DynamoDB takes, and far from where the parser, which recurses, runs out of stack. */
const MAX_DEPTH = 100;
/** Every value takes a byte of an item's 400 KB at least, so a text with more of them can be no item. */
const MAX_COMMAS = 400 * 1024;

/**
 * Refuses a JSON text that would cost more to parse than it can be worth, in one pass over its characters. Whether it
 * is JSON at all is for the parser to say.
 *
 * @throws {Problem} `invalid-request` for its depth, `too-large` for the number of its values
 */
export function requireModestText(text: string): void {
  let depth = 0;
  let commas = 0;
  let inString = false;
  for (let i = 0; i < text.length; i++) {
    const char = text[i];
    if (inString) {
      if (char === '\\') i++;
      else if (char === '"') inString = false;
    } else if (char === '"') inString = true;
    else if (char === '[' || char === '{') {
      if (++depth > MAX_DEPTH) throw tooDeep(i);
    } else if (char === ']' || char === '}') depth--;
    else if (char === ',' && ++commas > MAX_COMMAS) throw tooManyValues();
  }
}

function tooDeep(position: number): Problem {
  const message = `is nested deeper than ${MAX_DEPTH} levels at position ${position}`;
  return new Problem('invalid-request', `The body ${message}.`, { errors: [{ path: '', message }] });
}

function tooManyValues(): Problem {
  return new Problem('too-large', 'The body holds more values than fit into the 400 KB of an item.');
}
