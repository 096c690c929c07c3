import type { LambdaFunction } from '../terraform/model';

/**
 * A function by each of its ARNs: its own, and with every version and alias. Each is invoked as that ARN, runs as the version
 * that it stands for, and has its own permissions.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-aliases.html
 */
export function byEveryArn(fn: LambdaFunction): LambdaFunction[] {
  return [
    { ...fn, permissions: permissionsFor(fn, undefined) },
    ...Object.entries(versionsOf(fn)).map(([qualifier, version]) => ({
      ...fn,
      arn: `${fn.arn}:${qualifier}`,
      version,
      permissions: permissionsFor(fn, qualifier),
    })),
  ];
}

/** A policy is of one ARN: https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html (Qualifier) */
function permissionsFor({ permissions }: LambdaFunction, wanted: string | undefined) {
  return permissions.filter(({ qualifier }) => qualifier === wanted);
}

/** The version that each qualifier stands for; every function has `$LATEST`. */
export function versionsOf({ versions }: LambdaFunction): Readonly<Record<string, string>> {
  return { $LATEST: '$LATEST', ...versions };
}
