import type { AttributeValue, Item } from '../attribute-value';
import type { Path } from '../expressions';
import { memberOf } from './compare';

/** The value that a path leads to, if it leads to one. */
export function valueAt(item: Item, [name, ...steps]: Path): AttributeValue | undefined {
  let value = memberOf(item, name);
  for (const step of steps) {
    if (value === undefined) return undefined;
    if (typeof step === 'number') value = 'L' in value ? value.L[step] : undefined;
    else value = 'M' in value ? memberOf(value.M, step) : undefined;
  }
  return value;
}
