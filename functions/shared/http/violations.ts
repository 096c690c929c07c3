import type { Violation } from './problem';

/** A value inside a parsed body. */
export interface Node {
  readonly value: unknown;
  /** Its member name or list index; undefined for the value the walk began with. */
  readonly key: string | number | undefined;
  /** The nesting level as DynamoDB counts it: an item is 0, its attributes are 1. */
  readonly level: number;
  readonly parent: Node | undefined;
}

export interface WalkOptions {
  /** Level of the value. Default: 0, that of an item. An envelope two levels around an item has -2. */
  readonly level?: number;
}

/** An answer lists this many violations at most: a hostile body has room for millions. */
export const MAX_VIOLATIONS = 20;
const MAX_SHOWN = 80;

/**
 * Walks a value in the order of its text and collects what `complaint` says against its parts. A part complained about
 * is not entered. It does not recurse, so no input is too deep for it.
 */
export function findViolations(
  value: unknown,
  complaint: (node: Node) => string | undefined,
  { level = 0 }: WalkOptions = {},
): Violation[] {
  const violations: Violation[] = [];
  const pending: Node[] = [{ value, key: undefined, level, parent: undefined }];
  for (let node = pending.pop(); node && violations.length < MAX_VIOLATIONS; node = pending.pop()) {
    const message = complaint(node);
    if (message) violations.push({ path: pathOf(node), message });
    else pushChildren(pending, node);
  }
  return violations;
}

/** `path` extended by a member or index, as JavaScript would write it: `a.b[2]["odd name"]`. */
export function extendPath(path: string, key: PropertyKey): string {
  if (typeof key === 'number') return `${path}[${key}]`;
  const name = String(key);
  if (!/^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name) || name.length > MAX_SHOWN) {
    return `${path}[${JSON.stringify(shortened(name))}]`;
  }
  return path ? `${path}.${name}` : name;
}

/** Text of a caller fit to be quoted to them. */
export function shortened(text: string): string {
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
}

function pushChildren(pending: Node[], parent: Node): void {
  const { value } = parent;
  if (typeof value !== 'object' || value === null) return;
  const level = parent.level + 1;
  // Last first, since the walk takes them from the end.
  if (Array.isArray(value)) {
    for (let i = value.length - 1; i >= 0; i--) pending.push({ value: value[i], key: i, level, parent });
  } else {
    for (const [key, child] of Object.entries(value).reverse()) {
      pending.push({ value: child, key, level, parent });
    }
  }
}

function pathOf(node: Node): string {
  const keys: (string | number)[] = [];
  for (let at: Node | undefined = node; at?.key !== undefined; at = at.parent) keys.push(at.key);
  return keys.reverse().reduce(extendPath, '');
}
