import type { Policy } from './policy';

export interface Role {
  readonly name: string;
  readonly arn: string;
  /** Inline and attached. */
  readonly policies: readonly Policy[];
  /** Its permissions boundary. Default: it has none. */
  readonly boundary?: Policy;
}

/** A role or user that signs requests. */
export interface IamPrincipal extends Role {
  readonly kind: 'role' | 'user';
  /** `AROA…`, `AIDA…` */
  readonly id: string;
}
