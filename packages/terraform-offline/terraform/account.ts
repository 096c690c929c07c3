/** The account that everything local belongs to. */
export const ACCOUNT = '000000000000';

/**
 * The ARN in the local account: one with an account written out, as in `arn:aws:dynamodb:eu-west-1:123456789012:table/Books`,
 * means what the configuration will make in it.
 */
export function inLocalAccount(arn: string): string {
  return arn.replace(/^(arn:[^:]*:[^:]*:[^:]*:)\d{12}(?=:)/, `$1${ACCOUNT}`);
}
