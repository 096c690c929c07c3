import { formatNumber } from '../values/number';
import { compareText } from '../values/value';

/** What Go escapes beyond JSON: https://developer.hashicorp.com/terraform/language/functions/jsonencode */
const ESCAPED = /[<>&\u2028\u2029]/g;

/** JSON as Go writes it: without space, keys in order, `<`, `>` and `&` escaped. */
export function jsonText(value: unknown): string {
  if (typeof value === 'string') return textInJson(value);
  if (typeof value === 'number') return formatNumber(value);
  if (Array.isArray(value)) return `[${value.map(jsonText).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).sort(([a], [b]) => compareText(a, b));
    return `{${members.map(([key, member]) => `${textInJson(key)}:${jsonText(member)}`).join(',')}}`;
  }
  return JSON.stringify(value ?? null);
}

function textInJson(text: string): string {
  return JSON.stringify(text).replace(
    ESCAPED,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
