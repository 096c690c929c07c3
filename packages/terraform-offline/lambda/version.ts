import type { LambdaFunction } from '../terraform/model';

/** A version of a function as it is run here: its execution environments differ in nothing. */
export interface DeployedVersion {
  readonly fn: LambdaFunction;
  /** `$LATEST`, or the number of a published one. */
  readonly number: string;
  /** Lambda's `/var/task`, a folder of the code store. */
  readonly taskRoot: string;
  /** Lambda's `/opt`, likewise. */
  readonly optRoot: string;
}

export const LATEST = '$LATEST';

/**
 * A function's ARN, which may end in the name of an alias or the number of a version:
 * `arn:aws:lambda:eu-west-1:123456789012:function:orders:live`.
 */
export function parseFunctionArn(arn: string): {
  readonly functionArn: string;
  readonly qualifier: string | undefined;
} {
  const parts = arn.split(':');
  return { functionArn: parts.slice(0, 7).join(':'), qualifier: parts[7] };
}

/** The version that a qualifier stands for; undefined when the function has no such version or alias. */
export function versionNumber(fn: LambdaFunction, qualifier: string = LATEST): string | undefined {
  return qualifier === LATEST ? LATEST : fn.qualifiers?.[qualifier];
}
