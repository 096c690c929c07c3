import { parse } from 'lossless-json';
import { guard } from './guard';
import type { HttpRequest } from './http';
import { inexactNumbers, type TakesText } from './inexact-numbers';
import { requireModestText } from './json-text';
import { exactNumber, remedyFor } from '../dynamodb/numbers';
import { Problem } from './problem';
import { shortened, type Node, type WalkOptions } from './violations';

export interface BodyOptions extends WalkOptions {
  /** Default: strings are as good as numbers everywhere. */
  readonly takesText?: TakesText;
}

/**
 * The request's body: JSON whose every number is held exactly and which the guard has passed. A member given twice
 * with different values is refused, since one of them would be lost.
 *
 * @param options where the item lies in the body (default: it is the body), and where it takes strings for numbers.
 * @throws {Problem} `unsupported-media-type`, `invalid-json`, `invalid-request`, `inexact-number` or `too-large`
 */
export function jsonBody(request: HttpRequest, options: BodyOptions = {}): unknown {
  requireJson(request.header('content-type'));
  const text = request.body;
  if (text === undefined) throw new Problem('invalid-json', 'The request has no body; send a JSON object.');
  requireAllBytes(request, text);
  const body = parseExactly(text);
  const inexact = inexactNumbers(body, inexactNumber, options.takesText);
  if (inexact.length > 0) {
    throw new Problem('inexact-number', 'The body holds numbers that would come back changed.', {
      errors: inexact,
    });
  }
  const violations = guard(body, options);
  if (violations.length > 0) {
    throw new Problem('invalid-request', 'The body holds what cannot be stored.', { errors: violations });
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

/**
 * A gateway hands bodies on as text. Bytes that are no UTF-8 are U+FFFD by then, three bytes for each, and would be stored
 * so; whoever sends U+FFFD has sent those three.
 */
function requireAllBytes(request: HttpRequest, text: string): void {
  const sent = request.header('content-length');
  // Compressed, it has another length anyway.
  if (sent === undefined || request.header('content-encoding') !== undefined) return;
  const received = Buffer.byteLength(text);
  if (Number(sent) === received) return;
  throw new Problem(
    'invalid-json',
    `The body is not UTF-8 text: ${shortened(sent)} bytes were sent, and its text has ${received}.`,
  );
}

/** Stands where a number was. The parser's own class matches the digits with an expression that millions overflow. */
class InexactNumber {
  constructor(readonly digits: string) {}
}

function parseExactly(text: string): unknown {
  // RFC 8259 lets parsers skip it, and forbids to send it: https://www.rfc-editor.org/rfc/rfc8259#section-8.1
  if (text.startsWith('\ufeff')) {
    throw new Problem(
      'invalid-json',
      'The body begins with a byte order mark, at position 0; send it as UTF-8 without one.',
    );
  }
  requireModestText(text);
  try {
    return parse(text, undefined, (digits) => exactNumber(digits) ?? new InexactNumber(digits));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new Problem('invalid-json', `The body is not valid JSON: ${shortenedReason(error.message)}.`, {
      cause: error,
    });
  }
}

/** The parser quotes names and digits whole, and says the position last. */
function shortenedReason(reason: string): string {
  const position = / at position \d+$/.exec(reason)?.[0] ?? '';
  return shortened(reason.slice(0, reason.length - position.length)) + position;
}

function inexactNumber({ value }: Node): string | undefined {
  if (!(value instanceof InexactNumber)) return undefined;
  const { digits } = value;
  return `${shortened(digits)} cannot be held exactly by both JavaScript and DynamoDB; ${remedyFor(digits)}`;
}
