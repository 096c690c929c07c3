import type { AttributeDefinition, KeySchemaElement } from './key-schema';

/** What is stored of a table: what was asked for, and what cannot be derived from it. Times are milliseconds since 1970. */
export interface TableDefinition {
  readonly name: string;
  /** Tells its rows from those of any other table or index there ever was. */
  readonly id: number;
  readonly tableId: string;
  readonly createdAt: number;
  readonly attributeDefinitions: readonly AttributeDefinition[];
  readonly keySchema: readonly KeySchemaElement[];
  readonly billingMode: BillingMode;
  /** When it last became pay per request. */
  readonly payPerRequestSince?: number;
  readonly throughput: Throughput;
  readonly onDemandThroughput?: OnDemandThroughput;
  readonly warmThroughput?: WarmThroughput;
  readonly indexes: readonly IndexDefinition[];
  readonly tableClass?: TableClass;
  readonly deletionProtection: boolean;
  readonly encryption?: { readonly keyArn: string };
  readonly tags: Readonly<Record<string, string>>;
  readonly stream?: StreamDefinition;
  /** Streams that were switched off, and can still be read. */
  readonly formerStreams: readonly StreamDefinition[];
  readonly timeToLive?: TimeToLive;
  readonly pointInTimeRecovery?: { readonly since: number; readonly days: number };
}

export type BillingMode = 'PROVISIONED' | 'PAY_PER_REQUEST';
export type TableClass = 'STANDARD' | 'STANDARD_INFREQUENT_ACCESS';

/** Units are zero where requests are paid one by one. */
export interface Throughput {
  readonly read: number;
  readonly write: number;
  readonly increasedAt?: number;
  readonly decreasedAt?: number;
  readonly decreasesToday: number;
}

export interface OnDemandThroughput {
  readonly MaxReadRequestUnits?: number;
  readonly MaxWriteRequestUnits?: number;
}

export interface WarmThroughput {
  readonly ReadUnitsPerSecond?: number;
  readonly WriteUnitsPerSecond?: number;
}

export interface IndexDefinition {
  readonly name: string;
  readonly kind: 'global' | 'local';
  readonly id: number;
  readonly keySchema: readonly KeySchemaElement[];
  readonly projection: Projection;
  readonly throughput: Throughput;
  readonly onDemandThroughput?: OnDemandThroughput;
  readonly warmThroughput?: WarmThroughput;
  /** The items that were there before it are being added to it. */
  readonly backfilling: boolean;
}

export interface Projection {
  readonly type: 'ALL' | 'KEYS_ONLY' | 'INCLUDE';
  /** `NonKeyAttributes` */
  readonly attributes: readonly string[];
}

export type StreamViewType = 'KEYS_ONLY' | 'NEW_IMAGE' | 'OLD_IMAGE' | 'NEW_AND_OLD_IMAGES';

export interface StreamDefinition {
  /** Tells its records from those of any other stream there ever was. */
  readonly id: number;
  readonly viewType: StreamViewType;
  readonly createdAt: number;
  /** Default: made from when it was switched on. */
  readonly label?: string;
  /** When it was switched off. */
  readonly closedAt?: number;
}

export interface TimeToLive {
  readonly attribute: string;
  /** Tells its entries from those of any other time to live there ever was. */
  readonly id: number;
  readonly since: number;
  /** The items that were there before it are being looked at. */
  readonly backfilling: boolean;
}
