import * as z from 'zod/mini';

/** Of a setting: what it takes, in the words of errors and of the README's table, and what it does. */
export const documentation = z.registry<{ readonly values: string; readonly does: string }>();

export function text(values: string, pattern: RegExp, does: string) {
  return z.string(values).check(z.regex(pattern, values)).register(documentation, { values, does });
}

export function onOff(does: string) {
  const values = 'true or false';
  return z.boolean(values).register(documentation, { values, does });
}

export function number(does: string, lowest = 1, highest?: number) {
  const values =
    highest === undefined
      ? `a whole number above ${lowest - 1}`
      : `a whole number from ${lowest} to ${highest}`;
  return z
    .int(values)
    .check(z.minimum(lowest, values), z.maximum(highest ?? Number.MAX_SAFE_INTEGER, values))
    .register(documentation, { values, does });
}

export function list<Element extends z.ZodMiniType>(values: string, element: Element, does: string) {
  return z.array(element, values).check(z.minLength(1, values)).register(documentation, { values, does });
}

export function group<Shape extends z.core.$ZodShape>(shape: Shape) {
  return z.strictObject(shape, `an object of ${Object.keys(shape).join(', ')}`);
}
