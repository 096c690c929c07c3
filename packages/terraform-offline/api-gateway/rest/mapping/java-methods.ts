import type { Compile } from 'velocityjs';

type Config = NonNullable<ConstructorParameters<typeof Compile>[1]>;

/** Methods of Java's strings, lists and maps that templates call and JavaScript has not, or has with another meaning. */
const methods: Readonly<Record<string, (self: unknown, ...args: unknown[]) => unknown>> = {
  contains: (self, part) => (Array.isArray(self) ? self.includes(part) : String(self).includes(String(part))),
  containsKey: (self, key) => Object.hasOwn(Object(self) as object, String(key)),
  count: (self) => Object.keys(Object(self) as object).length,
  equals: (self, other) => self === other,
  equalsIgnoreCase: (self, other) => String(self).toLowerCase() === String(other).toLowerCase(),
  isEmpty: (self) => Object.keys(Object(self) as object).length === 0,
  length: (self) => String(self).length,
  // The first argument is a regular expression in Java.
  matches: (self, pattern) => new RegExp(`^(?:${String(pattern)})$`).test(String(self)),
  replaceAll: (self, pattern, by) => String(self).replace(new RegExp(String(pattern), 'g'), String(by)),
  replaceFirst: (self, pattern, by) => String(self).replace(new RegExp(String(pattern)), String(by)),
  split: (self, pattern) => String(self).split(new RegExp(String(pattern))),
};

export const javaMethods: NonNullable<Config['customMethodHandlers']> = Object.entries(methods).map(
  ([name, method]) => ({
    uid: name,
    match: ({ property, context }) => property === name && isJavaValue(context),
    resolve: ({ context, params }) => method(context, ...(params as unknown[])),
  }),
);

/** `$input` and `$util` have methods of their own. */
function isJavaValue(value: unknown): boolean {
  return (
    typeof value !== 'object' || Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype
  );
}
