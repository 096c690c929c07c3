import { validation } from '../errors';

/** A text is not a number that DynamoDB stores; the message is DynamoDB's. */
export class NumberError extends Error {
  override readonly name = 'NumberError';
}

const MAX_DIGITS = 38;
const MAX_EXPONENT = 125;
const MIN_EXPONENT = -130;

const NUMBER = /^([+-]?)(?=\.?[0-9])([0-9]*)\.?([0-9]*)(?:[eE]([+-]?[0-9]+))?$/;

/** Integers that are in normal form and in range as they are. */
const PLAIN_INTEGER = /^(?:0|-?[1-9][0-9]{0,37})$/;

/** `-0.0120` is 1.2 times 10 to the power of -2, negative: digits `12`, exponent -2; of zero there are no digits. */
export interface Decimal {
  readonly negative: boolean;
  readonly digits: string;
  readonly exponent: number;
}

/** @returns undefined for what is not a number */
export function decimalOf(text: string): Decimal | undefined {
  const match = NUMBER.exec(text);
  if (!match) return undefined;
  const [, sign, whole = '', fraction = '', power = '0'] = match;
  const all = whole + fraction;
  const leadingZeros = /^0*/.exec(all)![0].length;
  return {
    negative: sign === '-',
    digits: all.slice(leadingZeros).replace(/(?<!0)0+$/, ''),
    exponent: Number(power) + whole.length - leadingZeros - 1,
  };
}

/**
 * A number as DynamoDB answers it: without exponent, leading or trailing zeros.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html#HowItWorks.DataTypes.Number
 *
 * @throws {NumberError} when it is not a number, out of range, or has more than 38 significant digits
 */
export function normalizeNumber(text: string): string {
  if (PLAIN_INTEGER.test(text)) return text;
  const decimal = decimalOf(text);
  if (!decimal) {
    const shown = text === '' ? '' : `: ${text}`;
    throw new NumberError(`The parameter cannot be converted to a numeric value${shown}`);
  }
  const { negative, digits, exponent } = decimal;
  if (digits === '') return '0';
  if (exponent > MAX_EXPONENT) {
    throw new NumberError(
      'Number overflow. Attempting to store a number with magnitude larger than supported range',
    );
  }
  if (exponent < MIN_EXPONENT) {
    throw new NumberError(
      'Number underflow. Attempting to store a number with magnitude smaller than supported range',
    );
  }
  if (digits.length > MAX_DIGITS) {
    throw new NumberError('Attempting to store more than 38 significant digits in a Number');
  }
  return `${negative ? '-' : ''}${withPoint(digits, exponent)}`;
}

function withPoint(digits: string, exponent: number): string {
  if (exponent < 0) return `0.${'0'.repeat(-exponent - 1)}${digits}`;
  const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, '0');
  return digits.length > whole.length ? `${whole}.${digits.slice(whole.length)}` : whole;
}

/** The exact sum of two numbers in normal form, refused as any number is that DynamoDB cannot store. */
export function addNumbers(left: string, right: string): string {
  const scale = commonScale(left, right);
  return stored(scaled(left, scale) + scaled(right, scale), scale);
}

export function subtractNumbers(left: string, right: string): string {
  const scale = commonScale(left, right);
  return stored(scaled(left, scale) - scaled(right, scale), scale);
}

/** Up to this many characters two numbers in normal form differ as doubles as they do exactly. */
const EXACT_AS_DOUBLE = 15;

/** Below, at, or above 0, as the first number is below, at, or above the second; both in normal form. */
export function compareNumbers(left: string, right: string): number {
  if (left === right) return 0;
  if (left.length <= EXACT_AS_DOUBLE && right.length <= EXACT_AS_DOUBLE) return Number(left) - Number(right);
  const scale = commonScale(left, right);
  return scaled(left, scale) < scaled(right, scale) ? -1 : 1;
}

/** How many digits behind the point both have room in. */
function commonScale(left: string, right: string): number {
  return Math.max(fractionOf(left).length, fractionOf(right).length);
}

/** A number in normal form, times 10 to the power of `scale`. */
function scaled(number: string, scale: number): bigint {
  const fraction = fractionOf(number);
  const whole = fraction === '' ? number : number.slice(0, -fraction.length - 1);
  return BigInt(whole + fraction.padEnd(scale, '0'));
}

function fractionOf(number: string): string {
  const point = number.indexOf('.');
  return point < 0 ? '' : number.slice(point + 1);
}

function stored(number: bigint, scale: number): string {
  try {
    return normalizeNumber(`${number}E-${scale}`);
  } catch (error) {
    throw error instanceof NumberError ? validation(error.message) : error;
  }
}
