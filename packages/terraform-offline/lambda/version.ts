import type { LambdaFunction } from '../terraform/model/function';

/** A version of a function as it is run here: its execution environments differ in nothing. */
export interface DeployedVersion {
  readonly fn: LambdaFunction;
  /** `$LATEST`, or the number of a published one. */
  readonly number: string;
  /** Lambda's `/var/task`, a folder of the code store. */
  readonly taskRoot: string;
  /** Lambda's `/opt`, likewise. */
  readonly optRoot: string;
  /** Lambda's `/var/runtime`. */
  readonly runtimeRoot: string;
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

/** The version that each qualifier stands for: itself for a version, an alias's for an alias; every function has `$LATEST`. */
export function qualifiersOf({ qualifiers }: LambdaFunction): Readonly<Record<string, string>> {
  return { [LATEST]: LATEST, ...qualifiers };
}

/** The version that a qualifier stands for; undefined when the function has no such version or alias. */
export function versionNumber(fn: LambdaFunction, qualifier: string = LATEST): string | undefined {
  const known = qualifiersOf(fn);
  return Object.hasOwn(known, qualifier) ? known[qualifier] : undefined;
}

/**
 * A function by each of its ARNs: its own, and with every version and alias, each with the permissions that it has.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-aliases.html
 */
export function byEveryArn(fn: LambdaFunction): LambdaFunction[] {
  const qualified = Object.keys(qualifiersOf(fn)).map((qualifier) => ({
    ...fn,
    arn: `${fn.arn}:${qualifier}`,
    permissions: permissionsFor(fn, qualifier),
  }));
  return [{ ...fn, permissions: permissionsFor(fn, undefined) }, ...qualified];
}

/** A policy is of one ARN: https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html (Qualifier) */
function permissionsFor({ permissions }: LambdaFunction, wanted: string | undefined) {
  return permissions.filter(({ qualifier }) => qualifier === wanted);
}
