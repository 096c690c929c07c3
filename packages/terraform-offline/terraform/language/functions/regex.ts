import { listOf, objectOf, type Value } from '../values/value';

/** POSIX classes of RE2, which JavaScript does not have. */
const CLASSES: Readonly<Record<string, string>> = {
  alnum: '0-9A-Za-z',
  alpha: 'A-Za-z',
  ascii: '\\x00-\\x7F',
  blank: '\\t ',
  cntrl: '\\x00-\\x1F\\x7F',
  digit: '0-9',
  graph: '!-~',
  lower: 'a-z',
  print: ' -~',
  punct: '!-\\/:-@\\[-`{-~',
  space: '\\t\\n\\v\\f\\r ',
  upper: 'A-Z',
  word: '0-9A-Za-z_',
  xdigit: '0-9A-Fa-f',
};

/** https://developer.hashicorp.com/terraform/language/functions/regex */
export function regex(pattern: string, text: string): Value {
  const match = toRegExp(pattern).exec(text);
  if (!match) throw new Error(`${JSON.stringify(text)} does not match ${pattern}`);
  return captures(match);
}

export function regexAll(pattern: string, text: string): Value {
  return listOf([...text.matchAll(toRegExp(pattern, 'g'))].map(captures));
}

/** @param what a text, or a regular expression between slashes */
export function replaceAll(text: string, what: string, by: string): string {
  if (what.length < 2 || !what.startsWith('/') || !what.endsWith('/')) return text.replaceAll(what, () => by);
  return text.replace(toRegExp(what.slice(1, -1), 'g'), (...found: unknown[]) => expand(by, found));
}

/** `$1`, `${1}` and `${name}`; a name that there is not is empty. */
function expand(template: string, found: readonly unknown[]): string {
  const last = found.at(-1);
  const named = typeof last === 'object' && last !== null ? (last as Record<string, string | undefined>) : {};
  return template.replace(/\$\$|\$\{(\w+)\}|\$(\w+)/g, (whole: string, braced?: string, bare?: string) => {
    const name = braced ?? bare;
    if (name === undefined) return whole.slice(1);
    const value = /^\d+$/.test(name) ? found[Number(name)] : named[name];
    return typeof value === 'string' ? value : '';
  });
}

function captures(match: RegExpMatchArray): Value {
  if (match.groups) {
    return objectOf(Object.entries(match.groups).map(([name, text]) => [name, text ?? null] as const));
  }
  const [whole, ...groups] = match;
  return groups.length === 0 ? (whole ?? '') : groups.map((text: string | undefined) => text ?? null);
}

/** RE2's syntax in JavaScript's: https://github.com/google/re2/wiki/Syntax */
function toRegExp(pattern: string, flags = ''): RegExp {
  const [, own = ''] = /^\(\?([imsU]+)\)/.exec(pattern) ?? [];
  const source = pattern
    .replace(/^\(\?[imsU]+\)/, '')
    .replace(/\(\?P</g, '(?<')
    .replace(/\[:(\w+):\]/g, (whole, name: string) => CLASSES[name] ?? whole)
    .replace(/\\(?:A|z|.)/gs, (escape) => ({ '\\A': '^', '\\z': '$' })[escape] ?? escape);
  const unicode = /\\[pP]/.test(source) ? 'u' : '';
  try {
    return new RegExp(source, flags + own.replace('U', '') + unicode);
  } catch {
    throw new Error(`${pattern} is no regular expression that can be followed here`);
  }
}
