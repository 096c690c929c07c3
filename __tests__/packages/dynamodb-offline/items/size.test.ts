import type { AttributeValue } from '../../../../packages/dynamodb-offline/attribute-value';
import { itemSize } from '../../../../packages/dynamodb-offline/items/size';

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html */
describe('the size of an item', () => {
  it.each<[AttributeValue, number]>([
    [{ S: 'abc' }, 3],
    [{ S: '' }, 0],
    [{ S: 'é€😀' }, 9],
    [{ B: 'AAAA' }, 3],
    [{ B: 'AA==' }, 1],
    [{ BOOL: true }, 1],
    [{ NULL: true }, 1],
    [{ SS: ['a', 'bc'] }, 3],
    [{ BS: ['AAAA', 'AA=='] }, 4],
    [{ L: [] }, 3],
    [{ M: {} }, 3],
    [{ L: [{ S: 'abc' }, { BOOL: true }] }, 3 + 1 + 3 + 1 + 1],
    [{ M: { ab: { S: 'c' } } }, 3 + 1 + 2 + 1],
  ])('counts the bytes of %j', (value, size) => {
    expect(itemSize({ name: value })).toBe('name'.length + size);
  });

  it('counts the bytes of names', () => {
    expect(itemSize({ é: { BOOL: true }, ab: { BOOL: true } })).toBe(2 + 1 + 2 + 1);
  });

  /** A byte, and one for each two significant digits, with or without zeros at either end. */
  it.each([
    ['0', 1],
    ['1', 2],
    ['12', 2],
    ['123', 3],
    ['1000', 2],
    ['0.0000001', 2],
    ['12.3', 3],
    ['1.2', 3],
    ['-1', 3],
    [`1${'0'.repeat(125)}`, 2],
    ['12345678901234567890123456789012345678', 20],
  ])('counts the digits of %s', (number, size) => {
    expect(itemSize({ n: { N: number } })).toBe(1 + size);
    expect(itemSize({ n: { NS: [number] } })).toBe(1 + size);
  });
});
