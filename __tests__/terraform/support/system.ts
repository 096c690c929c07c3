/** What a system promises to have in the account once it is applied, in the default environment. */
export interface System {
  readonly stack: string;
  readonly table: string;
  readonly api: { readonly kind: 'REST' | 'HTTP'; readonly stage: string };
  /** Route, such as `GET /data/{id}`, to the function that answers it. */
  readonly routes: Readonly<Record<string, string>>;
  /** Function to what its role may do with the table. */
  readonly functions: Readonly<Record<string, readonly string[]>>;
  /** Function to what its role may do with an index of the table, by the index. Default: nothing. */
  readonly indexes?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
  /** Role of a function. Default: `<function>-role`. */
  readonly role?: string;
  /** Name of the layer all functions run on. Default: none. */
  readonly layer?: string;
  /** A handler's source, and the one function whose code it is. */
  readonly handler: { readonly file: string; readonly functionName: string };
}

export function roleOf(system: System, functionName: string): string {
  return system.role ?? `${functionName}-role`;
}
