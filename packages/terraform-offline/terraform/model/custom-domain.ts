import type { Unserved } from './unserved';

/** A domain of one's own, in front of APIs. */
export interface CustomDomain {
  /** `api.example.com`, or `*.example.com`; in lower case. */
  readonly name: string;
  readonly mappings: readonly ApiMapping[];
  /** Its answer in place of all others. */
  readonly unserved?: Unserved | undefined;
}

export interface ApiMapping {
  /** `orders/v1`; empty for the root. */
  readonly path: string;
  readonly apiId: string;
  /** Undefined where the path's next segment names it. */
  readonly stageName: string | undefined;
}
