import { setImmediate } from 'node:timers/promises';
import type { Change, Entry, KeyRange, Store, Walk } from './store';

/** The most entries of a leaf, and the most children of a branch. */
const WIDTH = 64;

/** Entries between two turns of the event loop, so that a long walk holds nobody up. */
const ENTRIES_PER_TURN = 1000;

/**
 * A node of a B+ tree. Keys are bytes as Latin-1 text, which compares as they do and takes half the memory.
 * A leaf has values; a branch has children, and before each but the first the key from which it reaches.
 */
interface Node {
  /** The edition that may still change it; others have copies. */
  readonly edition: object;
  readonly keys: string[];
  readonly values: Buffer[] | undefined;
  readonly children: Node[] | undefined;
}

/** Ends with the process. */
export function openInMemory(): Store {
  let edition = {};
  let root: Node = { edition, keys: [], values: [], children: undefined };

  /** The tree as it is now, whatever is written from here on. */
  const snapshot = (): Node => {
    edition = {};
    return root;
  };

  const apply = (change: Change): void => {
    const key = change.key.toString('latin1');
    root = change.type === 'put' ? put(root, key, change.value, edition) : remove(root, key, edition);
    if (root.keys.length > WIDTH) {
      const [left, right] = split(root);
      root = { edition, keys: [left.keys[0]!, right.keys[0]!], values: undefined, children: [left, right] };
    }
    while (root.children?.length === 1) root = root.children[0]!;
  };

  return {
    get(key) {
      const text = key.toString('latin1');
      let node = root;
      while (node.children) node = node.children[childFor(node.keys, text)]!;
      const at = position(node.keys, text);
      return node.keys[at] === text ? node.values![at] : undefined;
    },
    entries: (range, walk) =>
      walked(snapshot(), range, walk, (key, value): Entry => [Buffer.from(key, 'latin1'), value]),
    values: (range, walk) => walked(snapshot(), range, walk, (_key, value) => value),
    write(changes) {
      for (const change of changes) apply(change);
      return Promise.resolve();
    },
    async clear(range) {
      const doomed = walked(snapshot(), range, {}, (key) => Buffer.from(key, 'latin1'));
      for await (const key of doomed) apply({ type: 'del', key });
    },
    close: () => Promise.resolve(),
  };
}

/** The first place whose key is not below this one. */
function position(keys: readonly string[], key: string): number {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (keys[middle]! < key) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The place of the child that has this key, if any has. */
function childFor(keys: readonly string[], key: string): number {
  const at = position(keys, key);
  return keys[at] === key ? at : Math.max(0, at - 1);
}

/** The node itself, or a copy where a snapshot holds it. */
function editable(node: Node, edition: object): Node {
  if (node.edition === edition) return node;
  const { keys, values, children } = node;
  return { edition, keys: keys.slice(), values: values?.slice(), children: children?.slice() };
}

function put(from: Node, key: string, value: Buffer, edition: object): Node {
  const node = editable(from, edition);
  const { keys, values, children } = node;
  if (!children) {
    const at = position(keys, key);
    if (keys[at] === key) {
      values![at] = value;
    } else {
      keys.splice(at, 0, key);
      values!.splice(at, 0, value);
    }
    return node;
  }
  const at = childFor(keys, key);
  const child = put(children[at]!, key, value, edition);
  if (child.keys.length <= WIDTH) {
    children[at] = child;
  } else {
    const [left, right] = split(child);
    children.splice(at, 1, left, right);
    keys.splice(at + 1, 0, right.keys[0]!);
  }
  return node;
}

/** What is left may be small: it is not joined to its neighbours, only taken out when it is empty. */
function remove(from: Node, key: string, edition: object): Node {
  const at = from.children ? childFor(from.keys, key) : position(from.keys, key);
  if (!from.children && from.keys[at] !== key) return from;
  const node = editable(from, edition);
  if (node.children) {
    const child = remove(node.children[at]!, key, edition);
    if (child.keys.length > 0) {
      node.children[at] = child;
      return node;
    }
  }
  node.keys.splice(at, 1);
  (node.children ?? node.values)!.splice(at, 1);
  return node;
}

function split({ edition, keys, values, children }: Node): [Node, Node] {
  const part = (from: number, to?: number): Node => ({
    edition,
    keys: keys.slice(from, to),
    values: values?.slice(from, to),
    children: children?.slice(from, to),
  });
  return [part(0, WIDTH / 2), part(WIDTH / 2)];
}

async function* walked<T>(
  root: Node,
  { gt, gte, lt, lte }: KeyRange,
  { reverse = false, limit = Infinity }: Walk = {},
  entry: (key: string, value: Buffer) => T,
): AsyncGenerator<T, void> {
  // Directly behind a key comes the same with a zero.
  const from = gt ? `${gt.toString('latin1')}\0` : (gte?.toString('latin1') ?? '');
  const to = lte ? `${lte.toString('latin1')}\0` : lt?.toString('latin1');
  let left = limit < 0 ? Infinity : limit;
  let turn = ENTRIES_PER_TURN;
  for (const { keys, values } of leaves(root, from, to, reverse)) {
    const first = position(keys, from);
    const end = to === undefined ? keys.length : position(keys, to);
    for (let i = 0; i < end - first; i++) {
      if (left-- === 0) return;
      const at = reverse ? end - 1 - i : first + i;
      yield entry(keys[at]!, values![at]!);
    }
    turn -= end - first;
    if (turn > 0) continue;
    turn = ENTRIES_PER_TURN;
    await setImmediate();
  }
}

/** The leaves that may have keys from `from` to before `to`. */
function* leaves(node: Node, from: string, to: string | undefined, reverse: boolean): Generator<Node, void> {
  const { keys, children } = node;
  if (!children) {
    yield node;
    return;
  }
  const first = childFor(keys, from);
  const last = to === undefined ? children.length - 1 : childFor(keys, to);
  for (let i = 0; i <= last - first; i++) {
    yield* leaves(children[reverse ? last - i : first + i]!, from, to, reverse);
  }
}
