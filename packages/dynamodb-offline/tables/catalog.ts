import { resourceNotFound } from '../errors';
import { allTables, countsKey, nextIdKey } from '../storage/keyspace';
import { decodeRecord } from '../storage/record-codec';
import type { Store } from '../storage/store';
import { sequenceAt } from '../streams/sequence';
import type { TableDefinition } from './definition';
import { tableOf, type Table } from './table';

/** How many rows a table or an index has, and their size in bytes. */
export interface Counts {
  readonly count: number;
  readonly size: number;
}

const NONE: Counts = { count: 0, size: 0 };

/** The tables there are, as they were last committed. */
export class Catalog {
  /** The number that the next table, index or stream gets. */
  nextId = 1;
  private readonly tables = new Map<string, Table>();
  private readonly countsById = new Map<number, Counts>();
  private lastSequence = 0n;

  constructor(
    private readonly store: Store,
    /** `arn:aws:dynamodb:us-east-1:000000000000` */
    private readonly arnPrefix: string,
    private readonly now: () => number,
  ) {}

  /** @throws when what is stored of a table is damaged */
  async load(): Promise<void> {
    const nextId = this.store.get(nextIdKey);
    if (nextId) this.nextId = decodeRecord(nextId) as number;
    for await (const [key, value] of this.store.entries(allTables)) {
      try {
        this.set(decodeRecord(value) as TableDefinition);
      } catch (error) {
        throw new Error(
          `what is stored of the table ${key.subarray(1).toString()} ${(error as Error).message}: restore the data folder from a copy, or choose another`,
          { cause: error },
        );
      }
    }
  }

  /**
   * @param nameOrArn `Music`, or `arn:aws:dynamodb:us-east-1:000000000000:table/Music`
   * @param message what the error says when there is none
   */
  table(nameOrArn: string, message?: string): Table {
    const table = this.find(nameOrArn);
    if (!table) throw resourceNotFound(message);
    return table;
  }

  /** The same for operations on tables, whose error names the table. */
  named(nameOrArn: string): Table {
    const name = nameOrArn.startsWith('arn:') ? nameOrArn.slice(nameOrArn.indexOf('/') + 1) : nameOrArn;
    return this.table(nameOrArn, `Requested resource not found: Table: ${name} not found`);
  }

  find(nameOrArn: string): Table | undefined {
    if (!nameOrArn.startsWith('arn:')) return this.tables.get(nameOrArn);
    const table = this.tables.get(nameOrArn.slice(nameOrArn.indexOf('/') + 1));
    return table?.arn === nameOrArn ? table : undefined;
  }

  /** In order of their names. */
  all(): Table[] {
    return [...this.tables.keys()].sort().map((name) => this.tables.get(name)!);
  }

  set(definition: TableDefinition): void {
    const arn = `${this.arnPrefix}:table/${definition.name}`;
    this.tables.set(definition.name, tableOf(this.store, definition, arn));
  }

  remove(name: string): void {
    this.tables.delete(name);
  }

  counts(id: number): Counts {
    const known = this.countsById.get(id);
    if (known) return known;
    const stored = this.store.get(countsKey(id));
    const counts = stored ? (decodeRecord(stored) as Counts) : NONE;
    this.countsById.set(id, counts);
    return counts;
  }

  /** Numbers of stream records rise, also over restarts and when a table's records are gone, since they are made from the time. */
  nextSequence(): bigint {
    const byTime = sequenceAt(this.now());
    this.lastSequence = byTime > this.lastSequence ? byTime : this.lastSequence + 1n;
    return this.lastSequence;
  }

  setCounts(id: number, counts: Counts): void {
    this.countsById.set(id, counts);
  }
}
