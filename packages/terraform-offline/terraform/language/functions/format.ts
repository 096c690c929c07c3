import { numberOf, flagOf, textOf } from '../values/access';
import { formatNumber } from '../values/number';
import { toPlain } from '../values/plain';
import type { Value } from '../values/value';
import { jsonText } from './json';

const VERB = /%(?:%|([-+ 0#]*)(\d+)?(?:\.(\d+))?(?:\[(\d+)\])?([a-zA-Z]))/g;

/**
 * https://developer.hashicorp.com/terraform/language/functions/format
 * @throws for a verb that is none, and when there are too few or too many values
 */
export function format(spec: string, values: readonly Value[]): string {
  let next = 0;
  let used = 0;
  const text = spec.replace(VERB, (verb: string, ...groups: (string | undefined)[]) => {
    const [flags = '', width, precision, position, letter] = groups;
    if (letter === undefined) return '%';
    if (position !== undefined) next = Number(position) - 1;
    const value = values[next];
    next += 1;
    used = Math.max(used, next);
    if (value === undefined) throw new Error(`${verb} has no value: there are ${values.length}`);
    const shown = formatValue(verb, letter, flags, precision, value);
    return pad(shown, Number(width ?? 0), flags, letter);
  });
  if (used < values.length) throw new Error(`there are ${values.length} values for ${used} verbs`);
  return text;
}

function formatValue(
  verb: string,
  letter: string,
  flags: string,
  precision: string | undefined,
  value: Value,
): string {
  const sign = (number: number, digits: string) =>
    number >= 0 && flags.includes('+')
      ? `+${digits}`
      : number >= 0 && flags.includes(' ')
        ? ` ${digits}`
        : digits;
  switch (letter) {
    case 'v':
      return plainText(value, flags.includes('#'));
    case 's':
    case 'q': {
      const text = textOf(value);
      const cut = precision === undefined ? text : [...text].slice(0, Number(precision)).join('');
      return letter === 's' ? cut : jsonText(cut);
    }
    case 't':
      return String(flagOf(value));
    case 'd':
      return sign(numberOf(value), formatNumber(Math.trunc(numberOf(value))));
    case 'f':
      return sign(numberOf(value), numberOf(value).toFixed(Number(precision ?? 6)));
    case 'e':
    case 'E':
    case 'g':
    case 'G': {
      const number = numberOf(value);
      const text = letter.toLowerCase() === 'e' ? exponent(number, Number(precision ?? 6)) : shortest(number);
      return sign(number, letter === letter.toUpperCase() ? text.toUpperCase() : text);
    }
    case 'b':
    case 'o':
    case 'x':
    case 'X': {
      const text = Math.trunc(numberOf(value)).toString({ b: 2, o: 8, x: 16, X: 16 }[letter]);
      return sign(numberOf(value), letter === 'X' ? text.toUpperCase() : text);
    }
    default:
      throw new Error(`there is no verb ${verb}`);
  }
}

/** Go writes an exponent with two digits at least. */
function exponent(number: number, digits: number): string {
  return number.toExponential(digits).replace(/e([+-])(\d)$/, 'e$10$2');
}

function shortest(number: number): string {
  const power = number === 0 ? 0 : Math.floor(Math.log10(Math.abs(number)));
  return power < -4 || power >= 21
    ? number.toExponential().replace(/e([+-])(\d)$/, 'e$10$2')
    : formatNumber(number);
}

function plainText(value: Value, asJson: boolean): string {
  if (!asJson && (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')) {
    return textOf(value);
  }
  return jsonText(toPlain(value));
}

function pad(text: string, width: number, flags: string, letter: string): string {
  const missing = width - [...text].length;
  if (missing <= 0) return text;
  if (flags.includes('-')) return text + ' '.repeat(missing);
  if (!flags.includes('0') || 'svqt'.includes(letter)) {
    return (flags.includes('0') ? '0' : ' ').repeat(missing) + text;
  }
  return text.replace(/^[+-]?/, (sign) => sign + '0'.repeat(missing));
}
