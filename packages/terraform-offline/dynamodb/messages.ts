import type { Role, Table, Unserved } from '../terraform/model';

export type Storage =
  | { readonly kind: 'memory' }
  /** `folder`: made when missing. */
  | { readonly kind: 'disk'; readonly folder: string }
  /** Another DynamoDB, such as DynamoDB Local. */
  | { readonly kind: 'endpoint'; readonly url: string };

/** Tells the database process what to be; only tables, roles and what is not served may differ in a later one. */
export interface Settings {
  /** Another free one when it is taken; 0: any free port. */
  readonly port: number;
  readonly storage: Storage;
  /** False: everything is allowed. */
  readonly iam: boolean;
  readonly tables: readonly Table[];
  readonly roles: readonly Role[];
  /** Tables, among others, that are not served. Default: all are. */
  readonly unserved?: readonly Unserved[];
}

/** What the database process says: one `ready` or `failed` for each message of settings. */
export type Report =
  | { readonly kind: 'ready'; readonly port: number }
  | { readonly kind: 'failed'; readonly reason: string }
  | { readonly kind: 'log'; readonly line: string };
