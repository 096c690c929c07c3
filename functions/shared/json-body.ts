import { isLosslessNumber, LosslessNumber, parse } from 'lossless-json';
import { guard } from './guard';
import type { HttpRequest } from './http';
import { exactNumber } from './numbers';
import { Problem } from './problem';
import { findViolations, shortened, type Node } from './violations';

/** Room for any body whose item DynamoDB takes, and far from where the parser, which recurses, runs out of stack. */
const MAX_DEPTH = 100;

/**
 * The request's body: JSON whose every number is held exactly and which the guard has passed. A member given twice
 * with different values is refused, since one of them would be lost.
 *
 * @throws {Problem} `unsupported-media-type`, `invalid-json`, `invalid-request` or `inexact-number`
 */
export function jsonBody(request: HttpRequest): unknown {
  requireJson(request.header('content-type'));
  const text = request.body;
  if (text === undefined) throw new Problem('invalid-json', 'The request has no body; send a JSON object.');
  const body = parseExactly(text);
  const violations = guard(body);
  if (violations.length > 0) {
    throw new Problem('invalid-request', 'The body holds what cannot be stored.', { errors: violations });
  }
  const inexact = findViolations(body, inexactNumber);
  if (inexact.length > 0) {
    throw new Problem(
      'inexact-number',
      'The body holds numbers that would come back changed; send them as strings, or with at most 15 significant digits.',
      { errors: inexact },
    );
  }
  return body;
}

function requireJson(contentType: string | undefined): void {
  const [type = '', ...parameters] = (contentType ?? '').split(';').map((part) => part.trim().toLowerCase());
  const charset = parameters.find((parameter) => parameter.startsWith('charset='));
  const isJson = /^application\/([^\s/,]+\+)?json$/.test(type);
  if (isJson && (charset === undefined || /^charset="?utf-8"?$/.test(charset))) return;
  const received = contentType ? `Received ${shortened(contentType)}` : 'Received no Content-Type';
  throw new Problem('unsupported-media-type', `${received}; send application/json in UTF-8.`);
}

function parseExactly(text: string): unknown {
  const tooDeep = positionBeyondDepth(text);
  if (tooDeep !== undefined) {
    const message = `is nested deeper than ${MAX_DEPTH} levels at position ${tooDeep}`;
    throw new Problem('invalid-request', `The body ${message}.`, { errors: [{ path: '', message }] });
  }
  try {
    return parse(text, undefined, (digits) => exactNumber(digits) ?? new LosslessNumber(digits));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new Problem('invalid-json', `The body is not valid JSON: ${shortenedReason(error.message)}.`, {
      cause: error,
    });
  }
}

/** Where the text opens more than `MAX_DEPTH` lists and objects; undefined when it never does. */
function positionBeyondDepth(text: string): number | undefined {
  let depth = 0;
  let inString = false;
  for (let i = 0; i < text.length; i++) {
    const char = text[i];
    if (inString) {
      if (char === '\\') i++;
      else if (char === '"') inString = false;
    } else if (char === '"') inString = true;
    else if (char === '[' || char === '{') {
      if (++depth > MAX_DEPTH) return i;
    } else if (char === ']' || char === '}') depth--;
  }
  return undefined;
}

/** The parser quotes names and digits whole, and says the position last. */
function shortenedReason(reason: string): string {
  const position = / at position \d+$/.exec(reason)?.[0] ?? '';
  return shortened(reason.slice(0, reason.length - position.length)) + position;
}

function inexactNumber({ value }: Node): string | undefined {
  if (!isLosslessNumber(value)) return undefined;
  return `${shortened(value.value)} cannot be held exactly`;
}
