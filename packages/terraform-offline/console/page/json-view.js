import { element } from './elements.js';

/** Members beyond it begin closed. */
const OPEN_DEPTH = 2;
/** Longer texts are shown as they are: a tree of them would be slow, and nobody unfolds it. */
const TREE_LIMIT = 200_000;

/** A number as it was written: JavaScript would round some. */
class Digits {
  constructor(source) {
    this.source = source;
  }
}

/** JSON as a tree whose objects and lists fold; any other text as it is. */
export function jsonView(text) {
  const value = text.length > TREE_LIMIT ? undefined : parse(text);
  if (value === undefined) return element('pre', { class: 'text', tabindex: '0' }, text);
  return element('div', { class: 'json' }, node(undefined, value, 0));
}

function parse(text) {
  try {
    return JSON.parse(text, (_, value, context) =>
      typeof value === 'number' && context ? new Digits(context.source) : value,
    );
  } catch {
    return undefined;
  }
}

function node(name, value, depth) {
  const label = name === undefined ? undefined : element('span', { class: 'name' }, `${name}: `);
  if (value === null || typeof value !== 'object' || value instanceof Digits) {
    return element('div', { class: 'leaf' }, label, leaf(value));
  }
  const members = Object.entries(value);
  const [before, after] = Array.isArray(value) ? '[]' : '{}';
  if (members.length === 0) return element('div', { class: 'leaf' }, label, `${before}${after}`);
  const many = `${members.length} ${members.length === 1 ? 'member' : 'members'}`;
  const count = element('span', { class: 'folded' }, ` ${many} ${after}`);
  return element(
    'details',
    { open: depth < OPEN_DEPTH },
    element('summary', {}, label, before, count),
    element('div', { class: 'members' }, ...members.map(([key, member]) => node(key, member, depth + 1))),
    after,
  );
}

function leaf(value) {
  const kind = value === null ? 'null' : value instanceof Digits ? 'number' : typeof value;
  const text = value instanceof Digits ? value.source : JSON.stringify(value);
  return element('span', { class: kind }, text);
}
