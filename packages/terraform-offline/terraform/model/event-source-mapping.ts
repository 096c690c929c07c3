import type { FilterPattern } from './filter-pattern';

/** Hands the records of a table's stream to a function. Numbers without a limit are `Infinity`. */
export interface EventSourceMapping {
  /** `orders: aws_lambda_event_source_mapping.stream` */
  readonly address: string;
  /** May end in an alias or a version. */
  readonly functionArn: string;
  readonly streamArn: string;
  readonly startingPosition: 'TRIM_HORIZON' | 'LATEST';
  readonly enabled: boolean;
  readonly batchSize: number;
  readonly batchingWindowSeconds: number;
  readonly parallelizationFactor: number;
  /** Patterns as parsed JSON: a record is handed over that matches one of them. Empty: every record is. */
  readonly filters: readonly FilterPattern[];
  readonly maximumRetryAttempts: number;
  readonly maximumRecordAgeSeconds: number;
  readonly bisectBatchOnFunctionError: boolean;
  /** Whether the function's answer names the records that failed: `ReportBatchItemFailures`. */
  readonly reportsBatchItemFailures: boolean;
  /** The ARN of what is told of records that are given up. Default: nothing is. */
  readonly onFailure?: string | undefined;
}
