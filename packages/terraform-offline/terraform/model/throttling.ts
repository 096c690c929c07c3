export interface Throttling {
  readonly rateLimit: number;
  readonly burstLimit: number;
}

/** How often the holders of its keys may call the stages in it. */
export interface UsagePlan {
  readonly id: string;
  readonly name: string;
  readonly keys: readonly ApiKey[];
  /** Of each key. Undefined: no limit. */
  readonly throttling: Throttling | undefined;
  /** Of each key, for methods that have their own: by `/data/{id}/GET`. */
  readonly methodThrottling: Readonly<Record<string, Throttling>>;
  readonly quota: Quota | undefined;
}

export interface Quota {
  readonly limit: number;
  /** What is taken off the limit in the first period. */
  readonly offset: number;
  readonly period: 'DAY' | 'WEEK' | 'MONTH';
}

export interface ApiKey {
  readonly id: string;
  readonly name: string;
  readonly value: string;
  /** Whether the configuration says the value; otherwise it is a local one. */
  readonly isGiven: boolean;
  readonly enabled: boolean;
}
