import type { AttributeValue, Item } from '../../../../packages/dynamodb-offline/attribute-value';
import { validation } from '../../../../packages/dynamodb-offline/errors';
import { applyUpdate, refuseKeyUpdates } from '../../../../packages/dynamodb-offline/evaluation/update';
import { parseUpdate, Placeholders } from '../../../../packages/dynamodb-offline/expressions';
import { N, S, update } from './evaluate';

const id = { S: '1' };
const L = (...texts: string[]): AttributeValue => ({ L: S(...texts) });
const M = (members: Item): AttributeValue => ({ M: members });

const invalidPath = 'The document path provided in the update expression is invalid for update';
const absent = 'The provided expression refers to an attribute that does not exist in the item';
const wrongType = 'An operand in the update expression has an incorrect data type';

function updated(text: string, before: Item, values?: Item): Item {
  const { id: key, ...item } = update(text, { id, ...before }, values).item;
  expect(key).toEqual(id);
  return item;
}

// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.UpdateExpressions.html
describe('every action reads the item as it was', () => {
  test.each<[string, Item, Item, Item]>([
    ['SET previous = n ADD n :one', { n: N(5) }, { one: N(1) }, { n: N(6), previous: N(5) }],
    ['ADD n :one SET previous = n', { n: N(5) }, { one: N(1) }, { n: N(6), previous: N(5) }],
    ['SET a = :v, b = a', { a: N(1) }, { v: N(2) }, { a: N(2), b: N(1) }],
    ['SET a = b, b = a', { a: N(1), b: N(2) }, {}, { a: N(2), b: N(1) }],
    ['REMOVE a SET b = a', { a: N(1) }, {}, { b: N(1) }],
    [
      'SET b = ss DELETE ss :x',
      { ss: { SS: ['x', 'y'] } },
      { x: { SS: ['x'] } },
      { b: { SS: ['x', 'y'] }, ss: { SS: ['y'] } },
    ],
    ['SET b = if_not_exists(a, :v), a = :v', {}, { v: N(1) }, { a: N(1), b: N(1) }],
    [
      'SET saved = s REMOVE s.a',
      { s: M({ a: N(1), b: N(2) }) },
      {},
      { s: M({ b: N(2) }), saved: M({ a: N(1), b: N(2) }) },
    ],
    [
      'SET saved = l, l[0] = :v',
      { l: L('a', 'b') },
      { v: { S: 'x' } },
      { l: L('x', 'b'), saved: L('a', 'b') },
    ],
    ['SET m.copies = m', { m: M({ a: N(1) }) }, {}, { m: M({ a: N(1), copies: M({ a: N(1) }) }) }],
    ['SET a = l[1] REMOVE l[0]', { l: L('a', 'b', 'c') }, {}, { a: { S: 'b' }, l: L('b', 'c') }],
  ])('%s', (text, before, values, after) => {
    expect(updated(text, before, values)).toEqual(after);
  });

  test('the item itself is left as it is, with what is copied from it', () => {
    const before: Item = { id, s: M({ a: L('x') }), ss: { SS: ['p'] } };
    const copy = structuredClone(before);
    const { item } = update('SET t = s, s.a[0] = :v ADD ss :ss', before, {
      v: { S: 'y' },
      ss: { SS: ['q'] },
    });
    expect(before).toEqual(copy);
    expect(item).toEqual({ id, s: M({ a: L('y') }), t: M({ a: L('x') }), ss: { SS: ['p', 'q'] } });
  });
});

describe('lists', () => {
  test.each<[string, AttributeValue, AttributeValue]>([
    ['REMOVE l[1], l[2]', L('a', 'b', 'c', 'd', 'e'), L('a', 'd', 'e')],
    ['REMOVE l[2], l[1]', L('a', 'b', 'c', 'd', 'e'), L('a', 'd', 'e')],
    ['REMOVE l[0], l[1], l[2]', L('a', 'b', 'c'), L()],
    ['REMOVE l[9]', L('a'), L('a')],
    ['REMOVE l[1] SET l[3] = :x', L('a', 'b', 'c', 'd', 'e'), L('a', 'c', 'x', 'e')],
    ['SET l[3] = :x REMOVE l[1]', L('a', 'b', 'c', 'd', 'e'), L('a', 'c', 'x', 'e')],
    ['SET l[7] = :x', L('a', 'b'), L('a', 'b', 'x')],
    ['SET l[84] = :x, l[37] = :y, l[50] = :z', L('a'), L('a', 'y', 'z', 'x')],
    ['SET l[9] = :x REMOVE l[0]', L('a', 'b'), L('b', 'x')],
    ['SET l[0] = :x', L(), L('x')],
    ['REMOVE l[1].a, l[0]', { L: [N(1), M({ a: N(1), b: N(2) })] }, { L: [M({ b: N(2) })] }],
    [
      'SET l[1].a = :x, l[1].b = :y',
      { L: [N(1), M({})] },
      { L: [N(1), M({ a: { S: 'x' }, b: { S: 'y' } })] },
    ],
    ['SET l[1][0] = :x REMOVE l[1][1]', { L: [N(1), L('p', 'q')] }, { L: [N(1), L('x')] }],
    ['SET l = list_append(l, :l)', L('a'), L('a', 'x', 'y')],
    ['SET l = list_append(:l, l)', L('a'), L('x', 'y', 'a')],
    ['SET l = list_append(l, l)', L('a'), L('a', 'a')],
    ['SET l = list_append(if_not_exists(absent, :l), l)', L('a'), L('x', 'y', 'a')],
  ])('%s', (text, before, after) => {
    const values: Item = { x: { S: 'x' }, y: { S: 'y' }, z: { S: 'z' }, l: L('x', 'y') };
    expect(updated(text, { l: before }, values)).toEqual({ l: after });
  });
});

describe('numbers', () => {
  test.each<[string, string, string]>([
    ['SET n = n + :v', '5', '5.5'],
    ['SET n = n - :v', '0.1', '-0.4'],
    ['SET n = :v - n', '0.1', '0.4'],
    ['ADD n :v', '-0.5', '0'],
    ['SET n = if_not_exists(absent, n) + :v', '1', '1.5'],
  ])('%s', (text, before, after) => {
    expect(updated(text, { n: N(before) }, { v: N('0.5') })).toEqual({ n: N(after) });
  });

  test('38 nines and one make one digit', () => {
    expect(updated('SET n = n + :v', { n: N('9'.repeat(38)) }, { v: N(1) })).toEqual({
      n: N('1' + '0'.repeat(38)),
    });
  });

  test('a result that DynamoDB cannot store is refused', () => {
    const precision = validation('Attempting to store more than 38 significant digits in a Number');
    const many = { id, n: N('12345678901234567890123456789012345678') };
    expect(() => update('SET n = n + :v', many, { v: N('0.5') })).toThrow(precision);
    expect(() => update('ADD n :v', many, { v: N('0.5') })).toThrow(precision);
    const overflow = validation(
      'Number overflow. Attempting to store a number with magnitude larger than supported range',
    );
    expect(() => update('ADD n :v', { id, n: N('9'.repeat(126)) }, { v: N('9'.repeat(126)) })).toThrow(
      overflow,
    );
  });
});

describe('ADD and DELETE', () => {
  test.each<[string, Item, AttributeValue, Item]>([
    ['ADD a :v', {}, N(7), { a: N(7) }],
    ['ADD a :v', {}, { SS: ['x'] }, { a: { SS: ['x'] } }],
    ['ADD a :v', { a: { SS: ['x', 'y'] } }, { SS: ['y', 'z'] }, { a: { SS: ['x', 'y', 'z'] } }],
    ['ADD a :v', { a: { NS: ['1'] } }, { NS: ['1', '2'] }, { a: { NS: ['1', '2'] } }],
    ['ADD a :v', { a: { BS: ['AA=='] } }, { BS: ['AQ=='] }, { a: { BS: ['AA==', 'AQ=='] } }],
    ['ADD m.a :v', { m: M({}) }, N(1), { m: M({ a: N(1) }) }],
    ['ADD l[5] :v', { l: L('a') }, N(1), { l: { L: [...S('a'), N(1)] } }],
    ['DELETE a :v', {}, { SS: ['x'] }, {}],
    ['DELETE a :v', { a: { SS: ['x', 'y'] } }, { SS: ['y', 'z'] }, { a: { SS: ['x'] } }],
    ['DELETE a :v', { a: { SS: ['x', 'y'] } }, { SS: ['y', 'x'] }, {}],
    ['DELETE a :v', { a: { NS: ['1', '2'] } }, { NS: ['2'] }, { a: { NS: ['1'] } }],
    ['DELETE m.a :v', { m: M({ a: { BS: ['AA=='] } }) }, { BS: ['AA=='] }, { m: M({}) }],
    ['DELETE m.a :v', { m: M({}) }, { SS: ['x'] }, { m: M({}) }],
  ])('%s of %j and %j', (text, before, value, after) => {
    expect(updated(text, before, { v: value })).toEqual(after);
  });

  test.each<[string, AttributeValue, AttributeValue]>([
    ['ADD', { S: 'a' }, N(1)],
    ['ADD', { NS: ['1'] }, N(1)],
    ['ADD', N(1), { NS: ['1'] }],
    ['ADD', { SS: ['1'] }, { NS: ['1'] }],
    ['ADD', L('1'), { SS: ['1'] }],
    ['DELETE', { SS: ['1'] }, { NS: ['1'] }],
    ['DELETE', N(1), { NS: ['1'] }],
    ['DELETE', M({}), { SS: ['a'] }],
  ])('%s %j %j is refused', (section, current, value) => {
    expect(() => update(`${section} a :v`, { id, a: current }, { v: value })).toThrow(validation(wrongType));
  });
});

describe('what an update cannot read is refused', () => {
  const item: Item = { id, s: { S: 'a' }, n: N(1), m: M({ a: N(1) }), l: L('a') };

  test.each([
    ['SET a = nope', absent],
    ['SET a = m.b', absent],
    ['SET a = l[1]', absent],
    ['SET a = n + nope', absent],
    ['SET a = list_append(nope, l)', absent],
    ['SET a = if_not_exists(nope, nope2)', absent],
    ['SET a = :v, b = a', absent],
    ['SET a = n + s', wrongType],
    ['SET a = m - n', wrongType],
    ['SET a = list_append(l, n)', wrongType],
    ['SET a = list_append(l, if_not_exists(nope, :v))', wrongType],
    ['SET a = if_not_exists(s, :v) + n', wrongType],
  ])('%s', (text, message) => {
    const values: Item = text.includes(':v') ? { v: N(1) } : {};
    expect(() => update(text, item, values)).toThrow(validation(message));
  });

  test('but only where it is read', () => {
    expect(update('SET a = if_not_exists(s, nope)', item).item.a).toEqual({ S: 'a' });
  });
});

// https://github.com/architect/dynalite/blob/main/test/updateItem.js, asked of DynamoDB
describe('a path that leads through what is no document, or the wrong one', () => {
  const item: Item = { id, b: { S: 'x' }, c: M({ one: { S: 'a' } }), d: L('a', 'b') };
  const paths = ['b.a', 'b[1]', 'y.a', 'y[1]', 'c[1]', 'd.a', 'c.two.a', 'd[5].a', 'd[0].a', 'd[0][0]'];

  test.each(paths)('%s is refused by every action', (path) => {
    for (const text of [`SET ${path} = :v`, `REMOVE ${path}`, `ADD ${path} :v`, `DELETE ${path} :v`]) {
      const values: Item = text.includes(':v') ? { v: { SS: ['a'] } } : {};
      expect(() => update(text, item, values)).toThrow(validation(invalidPath));
    }
  });

  test.each([['REMOVE c.two'], ['REMOVE d[7]'], ['REMOVE y']])('%s removes nothing', (text) => {
    expect(update(text, item).item).toEqual(item);
  });

  test('what loses its last member stays, empty', () => {
    expect(updated('REMOVE m.a, l[0]', { m: M({ a: N(1) }), l: L('a') })).toEqual({ m: M({}), l: L() });
  });
});

describe('an absent item', () => {
  test('is made of its key and what is set', () => {
    expect(update('SET a = :v', undefined, { v: N(1) }).item).toEqual({ id, a: N(1) });
    expect(update('ADD a :v', undefined, { v: N(1) }).item).toEqual({ id, a: N(1) });
    expect(update('SET a = id', undefined).item).toEqual({ id, a: id });
  });

  // https://github.com/scylladb/scylladb/blob/master/test/alternator/test_update_expression.py, asked of DynamoDB
  test('has no documents to set anything in, but nothing is in the way of removing', () => {
    expect(() => update('SET a.b = :v', undefined, { v: N(1) })).toThrow(validation(invalidPath));
    expect(() => update('SET a[0] = :v', undefined, { v: N(1) })).toThrow(validation(invalidPath));
    expect(update('REMOVE a.b, c[0], d', undefined).item).toEqual({ id });
  });
});

describe('UPDATED_OLD and UPDATED_NEW are exactly the touched paths', () => {
  const item: Item = {
    id,
    y: N(1),
    parent: M({ child: N(1), sibling: N(2) }),
    l: L('a', 'b', 'c'),
    ss: { SS: ['x', 'y'] },
  };

  test.each<[string, Item, Item]>([
    ['REMOVE y', { y: N(1) }, {}],
    ['REMOVE absent', {}, {}],
    ['SET a = :n', {}, { a: N(9) }],
    ['SET y = :n', { y: N(1) }, { y: N(9) }],
    ['SET parent.child = :n', { parent: M({ child: N(1) }) }, { parent: M({ child: N(9) }) }],
    [
      'SET parent.child = :n REMOVE parent.sibling',
      { parent: M({ child: N(1), sibling: N(2) }) },
      { parent: M({ child: N(9) }) },
    ],
    ['SET l[2] = :n, l[0] = :s', { l: L('a', 'c') }, { l: { L: [{ S: 's' }, N(9)] } }],
    ['SET l[9] = :s', {}, { l: L('s') }],
    ['REMOVE l[0]', { l: L('a') }, {}],
    ['ADD y :n, z :n', { y: N(1) }, { y: N(10), z: N(9) }],
    ['DELETE ss :x', { ss: { SS: ['x', 'y'] } }, { ss: { SS: ['y'] } }],
    ['DELETE ss :xy', { ss: { SS: ['x', 'y'] } }, {}],
    ['DELETE absent :x', {}, {}],
  ])('%s', (text, before, after) => {
    const values: Item = { n: N(9), s: { S: 's' }, x: { SS: ['x'] }, xy: { SS: ['x', 'y'] } };
    expect(update(text, item, values).touched).toEqual({ before, after });
  });

  test('of an absent item nothing was there', () => {
    expect(update('SET a = :v', undefined, { v: N(1) }).touched).toEqual({ before: {}, after: { a: N(1) } });
  });
});

test('attributes of any name', () => {
  const strange = JSON.parse('{"id": {"S": "1"}, "__proto__": {"M": {"__proto__": {"N": "1"}}}}') as Item;
  const placeholders = new Placeholders<AttributeValue>({
    ExpressionAttributeNames: { '#p': '__proto__' },
    ExpressionAttributeValues: { ':v': N(2) },
  });
  const actions = parseUpdate('SET #p.#p = #p.#p + :v, b = #p', placeholders);
  expect(JSON.stringify(applied(actions, strange))).toBe(
    '{"id":{"S":"1"},"__proto__":{"M":{"__proto__":{"N":"3"}}},"b":{"M":{"__proto__":{"N":"1"}}}}',
  );
});

function applied(actions: Parameters<typeof applyUpdate>[0], before: Item): Item {
  return applyUpdate(actions, before, before).item;
}

test('an item nests 32 levels deep', () => {
  const nested = (levels: number): AttributeValue => (levels === 1 ? N(1) : M({ a: nested(levels - 1) }));
  expect(update('SET a = :v', undefined, { v: nested(32) }).item.a).toEqual(nested(32));
  expect(update('SET m.a = :v', { id, m: M({}) }, { v: nested(31) }).item.m).toEqual(nested(32));
  const tooDeep = validation('Nesting Levels have exceeded supported limits');
  expect(() => update('SET a = :v', undefined, { v: nested(33) })).toThrow(tooDeep);
  expect(() => update('SET m.a = :v', { id, m: M({}) }, { v: nested(32) })).toThrow(tooDeep);
});

test('keys cannot be updated, nor anything in them', () => {
  const refuse = (text: string) => {
    const values = { ':v': N(1), ':ss': { SS: ['a'] } };
    refuseKeyUpdates(
      parseUpdate(text, new Placeholders<AttributeValue>({ ExpressionAttributeValues: values })),
      ['id', 'sk'],
    );
  };
  const message = (name: string) =>
    validation(
      `One or more parameter values were invalid: Cannot update attribute ${name}. This attribute is part of the key`,
    );
  for (const text of ['SET id = :v', 'SET a = :v, id.b = :v', 'REMOVE id', 'ADD id[0] :v', 'DELETE id :ss']) {
    expect(() => refuse(text)).toThrow(message('id'));
  }
  expect(() => refuse('REMOVE d SET sk = id')).toThrow(message('sk'));
  expect(() => refuse('SET a = id, idx = sk')).not.toThrow();
});
