import type { HttpRequest } from '../../../../functions/shared/http/http';
import { idempotencyKey, idempotentId } from '../../../../functions/shared/http/idempotency';

const keyOf = (key: string | undefined) => idempotencyKey({ header: () => key } as unknown as HttpRequest);

test.each(['k', '8e03978e-40d5-43e8-bc93-6894a57f9324', '!'.repeat(255), '"quoted"'])(
  '%s is a key',
  (key) => {
    expect(keyOf(key)).toBe(key);
  },
);

test('no header is no key', () => {
  expect(keyOf(undefined)).toBeUndefined();
});

test.each(['', 'x'.repeat(256), 'two words', 'tab\t', 'käse', 'line\n', '\u007f'])('%j is refused', (key) => {
  expect(() => keyOf(key)).toThrow(/send 1 to 255 visible ASCII characters/);
});

test.each(['a, b', 'a, a', 'a, b, c'])('of several keys, %s, none is taken', (keys) => {
  expect(() => keyOf(keys)).toThrow(/^Received more than one Idempotency-Key/);
});

// HTTP APIs join duplicate headers by a comma: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
test('a comma is a visible ASCII character of a key', () => {
  expect(keyOf('a,b')).toBe('a,b');
});

test('stack, route and key together make the id, a UUID of version 5', () => {
  const id = idempotentId('data-api', 'POST /data', 'k');
  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(idempotentId('data-api', 'POST /data', 'k')).toBe(id);
  const others = [
    idempotentId('items-api', 'POST /data', 'k'),
    idempotentId('data-api', 'POST /items', 'k'),
    idempotentId('data-api', 'POST /data', 'K'),
    idempotentId('data-api', 'POST', '/data k'),
  ];
  expect(new Set([id, ...others]).size).toBe(5);
});
