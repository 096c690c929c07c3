import { isDeepStrictEqual } from 'node:util';
import { covers, isPattern } from './iam/pattern';

/**
 * How a value may not change: none where it may, or else what happens to it, with `{}` in the place of what it is.
 * @param accounts those of the plan; empty when nothing tells
 */
export type Held = (before: unknown, after: unknown, accounts: ReadonlySet<string>) => string | undefined;

/** An attribute that protects something, or that others rely on. */
export interface Guard {
  /**
   * Where it stands, from the resource down: `ttl.0.enabled`; `replica[region_name].kms_key_arn` for each block, those before and
   * after told apart by that attribute.
   */
  readonly path: string;
  readonly held: Held;
  /** What people call it. */
  readonly what: string;
  /** What its loss means, and to whom. */
  readonly effect: string;
}

const ON = [true, 'true', 'ON', 'ENABLED', 'Enabled', 'ACTIVE'];
const isOn = (value: unknown): boolean => ON.includes(value as string);

export function isEmpty(value: unknown): boolean {
  return (
    value == null ||
    value === '' ||
    value === false ||
    (typeof value === 'object' && Object.keys(value).length === 0)
  );
}

/** What is on stays on. */
export const staysOn: Held = (before, after) => (isOn(before) && !isOn(after) ? 'turns off {}' : undefined);

/** What is off stays off. */
export const staysOff: Held = (before, after) => (!isOn(before) && isOn(after) ? 'turns on {}' : undefined);

/** May be set, and set to something else, but not taken away. */
export const staysSet: Held = (before, after) =>
  !isEmpty(before) && isEmpty(after) ? 'removes {}' : undefined;

/** May be set, and stays what it is from then on. */
export const staysSame: Held = (before, after) => {
  if (isEmpty(before) || isDeepStrictEqual(before, after)) return undefined;
  return isEmpty(after) ? 'removes {}' : `changes {} from ${show(before)} to ${show(after)}`;
};

/** Neither set, unset nor changed. */
export const staysAsItIs: Held = (before, after) => {
  if (isEmpty(before) ? isEmpty(after) : isDeepStrictEqual(before, after)) return undefined;
  return `changes {} from ${show(before)} to ${show(after)}`;
};

/** The scheme of an authorization: any may follow another, but none. */
export const staysClosed: Held = (before, after) => {
  const isOpen = (value: unknown): boolean => isEmpty(value) || value === 'NONE';
  return !isOpen(before) && isOpen(after) ? 'turns off {}' : undefined;
};

/** A number that is not lowered. */
export function notLower(absent?: number): Held {
  return (before, after) => {
    const [from, to] = [numeric(before, absent), numeric(after, absent)];
    return from !== undefined && to !== undefined && to < from
      ? `lowers {} from ${show(before)} to ${show(after)}`
      : undefined;
  };
}

/** Days of which 0, or none, means for ever. */
export const notShorter: Held = (before, after) => {
  const days = (value: unknown): number => (numeric(value, 0) === 0 ? Infinity : Number(value));
  const text = (value: unknown): string => (days(value) === Infinity ? 'for ever' : show(value));
  return days(after) < days(before) ? `shortens {} from ${text(before)} to ${text(after)}` : undefined;
};

/** A limit, of which -1 or none means no limit: it stays one, and lets something through. */
export const staysALimit: Held = (before, after) => {
  if (typeof before === 'number' && before >= 0 && (typeof after !== 'number' || after < 0))
    return 'turns off {}';
  return after === 0 && before !== 0 ? 'sets {} to 0' : undefined;
};

/** Such a limit that is not lowered either. */
export const staysAtLeast: Held = (before, after, accounts) =>
  staysALimit(before, after, accounts) ??
  (Number(before) >= 0 ? notLower()(before, after, accounts) : undefined);

/** One of these values, of which the later ones are stricter. */
export function notBelow(...ranked: readonly string[]): Held {
  return (before, after) => {
    const rank = (value: unknown): number =>
      ranked.map((name) => typeof value === 'string' && value.startsWith(name)).lastIndexOf(true);
    return rank(before) > rank(after) ? `lowers {} from ${show(before)} to ${show(after)}` : undefined;
  };
}

/** A list that keeps what is in it: of blocks, by this attribute of theirs. */
export function keeps(key?: string): Held {
  return (before, after) => {
    const kept = members(after, key);
    const lost = members(before, key).filter((member) => !kept.includes(member));
    return lost.length > 0 ? `takes ${lost.join(', ')} out of {}` : undefined;
  };
}

/** A list of which any member is enough, so that it may become shorter, but neither longer nor empty. */
export const staysNarrow: Held = (before, after) => {
  const known = members(before);
  if (known.length === 0) return undefined;
  const next = members(after);
  if (next.length === 0) return 'removes {}';
  const added = next.filter((member) => !known.some((other) => covers(other, member)));
  return added.length > 0 ? `adds ${added.join(', ')} to {}` : undefined;
};

/** Origins: a named one may be added, or taken away, but not put in another's place, and no pattern. */
export const staysNamed: Held = (before, after) => {
  const [known, next] = [members(before), members(after)];
  const added = next.filter((origin) => !known.some((other) => covers(other, origin)));
  const isSwapped = known.some((origin) => !next.includes(origin));
  const against = isSwapped ? added : added.filter((origin) => isPattern(origin) || origin === 'null');
  return against.length > 0 ? `adds ${against.join(', ')} to {}` : undefined;
};

/** An address that stays within the accounts it has been in. */
export const staysInAccount: Held = (before, after, accounts) => {
  const named = (value: unknown): string[] =>
    typeof value === 'string' ? (value.match(/:\d{12}:/g) ?? []) : [];
  const known = [...named(before), ...[...accounts].map((account) => `:${account}:`)];
  const foreign = named(after).filter((account) => !known.includes(account));
  return known.length > 0 && foreign.length > 0 ? `moves {} to another account, ${show(after)}` : undefined;
};

function numeric(value: unknown, absent?: number): number | undefined {
  if (value == null || value === '') return absent;
  return Number.isFinite(Number(value)) ? Number(value) : absent;
}

function members(value: unknown, key?: string): string[] {
  if (value == null || value === '') return [];
  const list = Array.isArray(value) ? value : typeof value === 'object' ? Object.keys(value) : [value];
  return list.map((member: unknown) =>
    String(key === undefined ? member : (member as Record<string, unknown> | null)?.[key]),
  );
}

function show(value: unknown): string {
  if (isEmpty(value) && value !== false) return 'nothing';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
