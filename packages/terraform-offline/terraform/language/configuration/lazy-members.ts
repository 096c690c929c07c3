import { Members, type Value } from '../values/value';

/** An object that evaluates nothing but the members that are asked for. */
export class LazyMembers extends Members {
  constructor(
    private readonly all: () => readonly string[],
    private readonly read: (name: string) => Value | undefined,
    private readonly describeMissing: (name: string) => string,
  ) {
    super();
  }

  names(): readonly string[] {
    return this.all();
  }

  get(name: string): Value | undefined {
    return this.read(name);
  }

  missing(name: string): string {
    return this.describeMissing(name);
  }
}

/** The members that are declared under a name such as `module.users.local`. */
export function declaredMembers(
  label: string,
  declared: ReadonlyMap<string, unknown>,
  read: (name: string) => Value | undefined,
): LazyMembers {
  return new LazyMembers(
    () => [...declared.keys()],
    read,
    (name) => `there is no ${label}.${name}`,
  );
}
