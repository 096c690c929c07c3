import { compareText } from '../values/value';
import { formatNumber } from '../values/number';

/** YAML as Terraform writes it: every string quoted, lists not indented in their maps. */
export function yamlText(value: unknown): string {
  return `${lines(value).join('\n')}\n`;
}

function lines(value: unknown): string[] {
  if (Array.isArray(value)) {
    if (value.length === 0) return ['[]'];
    return value.flatMap((element: unknown) => {
      const [first = '', ...rest] = lines(element);
      return [`- ${first}`, ...rest.map((line) => `  ${line}`)];
    });
  }
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).sort(([a], [b]) => compareText(a, b));
    if (members.length === 0) return ['{}'];
    return members.flatMap(([key, member]: [string, unknown]) => memberLines(JSON.stringify(key), member));
  }
  if (typeof value === 'string') return scalarLines(value);
  return [typeof value === 'number' ? formatNumber(value) : String(value)];
}

function memberLines(key: string, member: unknown): string[] {
  const own = lines(member);
  const [first = ''] = own;
  if (Array.isArray(member) && member.length > 0) return [`${key}:`, ...own];
  const isMap = typeof member === 'object' && member !== null && first !== '{}' && !Array.isArray(member);
  if (isMap) return [`${key}:`, ...own.map((line) => `  ${line}`)];
  return [`${key}: ${first}`, ...own.slice(1).map((line) => (line === '' ? '' : `  ${line}`))];
}

/** A text of several lines is a block. */
function scalarLines(text: string): string[] {
  if (!text.includes('\n')) return [JSON.stringify(text)];
  const chomping = text.endsWith('\n') ? (text.endsWith('\n\n') ? '+' : '') : '-';
  return [`|${chomping}`, ...text.replace(/\n$/, '').split('\n')];
}
