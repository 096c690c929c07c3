/** The account that everything local belongs to. */
export const ACCOUNT = '000000000000';

/**
 * The ARN in the local account: one with an account written out, as in `arn:aws:dynamodb:eu-west-1:123456789012:table/Books`,
 * means what the configuration will make in it.
 */
export function inLocalAccount(arn: string): string {
  return arn.replace(/^(arn:[^:]*:[^:]*:[^:]*:)\d{12}(?=:)/, `$1${ACCOUNT}`);
}

/** Of all streams: what AWS makes it of, the time when the stream was switched on, nobody knows when the configuration is read. */
export const STREAM_LABEL = '2026-01-01T00:00:00.000';
