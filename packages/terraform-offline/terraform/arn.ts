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
