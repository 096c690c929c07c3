/** What the local cloud cannot serve: named at start, and answered with 501. The rest is served. */
export interface Unserved {
  /** `data-api: aws_lambda_function.store` */
  readonly address: string;
  /** What is wrong, where, and what would do. */
  readonly reason: string;
  /** What that means: `the function answers 501`. */
  readonly effect: string;
  /** Of the function or table that it is. */
  readonly arn?: string | undefined;
}
