declare module 'dynalite' {
  import type { Server } from 'node:http';

  interface DynaliteOptions {
    /** LevelDB's folder; in memory when left out. */
    readonly path?: string;
    /** Milliseconds that a table is CREATING; default 500. */
    readonly createTableMs?: number;
    /** Milliseconds that a table is DELETING; default 500. */
    readonly deleteTableMs?: number;
    /** Milliseconds that a table is UPDATING; default 500. */
    readonly updateTableMs?: number;
  }

  export default function dynalite(options?: DynaliteOptions): Server;
}

declare module 'dynalite/db/conditionParser' {
  /** A document path, a value in DynamoDB's form, or `size(…)`. */
  type Operand =
    | readonly (string | number)[]
    | Readonly<Record<string, unknown>>
    | { readonly type: 'function'; readonly name: 'size'; readonly args: readonly Operand[] };

  type Condition =
    | { readonly type: 'and' | 'or' | 'not'; readonly args: readonly Condition[] }
    | {
        readonly type: '=' | '<>' | '<' | '<=' | '>' | '>=' | 'between' | 'in';
        readonly args: readonly Operand[];
      }
    | { readonly type: 'function'; readonly name: string; readonly args: readonly Operand[] };

  interface Parsed {
    readonly expression: Condition;
  }

  /** The module itself, generated: dynalite looks `parse` up on it at every request. */
  const conditionParser: {
    /** Returns what is wrong with a condition that parses but makes no sense. */
    parse: (
      text: string,
      options: { readonly context: { readonly isKeyCondition?: boolean } },
    ) => string | Parsed;
  };
  export default conditionParser;
  export type { Condition, Operand };
}
