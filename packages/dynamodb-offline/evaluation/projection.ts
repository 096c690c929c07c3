import type { AttributeValue, Item } from '../attribute-value';
import type { Path } from '../expressions';
import { valueAt } from './paths';

/** What an item has at these paths; of a list the elements that are asked for, in their order and without gaps. */
export function project(paths: readonly Path[], item: Item): Item {
  return assemble(paths.map((path) => ({ path, value: valueAt(item, path) })));
}

/** A value at its path; without a value the path leads nowhere. */
export interface Placed {
  readonly path: Path;
  readonly value: AttributeValue | undefined;
}

/** The documents that hold these values at their paths and nothing else. Paths neither overlap nor conflict. */
export function assemble(placed: readonly Placed[]): Item {
  const root: Branch = new Map();
  for (const { path, value } of placed) {
    if (value !== undefined) place(root, path, value);
  }
  return itemOf(root);
}

type Branch = Map<string | number, Branch | { readonly value: AttributeValue }>;

function place(root: Branch, path: Path, value: AttributeValue): void {
  let branch = root;
  for (const step of path.slice(0, -1)) {
    const next = branch.get(step);
    if (next instanceof Map) {
      branch = next;
    } else {
      const grown: Branch = new Map();
      branch.set(step, grown);
      branch = grown;
    }
  }
  branch.set(path.at(-1) ?? path[0], { value });
}

function itemOf(branch: Branch): Item {
  return Object.fromEntries([...branch].map(([name, next]) => [name, documentOf(next)]));
}

function documentOf(branch: Branch | { readonly value: AttributeValue }): AttributeValue {
  if (!(branch instanceof Map)) return branch.value;
  const isList = [...branch.keys()].every((step) => typeof step === 'number');
  if (!isList) return { M: itemOf(branch) };
  const elements = [...branch].sort(([left], [right]) => Number(left) - Number(right));
  return { L: elements.map(([, next]) => documentOf(next)) };
}
