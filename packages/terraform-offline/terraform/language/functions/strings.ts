import { elementsOf, textOf } from '../values/access';
import { compareText, isTuple, listOf, SetValue, type Value } from '../values/value';
import { format } from './format';
import { regex, regexAll, replaceAll } from './regex';
import { fn, variadic, type Functions } from './signature';

export const strings: Functions = {
  chomp: fn(['text'], ([text]) => text.replace(/[\r\n]+$/, '')),
  endswith: fn(['text', 'text'], ([text, suffix]) => text.endsWith(suffix)),
  format: variadic(['text'], 'any', ([spec], values) => format(spec, values)),
  formatlist: variadic(['text'], 'any', ([spec], values) => formatList(spec, values)),
  indent: fn(['number', 'text'], ([spaces, text]) => text.replaceAll('\n', `\n${' '.repeat(spaces)}`)),
  join: variadic(['text'], 'list', ([separator], lists) => lists.flat().map(textOf).join(separator)),
  lower: fn(['text'], ([text]) => text.toLowerCase()),
  regex: fn(['text', 'text'], ([pattern, text]) => regex(pattern, text)),
  regexall: fn(['text', 'text'], ([pattern, text]) => regexAll(pattern, text)),
  replace: fn(['text', 'text', 'text'], ([text, what, by]) => replaceAll(text, what, by)),
  sort: fn(['list'], ([list]) => listOf(list.map(textOf).sort(compareText))),
  split: fn(['text', 'text'], ([separator, text]) => listOf(text.split(separator))),
  startswith: fn(['text', 'text'], ([text, prefix]) => text.startsWith(prefix)),
  strcontains: fn(['text', 'text'], ([text, part]) => text.includes(part)),
  strrev: fn(['text'], ([text]) => characters(text).reverse().join('')),
  substr: fn(['text', 'number', 'number'], ([text, offset, length]) => {
    const all = characters(text);
    const start = offset < 0 ? Math.max(all.length + offset, 0) : offset;
    return all.slice(start, length < 0 ? undefined : start + length).join('');
  }),
  title: fn(['text'], ([text]) =>
    text.replace(/(?<![\p{L}\p{N}_])\p{L}/gu, (letter) => letter.toUpperCase()),
  ),
  trim: fn(['text', 'text'], ([text, cut]) => {
    const all = [...text];
    const unwanted = new Set(cut);
    const first = all.findIndex((character) => !unwanted.has(character));
    const last = all.findLastIndex((character) => !unwanted.has(character));
    return first < 0 ? '' : all.slice(first, last + 1).join('');
  }),
  trimprefix: fn(['text', 'text'], ([text, prefix]) =>
    text.startsWith(prefix) ? text.slice(prefix.length) : text,
  ),
  trimspace: fn(['text'], ([text]) => text.trim()),
  trimsuffix: fn(['text', 'text'], ([text, suffix]) =>
    suffix !== '' && text.endsWith(suffix) ? text.slice(0, -suffix.length) : text,
  ),
  upper: fn(['text'], ([text]) => text.toUpperCase()),
};

/** What a reader sees as one character. */
export function characters(text: string): string[] {
  return [...new Intl.Segmenter().segment(text)].map(({ segment }) => segment);
}

/** Lists give their elements in turn, anything else itself each time. */
function formatList(spec: string, values: readonly Value[]): Value {
  const lists = values.map((value) =>
    isTuple(value) || value instanceof SetValue ? elementsOf(value) : undefined,
  );
  const lengths = new Set(lists.flatMap((list) => (list ? [list.length] : [])));
  if (lengths.size > 1) throw new Error(`the lists have different lengths: ${[...lengths].join(', ')}`);
  const [length = 1] = lengths;
  return listOf(
    Array.from({ length }, (_, i) =>
      format(
        spec,
        values.map((value, v) => lists[v]?.[i] ?? value),
      ),
    ),
  );
}
