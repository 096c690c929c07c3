import { isUtf8 } from 'node:buffer';

/** What the log says of a body that a function gets as text; undefined where it is UTF-8. */
export function unreadableText(body: Buffer): string | undefined {
  if (isUtf8(body)) return undefined;
  return 'the body is not UTF-8: the function gets U+FFFD in place of what is none; what AWS does with such bytes was not seen';
}
