import type { Model } from './model/stack';
import type { Unserved } from './model/unserved';

/** How many are named of those that mean the same; the page has all. */
const NAMED = 4;

const NOT_SERVED = ' is not served';

/** What is not served, for people: a line for each, and one for all that say the same of different addresses. */
export function unservedLines({ stacks }: Model): string[] {
  const byEffect = new Map<string, string[]>();
  for (const { reason, effect } of stacks.flatMap(({ unserved }) => unserved)) {
    // Only those without a reason of their own are put together.
    const key = reason.endsWith(NOT_SERVED) ? effect : `${reason}; ${effect}`;
    byEffect.set(key, [...(byEffect.get(key) ?? []), reason]);
  }
  return [...byEffect].map(([key, reasons]) => {
    if (!reasons[0]!.endsWith(NOT_SERVED)) return key;
    const addresses = reasons.map((reason) => reason.slice(0, -NOT_SERVED.length));
    const named = addresses.length > NAMED + 1 ? addresses.slice(0, NAMED) : addresses;
    const more = addresses.length - named.length;
    return `${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}; ${key}`;
  });
}

/** @throws with all of it, when something is not served */
export function requireAllServed({ stacks }: Model): void {
  const unserved = stacks.flatMap((stack) => stack.unserved);
  if (unserved.length === 0) return;
  const line = ({ reason, effect }: Unserved) => `  ${reason}; ${effect}`;
  const count = unserved.length === 1 ? 'one thing is' : `${unserved.length} things are`;
  throw new Error(`${count} not served, which --strict forbids:\n${unserved.map(line).join('\n')}`);
}
