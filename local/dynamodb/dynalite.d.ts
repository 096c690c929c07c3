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
