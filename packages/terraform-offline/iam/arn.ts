/** The account that everything local belongs to. */
export const ACCOUNT = '000000000000';

/**
 * The ARN in the local account: one with an account written out, as in `arn:aws:dynamodb:eu-west-1:123456789012:table/Books`,
 * means what the configuration will make in it.
 */
export function inLocalAccount(arn: string): string {
  return arn.replace(/^(arn:[^:]*:[^:]*:[^:]*:)\d{12}(?=:)/, `$1${ACCOUNT}`);
}

/** What tells resources apart in `arn:<partition>:<service>:<region>:<account>:<resource>`; what is missing is empty. */
export interface Arn {
  readonly region: string;
  readonly account: string;
  /** May itself hold colons. */
  readonly resource: string;
}

export function parseArn(arn: string): Arn {
  const [, , , region = '', account = '', ...resource] = arn.split(':');
  return { region, account, resource: resource.join(':') };
}
