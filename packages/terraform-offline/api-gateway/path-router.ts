import findMyWay from 'find-my-way';

/** A parameter in an API Gateway path: `{id}`, or `{proxy+}`, which takes all that is left. */
export const PATH_PARAMETER = /\{([^{}+]+)\+?\}/g;

export interface PathMatch<T> {
  readonly value: T;
  /** As they stand in the path handed in: nothing is decoded. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** Longer than any URL API Gateway takes. */
const MAX_PARAMETER_LENGTH = 16_384;

/**
 * Finds what stands at a path among API Gateway's: literal segments before `{parameters}` before a greedy `{proxy+}`.
 * Neither a parameter nor a greedy one is ever empty.
 * @throws when two paths differ in nothing but the names of their parameters
 */
export function pathRouter<T>(entries: Iterable<readonly [path: string, value: T]>) {
  const router = findMyWay({ maxParamLength: MAX_PARAMETER_LENGTH });
  const literals = new Map<string, PathMatch<T>>();
  const pathOf = new Map<string, string>();
  const register = (path: string, store: { names: string[]; value: T }) =>
    router.on('GET', path, () => undefined, store);

  for (const [path, value] of entries) {
    const names: string[] = [];
    const pattern = path
      .replaceAll(':', '::')
      .replace(/\{([^}]+?)(\+?)\}/g, (_, name: string, greedy: string) => {
        names.push(name);
        // Positions instead of names: find-my-way would end a name at a dot or a hyphen.
        return greedy ? '*' : `:${names.length - 1}`;
      });
    const other = pathOf.get(pattern);
    if (other !== undefined) throw new Error(`${other} and ${path} stand for the same requests`);
    pathOf.set(pattern, path);
    register(pattern, { names, value });
    if (names.length === 0) literals.set(path, { value, parameters: {} });
  }

  return (path: string): PathMatch<T> | undefined => {
    const literal = literals.get(path);
    if (literal) return literal;
    // find-my-way decodes once and stops at a query; what it must leave alone is encoded once more.
    const found = router.find('GET', path.replace(/[%?#]/g, encodeURIComponent));
    if (!found) return undefined;
    const { names, value } = found.store as { names: string[]; value: T };
    const values = names.map((_, i) => found.params[String(i)] ?? found.params['*'] ?? '');
    if (values.includes('')) return undefined;
    return { value, parameters: Object.fromEntries(names.map((name, i) => [name, values[i]!])) };
  };
}
