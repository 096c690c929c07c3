import { createHash } from 'node:crypto';
import type { ResourceChange } from './plan-json';

/**
 * A digest of a change: of its values before and after, and of what is not known yet.
 * @param attributes those that count; default: all
 * @param basis what counts besides
 */
export function digestOf(
  { change }: ResourceChange,
  attributes?: readonly string[],
  basis?: unknown,
): string {
  const { actions, before, after, after_unknown: unknown } = change;
  const isWhole = attributes === undefined || before === null || after === null;
  const part = (values: unknown): unknown => (isWhole ? values : only(values, attributes));
  const gone = after === null && actions.includes('forget');
  return digest([part(before), part(after), part(unknown), gone, basis ?? null]);
}

/** Of any value: 128 bits, in hexadecimal digits. */
export function digest(value: unknown): string {
  return createHash('sha256').update(canonical(value)).digest('hex').slice(0, 32);
}

function only(values: unknown, attributes: readonly string[]): unknown {
  return Object.fromEntries(
    Object.entries(values ?? {}).filter(([attribute]) => attributes.includes(attribute)),
  );
}

/** The same text for the same values, in whatever order they stand. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${entries.map(([key, part]) => `${JSON.stringify(key)}:${canonical(part)}`).join()}}`;
}
