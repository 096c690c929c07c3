import type { AttributeValue, Item } from '../../../../packages/dynamodb-offline/attribute-value';

/** What an expression comes to, said as plainly as can be; slow, and on copies only. */

export type Found = AttributeValue | undefined;

export function find(item: Item, path: readonly (string | number)[]): Found {
  return path.reduce<Found>(
    (found, step) => {
      if (typeof step === 'number') return found && 'L' in found ? found.L[step] : undefined;
      return found && 'M' in found ? found.M[step] : undefined;
    },
    { M: item },
  );
}

/** One text for all values that are equal. */
export function canonical(value: AttributeValue): string {
  if ('M' in value) {
    const members = Object.entries(value.M).map(([name, member]) => `${name}=${canonical(member)}`);
    return `M{${members.sort().join()}}`;
  }
  if ('L' in value) return `L[${value.L.map(canonical).join()}]`;
  if ('SS' in value) return `SS${JSON.stringify([...value.SS].sort())}`;
  if ('NS' in value) return `NS${JSON.stringify([...value.NS].sort())}`;
  if ('BS' in value) return `BS${JSON.stringify([...value.BS].sort())}`;
  return JSON.stringify(value);
}

export function isEqual(left: Found, right: Found): boolean {
  return left !== undefined && right !== undefined && canonical(left) === canonical(right);
}

/** NaN where there is no order. */
export function order(left: Found, right: Found): number {
  if (left && right && 'S' in left && 'S' in right)
    return Buffer.compare(Buffer.from(left.S), Buffer.from(right.S));
  if (left && right && 'N' in left && 'N' in right) {
    const difference = scaled(left.N) - scaled(right.N);
    return difference < 0n ? -1 : difference > 0n ? 1 : 0;
  }
  if (left && right && 'B' in left && 'B' in right) {
    return Buffer.compare(Buffer.from(left.B, 'base64'), Buffer.from(right.B, 'base64'));
  }
  return NaN;
}

/** A number in hundredths. */
export function scaled(text: string): bigint {
  const [whole = '', fraction = ''] = text.replace('-', '').split('.');
  const hundredths = BigInt(whole + fraction.padEnd(2, '0'));
  return text.startsWith('-') ? -hundredths : hundredths;
}

export function unscaled(hundredths: bigint): string {
  const digits = String(hundredths < 0n ? -hundredths : hundredths).padStart(3, '0');
  const text = `${digits.slice(0, -2)}.${digits.slice(-2)}`.replace(/\.?0+$/, '');
  return hundredths < 0n ? `-${text}` : text;
}

export function size(value: Found): Found {
  if (value === undefined || 'N' in value || 'BOOL' in value || 'NULL' in value) return undefined;
  if ('M' in value) return { N: String(Object.keys(value.M).length) };
  if ('B' in value) return { N: String(Buffer.from(value.B, 'base64').length) };
  const [members] = Object.values(value) as [{ length: number }];
  return { N: String(members.length) };
}

export function contains(value: Found, part: Found): boolean {
  if (value === undefined || part === undefined) return false;
  if ('S' in value && 'S' in part)
    return value.S.split(part.S).length > 1 || part.S === '' || value.S === part.S;
  if ('B' in value && 'B' in part) {
    const hex = (text: string) => [...Buffer.from(text, 'base64')].map((byte) => `,${byte};`).join('');
    return hex(value.B).includes(hex(part.B));
  }
  if ('L' in value) return value.L.some((element) => isEqual(element, part));
  if ('SS' in value) return value.SS.some((S) => isEqual({ S }, part));
  if ('NS' in value) return value.NS.some((N) => isEqual({ N }, part));
  if ('BS' in value) return value.BS.some((B) => isEqual({ B }, part));
  return false;
}

export function beginsWith(value: Found, prefix: Found): boolean {
  if (value && prefix && 'S' in value && 'S' in prefix) return value.S.startsWith(prefix.S);
  if (value && prefix && 'B' in value && 'B' in prefix) {
    const [bytes, first] = [[...Buffer.from(value.B, 'base64')], [...Buffer.from(prefix.B, 'base64')]];
    return first.every((byte, index) => bytes[index] === byte);
  }
  return false;
}

/** What DynamoDB refuses when it reads the item. */
export class Refused extends Error {}

export type Step = string | number;

/** A new value for a path; none removes what is there. */
export interface Change {
  readonly path: readonly Step[];
  readonly value: Found;
}

/**
 * Changes a copy of an item, one after the other: a list is taken apart by its indexes, so that none moves, and put
 * together again when all is done.
 */
export function changed(item: Item, changes: readonly Change[]): Item {
  const root = takeApart({ M: structuredClone(item) });
  for (const { path, value } of changes) {
    let place = root;
    for (const step of path.slice(0, -1)) {
      const next = childrenOf(place, step).get(step);
      if (next === undefined) throw new Refused('path');
      place = next;
    }
    const step = path.at(-1) ?? '';
    const children = childrenOf(place, step);
    if (value === undefined) children.delete(step);
    else children.set(step, takeApart(structuredClone(value)));
  }
  const result = putTogether(root);
  return 'M' in result ? result.M : {};
}

interface Apart {
  readonly kind: 'M' | 'L' | 'leaf';
  readonly leaf: AttributeValue;
  readonly children: Map<Step, Apart>;
}

function takeApart(value: AttributeValue): Apart {
  const entries: [Step, AttributeValue][] =
    'M' in value ? Object.entries(value.M) : 'L' in value ? [...value.L.entries()] : [];
  const kind = 'M' in value ? 'M' : 'L' in value ? 'L' : 'leaf';
  return { kind, leaf: value, children: new Map(entries.map(([step, child]) => [step, takeApart(child)])) };
}

function childrenOf({ kind, children }: Apart, step: Step): Map<Step, Apart> {
  if (kind !== (typeof step === 'number' ? 'L' : 'M')) throw new Refused('path');
  return children;
}

function putTogether({ kind, leaf, children }: Apart): AttributeValue {
  const parts = [...children].map(([step, child]): [Step, AttributeValue] => [step, putTogether(child)]);
  if (kind === 'M') return { M: Object.fromEntries(parts) };
  if (kind === 'leaf') return leaf;
  return { L: parts.sort(([one], [two]) => Number(one) - Number(two)).map(([, part]) => part) };
}
