import type { Item } from '../../../../packages/dynamodb-offline/attribute-value';
import { N, projected, S } from './evaluate';

// https://github.com/ExtendDB/extenddb/blob/main/tests/test_nested_projection.py, captured from DynamoDB
const item: Item = {
  pk: { S: 'p1' },
  mylist: { L: S('zero', 'one', 'two', 'three') },
  listOfMaps: { L: ['0', '1', '2'].map((n) => ({ M: { val: { S: `a${n}` }, x: { S: `x${n}` } } })) },
  listWithNull: { L: [...S('keep0'), { NULL: true }, ...S('keep2')] },
  deep: { M: { l1: { M: { l2: { M: { l3: { S: 'bottom' }, sib: { S: 's' } } } } } } },
  nestedList: { L: [{ M: { inners: { L: S('i0', 'i1') } } }] },
};

test.each<[string, Item]>([
  ['mylist[0], mylist[2]', { mylist: { L: S('zero', 'two') } }],
  ['mylist[2], mylist[0]', { mylist: { L: S('zero', 'two') } }],
  ['mylist[10], mylist[3], mylist[1]', { mylist: { L: S('one', 'three') } }],
  [
    'listOfMaps[0].val, listOfMaps[2].val',
    { listOfMaps: { L: [{ M: { val: { S: 'a0' } } }, { M: { val: { S: 'a2' } } }] } },
  ],
  [
    'listOfMaps[1].x, listOfMaps[1].val',
    { listOfMaps: { L: [{ M: { x: { S: 'x1' }, val: { S: 'a1' } } }] } },
  ],
  ['listWithNull[1]', { listWithNull: { L: [{ NULL: true }] } }],
  ['listWithNull[0], listWithNull[2]', { listWithNull: { L: S('keep0', 'keep2') } }],
  ['deep.l1.l2.l3', { deep: { M: { l1: { M: { l2: { M: { l3: { S: 'bottom' } } } } } } } }],
  ['nestedList[0].inners[1]', { nestedList: { L: [{ M: { inners: { L: S('i1') } } }] } }],
  ['pk, absent, absent2.a, deep.absent, mylist[9]', { pk: { S: 'p1' } }],
  ['pk.a, mylist.a, deep[0], toString', {}],
])('%s', (text, expected) => {
  expect(projected(text, item)).toEqual(expected);
});

test('a member named __proto__ is a member like any other', () => {
  const strange = JSON.parse('{"m": {"M": {"__proto__": {"N": "1"}, "b": {"N": "2"}}}}') as Item;
  expect(JSON.stringify(projected('m', strange))).toBe(JSON.stringify(strange));
  expect(projected('m.b', strange)).toEqual({ m: { M: { b: N(2) } } });
});
