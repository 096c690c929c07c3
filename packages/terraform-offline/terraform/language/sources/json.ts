import { isObject } from '../../../is-object';

export type JsonObject = Readonly<Record<string, unknown>>;

/** Terraform's JSON lets a list of objects stand wherever an object can, and the other way round. */
export function objectsOf(value: unknown): readonly JsonObject[] {
  const list: unknown[] = Array.isArray(value) ? value : [value];
  return list.filter(isObject);
}

/** The text without the `${…}` around it that a reference may have, as in `depends_on` or `provider`. */
export function bare(text: string): string {
  return /^\$\{\s*([^]*?)\s*\}$/.exec(text)?.[1] ?? text;
}
