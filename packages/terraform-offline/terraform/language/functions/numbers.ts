import { numberOf } from '../values/access';
import { rounded } from '../values/number';
import { listOf } from '../values/value';
import { fn, variadic, type Functions } from './signature';

export const numbers: Functions = {
  abs: fn(['number'], ([n]) => Math.abs(n)),
  ceil: fn(['number'], ([n]) => Math.ceil(n)),
  floor: fn(['number'], ([n]) => Math.floor(n)),
  log: fn(['number', 'number'], ([n, base]) => rounded(Math.log(n) / Math.log(base))),
  max: variadic(['number'], 'number', ([first], rest) => Math.max(first, ...rest)),
  min: variadic(['number'], 'number', ([first], rest) => Math.min(first, ...rest)),
  pow: fn(['number', 'number'], ([n, power]) => rounded(n ** power)),
  signum: fn(['number'], ([n]) => Math.sign(n)),
  parseint: fn(['text', 'number'], ([text, base]) => parseInteger(text, base)),
  sum: fn(['list'], ([list]) => {
    if (list.length === 0) throw new Error('there is nothing to add up');
    return list.map(numberOf).reduce((a, b) => rounded(a + b));
  }),
  range: variadic(['number'], 'number', ([first], [second, step]) => {
    const [start, limit] = second === undefined ? [0, first] : [first, second];
    return range(start, limit, step ?? (limit < start ? -1 : 1));
  }),
};

const DIGITS = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';

function parseInteger(text: string, base: number): number {
  const sign = text.startsWith('-') ? -1 : 1;
  const digits = [...text.replace(/^[+-]/, '')].map((digit) =>
    DIGITS.indexOf(base <= 36 ? digit.toLowerCase() : digit),
  );
  if (digits.length === 0 || digits.some((digit) => digit < 0 || digit >= base)) {
    throw new Error(`${JSON.stringify(text)} is no number to the base ${base}`);
  }
  return sign * digits.reduce((number, digit) => number * base + digit, 0);
}

function range(start: number, limit: number, step: number) {
  if (step === 0 || step > 0 !== limit > start) {
    if (start === limit) return listOf([]);
    throw new Error(`a step of ${step} does not lead from ${start} to ${limit}`);
  }
  const length = Math.ceil((limit - start) / step);
  if (length > 1024) throw new Error('more than 1024 numbers');
  return listOf(Array.from({ length }, (_, i) => rounded(start + i * step)));
}
