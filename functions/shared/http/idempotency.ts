import { v5 } from 'uuid';
import type { HttpRequest } from './http';
import { Problem } from './problem';

/** What the ids of all idempotent requests are made under. */
const NAMESPACE = '3f0c1b52-7c5e-5d0e-9a44-6b1f3c9d2e70';

/**
 * The request's `Idempotency-Key`; undefined when it has none.
 * @throws {Problem} `invalid-idempotency-key` unless it is 1–255 visible ASCII characters
 */
export function idempotencyKey(request: HttpRequest): string | undefined {
  const key = request.header('idempotency-key');
  if (key === undefined || /^[\x21-\x7e]{1,255}$/.test(key)) return key;
  // As the headers of a REST API are joined. HTTP APIs join them before the event, by a comma that may be a key's own.
  if (key.includes(', ')) {
    throw new Problem(
      'invalid-idempotency-key',
      'Received more than one Idempotency-Key, or one with a comma and a space in it; send one key, without spaces.',
    );
  }
  throw new Problem(
    'invalid-idempotency-key',
    `Received an Idempotency-Key of ${key.length} characters; send 1 to 255 visible ASCII characters, such as a UUID.`,
  );
}

/** The id that every request with this key creates: the same one each time, and no other stack's or route's. */
export function idempotentId(stack: string, route: string, key: string): string {
  return v5(JSON.stringify([stack, route, key]), NAMESPACE);
}
