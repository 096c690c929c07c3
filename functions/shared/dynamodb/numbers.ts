/** Magnitudes outside are refused; 38 significant digits are more than an exact JavaScript number ever has. */
const SMALLEST = 1e-130;
const BEYOND_LARGEST = 1e126;

/** Room for every zero that a number in the range can be written with. */
const LONGEST = 10_000;

/**
 * The number that a decimal text stands for, or undefined when JavaScript or DynamoDB would hold another one.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html#HowItWorks.DataTypes.Number
 *
 * @example exactNumber('1.50') // 1.5
 * @example exactNumber('9007199254740993') // undefined: JavaScript would round it to …992
 */
export function exactNumber(text: string): number | undefined {
  if (text.length > LONGEST) return undefined;
  const number = Number(text);
  const magnitude = Math.abs(number);
  const inRange = number === 0 || (magnitude >= SMALLEST && magnitude < BEYOND_LARGEST);
  if (!inRange || decimal(text) !== decimal(String(number))) return undefined;
  // DynamoDB has no negative zero.
  return number === 0 ? 0 : number;
}

/**
 * The digits of a number and their power of ten, alike for all its texts; the sign apart. lossless-json compares as well,
 * and brings the rest of itself into a layer that has no use for it.
 */
function decimal(text: string): string {
  const [mantissa = '', power = '0'] = text.toLowerCase().split('e');
  const [whole = '', fraction = ''] = mantissa.replace('-', '').split('.');
  const digits = whole + fraction;
  let start = 0;
  let end = digits.length;
  while (digits[start] === '0') start++;
  if (start === end) return '0';
  while (digits[end - 1] === '0') end--;
  return `${digits.slice(start, end)}e${Number(power) - fraction.length + digits.length - end}`;
}

/** What makes a number that is not exact one that can be stored. */
export function remedyFor(text: string): string {
  return Math.abs(Number(text)) < BEYOND_LARGEST ? 'round it' : 'keep it between -1e126 and 1e126';
}
