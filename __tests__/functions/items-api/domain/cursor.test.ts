import { decodeCursor, encodeCursor } from '../../../../functions/items-api/domain/cursor';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

test.each(['9b2fa0a5-8a3c-4a76-ae13-9cd93f64f7a8', 'x', 'ü/?#{}', '\u0000', 'x'.repeat(2048)])(
  'a cursor leads back to the id %j, and is text that a URL takes',
  (id) => {
    const cursor = encodeCursor(['items'], [id]);
    expect(cursor).toMatch(/^[A-Za-z0-9_-]+$/);
    expect(decodeCursor(['items'], cursor)).toEqual([id]);
  },
);

test('a cursor of another table is refused', () => {
  expect(() => decodeCursor(['items'], encodeCursor(['items-staging'], ['x']))).toThrow(/of another list/);
});

test('every change of one character is refused', () => {
  const cursor = encodeCursor(['items'], ['item-1']);
  const damaged = [...cursor].flatMap((original, i) =>
    [...ALPHABET]
      .filter((character) => character !== original)
      .map((character) => cursor.slice(0, i) + character + cursor.slice(i + 1)),
  );
  const accepted = damaged.filter((text) => {
    try {
      return decodeCursor(['items'], text);
    } catch {
      return false;
    }
  });
  expect(accepted).toEqual([]);
});

test.each(['', 'A', 'AQ', '=', '%', 'ü', '\u0000', 'AAAAAAAAAAAAAAAAAAAAAAA', 'x'.repeat(10_000)])(
  '%j is refused',
  (text) => {
    expect(() => decodeCursor(['items'], text)).toThrow(/is damaged/);
  },
);

describe('a cursor of an index', () => {
  const lamps = ['items', 'by-name', 'Lamp'] as const;
  const key = ['item-1', '2026-01-01T00:00:00.000Z'];

  test('leads back to the key', () => {
    expect(decodeCursor(lamps, encodeCursor(lamps, key))).toEqual(key);
  });

  test.each([
    ['name', ['items', 'by-name', 'lamp']],
    ['index', ['items', 'by-price', 'Lamp']],
    ['table', ['other', 'by-name', 'Lamp']],
  ] as const)('of another %s is refused', (_, list) => {
    expect(() => decodeCursor(lamps, encodeCursor(list, key))).toThrow(/of another list/);
  });

  test('is refused where all are listed, and the other way round', () => {
    expect(() => decodeCursor(['items'], encodeCursor(lamps, key))).toThrow(/of another list/);
    expect(() => decodeCursor(lamps, encodeCursor(['items'], ['item-1']))).toThrow(/of another list/);
  });

  test.each([[[]], [['item-1']], [['item-1', '']], [['item-1', 'a', 'b']]])(
    'with the key %j is refused',
    (odd) => {
      expect(() => decodeCursor(lamps, encodeCursor(lamps, odd))).toThrow(/is damaged/);
    },
  );
});
