import type { AttributeValue, Item } from '../attribute-value';

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html */
export const largestItem = 400 * 1024;

/**
 * The size of an item in bytes, as DynamoDB counts it: names and values, without what storing them takes.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
 */
export function itemSize(item: Item): number {
  let size = 0;
  for (const name of Object.keys(item)) size += Buffer.byteLength(name) + valueSize(item[name]!);
  return size;
}

/** The size of a value in bytes; its numbers are in their normal form. */
export function valueSize(value: AttributeValue): number {
  if ('S' in value) return Buffer.byteLength(value.S);
  if ('N' in value) return numberSize(value.N);
  if ('B' in value) return Buffer.byteLength(value.B, 'base64');
  if ('BOOL' in value || 'NULL' in value) return 1;
  if ('M' in value) return 3 + Object.keys(value.M).length + itemSize(value.M);
  if ('L' in value) return value.L.reduce((size, element) => size + 1 + valueSize(element), 3);
  if ('SS' in value) return sum(value.SS, (member) => Buffer.byteLength(member));
  if ('NS' in value) return sum(value.NS, numberSize);
  return sum(value.BS, (member) => Buffer.byteLength(member, 'base64'));
}

/** A byte, one for each two significant digits, counted in pairs from the decimal point, and one for a minus. */
function numberSize(text: string): number {
  const [, minus, whole, fraction = ''] = /^(-?)(\d+)\.?(\d*)$/.exec(text)!;
  const digits = (whole! + fraction).replace(/^0+/, '');
  if (digits === '') return 1;
  const exponent = digits.length - fraction.length - 1;
  const significant = digits.replace(/0+$/, '').length;
  const isSplitPair = significant % 2 === 0 && exponent % 2 === 0;
  return 1 + Math.ceil(significant / 2) + (isSplitPair ? 1 : 0) + (minus ? 1 : 0);
}

function sum(members: readonly string[], size: (member: string) => number): number {
  return members.reduce((total, member) => total + size(member), 0);
}
