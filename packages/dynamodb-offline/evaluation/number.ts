import Big from 'big.js';
import { validation } from '../errors';

/** A text is not a number that DynamoDB stores; the message is DynamoDB's. */
export class NumberError extends Error {
  override readonly name = 'NumberError';
}

const MAX_DIGITS = 38;
const MAX_EXPONENT = 125;
const MIN_EXPONENT = -130;

const NUMBER = /^[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?$/;

/** Integers that are in normal form and in range as they are. */
const PLAIN_INTEGER = /^(?:0|-?[1-9][0-9]{0,37})$/;

/**
 * A number as DynamoDB answers it: without exponent, leading or trailing zeros.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html#HowItWorks.DataTypes.Number
 *
 * @throws {NumberError} when it is not a number, out of range, or has more than 38 significant digits
 */
export function normalizeNumber(text: string): string {
  if (PLAIN_INTEGER.test(text)) return text;
  if (!NUMBER.test(text)) {
    const shown = text === '' ? '' : `: ${text}`;
    throw new NumberError(`The parameter cannot be converted to a numeric value${shown}`);
  }
  return normalForm(new Big(text.replace(/^\+/, '')));
}

function normalForm(number: Big): string {
  if (number.eq(0)) return '0';
  if (number.e > MAX_EXPONENT) {
    throw new NumberError(
      'Number overflow. Attempting to store a number with magnitude larger than supported range',
    );
  }
  if (number.e < MIN_EXPONENT) {
    throw new NumberError(
      'Number underflow. Attempting to store a number with magnitude smaller than supported range',
    );
  }
  if (number.c.length > MAX_DIGITS) {
    throw new NumberError('Attempting to store more than 38 significant digits in a Number');
  }
  return number.toFixed();
}

/** The exact sum of two numbers in normal form, refused as any number is that DynamoDB cannot store. */
export function addNumbers(left: string, right: string): string {
  return stored(new Big(left).plus(right));
}

export function subtractNumbers(left: string, right: string): string {
  return stored(new Big(left).minus(right));
}

function stored(number: Big): string {
  try {
    return normalForm(number);
  } catch (error) {
    throw error instanceof NumberError ? validation(error.message) : error;
  }
}

/** Up to this many characters two numbers in normal form differ as doubles as they do exactly. */
const EXACT_AS_DOUBLE = 15;

/** Below, at, or above 0, as the first number is below, at, or above the second; both in normal form. */
export function compareNumbers(left: string, right: string): number {
  if (left === right) return 0;
  if (left.length <= EXACT_AS_DOUBLE && right.length <= EXACT_AS_DOUBLE) return Number(left) - Number(right);
  return new Big(left).cmp(right);
}
